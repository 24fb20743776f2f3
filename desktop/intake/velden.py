"""From the fields of a row, as they came, to a checked signal; or the first field that does not hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from operator import gt, itemgetter
from typing import Final, Never

import msgspec

from db.model.bedrag import Bedrag
from db.model.codes import Signaalpartner
from db.model.inwoner import Inwoner
from db.model.signaal import Signaal

MAXIMA: Final[Mapping[str, int]] = {
    "id": 64,
    "signaalpartner": 60,
    "soort": 60,
    "signaaldatum": 20,
    "ontstaansdatum": 20,
    "bedrag": 20,
    "klantnummer": 20,
    "voorletters": 30,
    "voorvoegsel": 30,
    "achternaam": 200,
    "geboortedatum": 20,
    "straatnaam": 80,
    "huisnummer": 10,
    "huisletter": 5,
    "huisnummertoevoeging": 10,
    "postcode": 10,
    "plaatsnaam": 80,
    "telefoonnummer": 30,
    "emailadres": 254,
}
"""Every field of a row of a signaalbestand, and its longest length in characters (BRP and BAG, rounded up)."""

VERPLICHT = (
    "id", "signaalpartner", "soort", "signaaldatum", "ontstaansdatum", "bedrag", "klantnummer", "achternaam",
    "geboortedatum", "straatnaam", "huisnummer", "postcode", "plaatsnaam",
)  # fmt: skip
"""What a signal cannot do without (exchange section 1)."""

PERSOON = frozenset(Inwoner.__struct_fields__)
"""The fields that stand under `inwoner`."""

VERGELIJK_VERPLICHT = (
    "id", "signaalpartner", "soort", "signaaldatum", "bedrag", "achternaam", "huisnummer", "postcode",
)  # fmt: skip
"""What a signal of another creditor cannot do without; a birth date or initials besides."""

DATUMS = ("signaaldatum", "ontstaansdatum", "geboortedatum")
"""The fields that hold a date."""

MAX_CENT = 10_000_000_000
"""A hundred million euros: an unlikely amount is a question to the worker, one above this a misplaced separator."""

_OUDST = 120
_ADRES = frozenset(("straatnaam", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode", "plaatsnaam"))
# A number may look like a BSN here without being one: these are numbers of another kind.
_EIGEN_NUMMERS = frozenset(("id", "klantnummer", "telefoonnummer"))
_BLANK = " \t\u00a0"
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_MARKS = 8
_MARK = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")

_ID = re.compile(r"[!-~]{1,64}")
_KLANTNUMMER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
_POSTCODE = re.compile(r"([1-9][0-9]{3})[ \u00a0]?([A-Za-z]{2})")
# A thousands separator is only recognised before a decimal comma: 1.213 might be either, and is refused.
_BEDRAG = re.compile(r"(?:€|EUR)?[ \u00a0]*([0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_DATUM_TABEL = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NINE_DIGITS = re.compile(r"\d(?<!\d\d)(?:[ .\-]?\d){8}(?!\d)")
_DATUM_VEREIST = "een datum als 2024-05-02"
_BEDRAG_VEREIST = "een bedrag als 1213.40"
_PARTNERS = {partner.value: partner for partner in Signaalpartner}


class Veldfout(msgspec.Struct, frozen=True):
    """Which field does not hold and why: a code of exchange section 4, what was found, what was expected."""

    code: str
    veld: str
    gevonden: str = ""
    vereist: str = ""


class Vergelijkvelden(msgspec.Struct, frozen=True, kw_only=True):
    """The checked fields of a signal of another creditor; the birth date counts when `met_geboortedatum`."""

    id: str
    signaalpartner: Signaalpartner
    soort: str
    signaaldatum: date
    bedrag: Bedrag
    inwoner: Inwoner
    met_geboortedatum: bool


class _Refused(Exception):
    def __init__(self, code: str, veld: str, gevonden: str = "", vereist: str = "") -> None:
        super().__init__(code)
        self.fout = Veldfout(code, veld, gevonden, vereist)


def parse(waarden: Mapping[str, object], *, bron: str, tabel: bool) -> Signaal | Veldfout:
    """A signal of one row's fields, or the first fault.

    `signaalpartner` must be one of DDAS here; whether kind and partner fit is the rulebook's question.

    Args:
        waarden: the recognised fields, as text or as JSON's values.
        bron: the source of the delivery.
        tabel: whether dates may be written as in a spreadsheet.
    """
    try:
        teksten = _texts(waarden)
        if not all(_required(teksten)):
            _missing(teksten, VERPLICHT)
        (
            extern_id, signaalpartner, soort, signaaldatum, ontstaansdatum, bedrag, klantnummer, voorletters,
            voorvoegsel, achternaam, geboortedatum, straatnaam, huisnummer, huisletter, huisnummertoevoeging, postcode,
            plaatsnaam, telefoonnummer, emailadres,
        ) = teksten  # fmt: skip
        datum = _datum_tabel if tabel else _datum
        signaal = Signaal(
            id=_matching(_ID, "id", extern_id, "geen spaties of vreemde tekens"),
            bron=bron,
            signaalpartner=_PARTNERS.get(signaalpartner) or _unknown_partner(),
            soort=soort,
            signaaldatum=datum("signaaldatum", signaaldatum),
            ontstaansdatum=datum("ontstaansdatum", ontstaansdatum),
            bedrag=_bedrag(bedrag),
            klantnummer=_matching(_KLANTNUMMER, "klantnummer", klantnummer, "letters, cijfers en streepjes"),
            inwoner=Inwoner(
                voorletters=voorletters, voorvoegsel=voorvoegsel, achternaam=achternaam,
                geboortedatum=datum("geboortedatum", geboortedatum), straatnaam=straatnaam, huisnummer=huisnummer,
                huisletter=huisletter, huisnummertoevoeging=huisnummertoevoeging, postcode=_postcode(postcode),
                plaatsnaam=plaatsnaam, telefoonnummer=telefoonnummer, emailadres=emailadres,
            ),
        )  # fmt: skip
        _check_order(signaal)
    except _Refused as refused:
        return refused.fout
    return signaal


def parse_vergelijking(waarden: Mapping[str, object], *, tabel: bool) -> Vergelijkvelden | Veldfout:
    """What is compared of a row of another creditor, or the first fault.

    `waarden` are the fields that the rule of its kind lists and no others; `tabel` as of `parse`.
    """
    try:
        teksten = _texts(waarden)
        _missing(teksten, VERGELIJK_VERPLICHT)
        tekst = dict(zip(MAXIMA, teksten, strict=True))
        datum = _datum_tabel if tabel else _datum
        geboren = datum("geboortedatum", tekst["geboortedatum"]) if tekst["geboortedatum"] else None
        if geboren is None:
            _missing(teksten, ("voorletters",))
        found = Vergelijkvelden(
            id=_matching(_ID, "id", tekst["id"], "geen spaties of vreemde tekens"),
            signaalpartner=_PARTNERS.get(tekst["signaalpartner"]) or _unknown_partner(),
            soort=tekst["soort"],
            signaaldatum=datum("signaaldatum", tekst["signaaldatum"]),
            bedrag=_bedrag(tekst["bedrag"]),
            inwoner=Inwoner(
                voorletters=tekst["voorletters"], achternaam=tekst["achternaam"], geboortedatum=geboren or date.min,
                straatnaam="", huisnummer=tekst["huisnummer"], postcode=_postcode(tekst["postcode"]), plaatsnaam="",
            ),
            met_geboortedatum=geboren is not None,
        )  # fmt: skip
        if geboren is not None:
            _check_birth(geboren, found.signaaldatum)
    except _Refused as refused:
        return refused.fout
    return found


def _texts(waarden: Mapping[str, object]) -> list[str]:
    """Every field as checked text in the order of `MAXIMA`; absent is empty."""
    values = list(map(waarden.get, MAXIMA))
    teksten = [
        value if value.__class__ is str else _as_text(name, value) for name, value in zip(MAXIMA, values, strict=True)
    ]
    together = f"|{'|'.join(teksten)}|"
    # Nearly every row is plain and short: one look at all of it instead of nineteen looks at each.
    if (
        not _plain(together)
        or "| " in together
        or " |" in together
        or any(map(gt, map(len, teksten), MAXIMA.values()))
        or _NINE_DIGITS.search("|".join(_prose(teksten)))
    ):
        teksten = [_check_text(name, tekst.strip(_BLANK)) for name, tekst in zip(MAXIMA, teksten, strict=True)]
    return teksten


def _missing(teksten: Iterable[str], required: Collection[str]) -> None:
    """Refuse the row for the first required field with nothing in it."""
    for name, tekst in zip(MAXIMA, teksten, strict=True):
        if not tekst and name in required:
            raise _Refused("VELD_ONTBREEKT", name, "leeg", "ingevuld")


def _plain(text: str) -> bool:
    """Whether nothing in it can be wrong but its length: visible, composed, no accents on their own."""
    return text.isprintable() and (
        text.isascii() or (unicodedata.is_normalized("NFC", text) and _MARK.search(text) is None)
    )


_REQUIRED = frozenset(VERPLICHT)
_required = itemgetter(*(index for index, name in enumerate(MAXIMA) if name in _REQUIRED))
_DATES = frozenset(DATUMS)
# These have one exact form each, which is stricter than any check on text.
_MEASURED = _DATES | {"bedrag"}
# Where a BSN might stand by mistake.
_prose = itemgetter(*(i for i, name in enumerate(MAXIMA) if name not in _EIGEN_NUMMERS | _MEASURED))
# JSON and spreadsheets may write these as numbers.
_NUMERIC = frozenset(("id", "klantnummer", "huisnummer", "huisnummertoevoeging", "telefoonnummer", "bedrag"))


def _as_text(name: str, value: object) -> str:
    if value is None:
        return ""
    if name in _NUMERIC and type(value) in (int, Decimal):
        # Written out only when it is short: 1e999999999 would fill the memory with zeros.
        plain = isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < MAXIMA[name]
        return f"{value:f}" if plain else str(value)
    if name in _DATES:
        if type(value) is date:  # a spreadsheet's own; a moment with a time is something else
            return value.isoformat()
        raise _Refused("DATUM_ONGELDIG", name, "geen datum", _DATUM_VEREIST)
    if name == "bedrag":
        raise _Refused("BEDRAG_ONGELDIG", name, "geen getal", _BEDRAG_VEREIST)
    raise _Refused("VELD_ONTBREEKT", name, "geen tekst", "tekst")


def _matching(pattern: re.Pattern[str], name: str, text: str, expected: str) -> str:
    if pattern.fullmatch(text):
        return text
    raise _Refused("STUURTEKEN", name, "een teken dat hier niet past", expected)


def _unknown_partner() -> Never:
    raise _Refused("ONBEKENDE_SOORT", "signaalpartner")


def _postcode(text: str) -> str:
    found = _POSTCODE.fullmatch(text)
    if found is None:
        raise _Refused("POSTCODE_ONGELDIG", "postcode", text, "vier cijfers, twee letters")
    return found[1] + found[2].upper()


def _check_order(signaal: Signaal) -> None:
    """Dates that cannot be: a claim after its signal, a resident not born yet or over 120.

    A signal dated tomorrow is the rulebook's question, and a clock that runs ahead no reason to refuse a delivery.
    """
    if signaal.ontstaansdatum > signaal.signaaldatum:
        raise _Refused("DATUM_ONGELDIG", "ontstaansdatum", _dutch(signaal.ontstaansdatum), "niet na de signaaldatum")
    _check_birth(signaal.inwoner.geboortedatum, signaal.signaaldatum)


def _check_birth(geboortedatum: date, signaaldatum: date) -> None:
    if geboortedatum > signaaldatum:
        raise _Refused("DATUM_ONGELDIG", "geboortedatum", _dutch(geboortedatum), "niet na de signaaldatum")
    if signaaldatum.year - geboortedatum.year > _OUDST:
        raise _Refused("DATUM_ONGELDIG", "geboortedatum", _dutch(geboortedatum), f"hoogstens {_OUDST} jaar terug")


def _dutch(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _check_text(name: str, text: str) -> str:
    """The text in NFC, when it is fit to keep: not too long, on one line, no control characters, no BSN."""
    if name in _MEASURED:
        return text
    limit = MAXIMA[name]
    # Composing shortens; text that is far too long is not composed at all.
    normal = text if text.isascii() or len(text) > 4 * limit else unicodedata.normalize("NFC", text)
    if len(normal) > limit or _longest_marks(normal) > _MARKS:
        raise _Refused("VELD_TE_LANG", name, f"{len(normal)} tekens", f"hoogstens {limit} tekens")
    if not normal.isprintable():
        _check_printable(name, normal)
    if name not in _EIGEN_NUMMERS and _possible_bsn(normal):
        raise _Refused("MOGELIJK_BSN", name, "negen cijfers die een BSN kunnen zijn", "geen BSN")
    return normal


def _check_printable(name: str, text: str) -> None:
    """Invisible characters that steer a terminal or a letter are refused; those of a script are kept."""
    if name in _ADRES and not _LINE_ENDS.isdisjoint(text):
        raise _Refused("REGELEINDE_IN_ADRES", name, "meer dan één regel", "één regel")
    if _CONTROL.search(text):
        raise _Refused("STUURTEKEN", name, "een onzichtbaar stuurteken", "leesbare tekst")
    if name in _REQUIRED and all(unicodedata.category(c)[0] in "MZ" or unicodedata.category(c) == "Cf" for c in text):
        raise _Refused("VELD_ONTBREEKT", name, "geen leesbaar teken", "ingevuld")


def _longest_marks(text: str) -> int:
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return 0
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    return longest


def _datum(name: str, text: str) -> date:
    """A date as 2024-05-02 (ISO 8601)."""
    # fromisoformat also reads 20240502 and week dates; the two dashes rule those out.
    if len(text) == 10 and text[4] == text[7] == "-":  # noqa: PLR2004  # YYYY-MM-DD
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # 31 February has the right shape
    raise _Refused("DATUM_ONGELDIG", name, shown(text), _DATUM_VEREIST)


def _datum_tabel(name: str, text: str) -> date:
    """A date as a Dutch spreadsheet may write it too: 02-05-2024. Slashes could be either order, and are refused."""
    dutch = _DATUM_TABEL.fullmatch(text)
    return _datum(name, f"{dutch[3]}-{dutch[2]}-{dutch[1]}" if dutch else text)


def _bedrag(text: str) -> Bedrag:
    found = _BEDRAG.fullmatch(text)
    if found is not None:
        cents = int(found[1].replace(".", "")) * 100 + int((found[2] or "").ljust(2, "0"))
        if cents <= MAX_CENT:
            return Bedrag(cents)
    raise _Refused("BEDRAG_ONGELDIG", "bedrag", shown(text), _BEDRAG_VEREIST)


def shown(value: object, longest: int = 20) -> str:
    """A value as far as a worker needs it to see what is wrong: short, one line, never a possible BSN."""
    text = _storable(value)
    return "negen cijfers" if _possible_bsn(text) else text[:longest]


def listed(waarden: Mapping[str, object], velden: frozenset[str]) -> dict[str, str]:
    """The listed fields of a refused row as text, to show and mend; a field with a possible BSN is left out."""
    found = {}
    for name, value in waarden.items():
        if name in velden:
            text = _storable(value)[: MAXIMA[name]]
            if text and (name in _EIGEN_NUMMERS or not _possible_bsn(text)):
                found[name] = text
    return found


def parse_intrekking(item: object) -> tuple[str, date] | None:
    """The id and day of a withdrawal (`{"id": …, "datum": …}`), or None when it is no such thing."""
    if not isinstance(item, dict):
        return None
    try:
        extern_id, datum = own_id(item), _datum("datum", str(item.get("datum")))
    except _Refused:
        return None
    return (extern_id, datum) if extern_id else None


def parse_datum(text: str) -> date | None:
    """A date as a table may write it, or None."""
    try:
        return _datum_tabel("", text)
    except _Refused:
        return None


def own_id(waarden: Mapping[str, object]) -> str:
    """The signal's id when it is fit to show, else nothing."""
    value = waarden.get("id")
    text = str(value).strip(_BLANK) if type(value) in (str, int) else ""
    return text if _ID.fullmatch(text) else ""


def _storable(value: object) -> str:
    text = str(value)[:1000] if isinstance(value, str | int | Decimal | date) else ""
    if text.isascii() and text.isprintable():
        return text.strip(_BLANK)
    return _CONTROL.sub(" ", text).strip(_BLANK)


def _possible_bsn(text: str) -> bool:
    """Whether nine digits stand here, spaced or not, that pass the elfproef."""
    if not text.isprintable():  # zero-width characters between the digits hide nothing
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return any(elfproef("".join(c for c in found[0] if c.isdecimal())) for found in _NINE_DIGITS.finditer(text))


def elfproef(digits: str) -> bool:
    """Whether nine digits can be a BSN: 9a + 8b + ... + 2h - i is a multiple of 11 (Logisch Ontwerp BSN)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighted % 11 == 0 and digits != "000000000"
