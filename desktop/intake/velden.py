"""From the fields of a row, as they came, to a checked signal; or the first field that does not hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from operator import gt
from typing import Final

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

MAX_CENT = 100_000_000
"""A million euros: more is no arrear on a contribution, but a misplaced separator."""

_OUDST = 120
_TEKSTEN = (
    "voorletters", "voorvoegsel", "achternaam", "straatnaam", "huisnummer", "huisletter", "huisnummertoevoeging",
    "plaatsnaam", "emailadres",
)  # fmt: skip
_TEKSTMAXIMA = tuple(MAXIMA[name] for name in _TEKSTEN)
_ADRES = frozenset(("straatnaam", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode", "plaatsnaam"))
# A number may look like a BSN here without being one: these are numbers of another kind.
_EIGEN_NUMMERS = frozenset(("id", "klantnummer", "telefoonnummer"))
_BLANK = " \t\u00a0"
_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_MARKS = 8

_ID = re.compile(r"[^\s\x00-\x20\x7f-\x9f\ud800-\udfff]{1,64}")
_KLANTNUMMER = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
_POSTCODE = re.compile(r"([1-9][0-9]{3})[ \u00a0]?([A-Za-z]{2})")
_BEDRAG = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")
# A thousands separator is only recognised before a decimal comma: 1.213 might be either, and is refused.
_BEDRAG_TABEL = re.compile(r"(?:€|EUR)?[ \u00a0]*([0-9]{1,3}(?:\.[0-9]{3})+(?=,)|[0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_DATUM_TABEL = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")
_NINE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){8}(?!\d)")
_PARTNERS = {partner.value: partner for partner in Signaalpartner}


class Veldfout(msgspec.Struct, frozen=True):
    """Which field does not hold and why: a code of exchange section 4, what was found, what was expected."""

    code: str
    veld: str
    gevonden: str = ""
    vereist: str = ""


class _Refused(Exception):
    def __init__(self, code: str, veld: str, gevonden: str = "", vereist: str = "") -> None:
        super().__init__(code)
        self.fout = Veldfout(code, veld, gevonden, vereist)


def parse(waarden: Mapping[str, object], *, bron: str, tabel: bool, vandaag: date) -> Signaal | Veldfout:
    """A signal of one row's fields, or the first fault in the order of the format.

    `signaalpartner` must be one of DDAS here; whether kind and partner fit is the rulebook's question.

    Args:
        waarden: the recognised fields, as text or as JSON's values.
        bron: the source of the delivery.
        tabel: whether dates and amounts may be written as in a spreadsheet.
        vandaag: the Dutch day of receipt; nothing is dated after it.
    """
    try:
        return _parse(waarden, bron, tabel, vandaag)
    except _Refused as refused:
        return refused.fout


def _parse(waarden: Mapping[str, object], bron: str, tabel: bool, vandaag: date) -> Signaal:  # noqa: FBT001  # one caller, above
    get = waarden.get
    extern_id = _text("id", get("id"))
    if not _ID.fullmatch(extern_id):
        _check_text("id", extern_id)
        raise _Refused("STUURTEKEN", "id", vereist="letters, cijfers en leestekens, geen spaties")
    partner = _PARTNERS.get(_text("signaalpartner", get("signaalpartner")))
    if partner is None:
        _check_text("signaalpartner", _text("signaalpartner", get("signaalpartner")))
        raise _Refused("ONBEKENDE_SOORT", "signaalpartner")
    soort = _text("soort", get("soort"))
    if not soort.isascii() or not soort.isprintable() or len(soort) > MAXIMA["soort"] or _possible_bsn(soort):
        _check_text("soort", soort)
    signaaldatum = _datum("signaaldatum", get("signaaldatum"), tabel)
    ontstaansdatum = _datum("ontstaansdatum", get("ontstaansdatum"), tabel)
    bedrag = _bedrag(get("bedrag"), tabel)
    klantnummer = _text("klantnummer", get("klantnummer"))
    if not _KLANTNUMMER.fullmatch(klantnummer):
        _check_text("klantnummer", klantnummer)
        raise _Refused("STUURTEKEN", "klantnummer", vereist="letters, cijfers en streepjes")
    geboortedatum = _datum("geboortedatum", get("geboortedatum"), tabel)
    if signaaldatum > vandaag:
        raise _Refused("DATUM_ONGELDIG", "signaaldatum", f"{signaaldatum:%d-%m-%Y}", "niet in de toekomst")
    if ontstaansdatum > signaaldatum:
        raise _Refused("DATUM_ONGELDIG", "ontstaansdatum", f"{ontstaansdatum:%d-%m-%Y}", "niet na de signaaldatum")
    if not signaaldatum.year - _OUDST <= geboortedatum.year or geboortedatum > signaaldatum:
        raise _Refused(
            "DATUM_ONGELDIG", "geboortedatum", f"{geboortedatum:%d-%m-%Y}", f"hoogstens {_OUDST} jaar geleden"
        )
    inwoner = _inwoner(waarden, geboortedatum)
    return Signaal(
        id=extern_id, bron=bron, signaalpartner=partner, soort=soort, signaaldatum=signaaldatum,
        ontstaansdatum=ontstaansdatum, bedrag=bedrag, klantnummer=klantnummer, inwoner=inwoner,
    )  # fmt: skip


def _inwoner(waarden: Mapping[str, object], geboortedatum: date) -> Inwoner:
    get = waarden.get
    teksten = [_text(name, get(name)) for name in _TEKSTEN]
    together = "|".join(teksten)
    # Nearly every row is plain and short: one look at all of it instead of nine looks at each.
    if (
        not together.isascii()
        or not together.isprintable()
        or any(map(gt, map(len, teksten), _TEKSTMAXIMA))
        or _NINE_DIGITS.search(together)
    ):
        teksten = [_check_text(name, tekst) for name, tekst in zip(_TEKSTEN, teksten, strict=True)]
    postcode = _POSTCODE.fullmatch(_text("postcode", get("postcode")))
    if postcode is None:
        found = _check_text("postcode", _text("postcode", get("postcode")))
        raise _Refused("POSTCODE_ONGELDIG", "postcode", found[: MAXIMA["postcode"]], "vier cijfers, twee letters")
    telefoon = _text("telefoonnummer", get("telefoonnummer"))
    if telefoon and not (telefoon.isascii() and telefoon.isprintable() and len(telefoon) <= MAXIMA["telefoonnummer"]):
        telefoon = _check_text("telefoonnummer", telefoon)
    return Inwoner(
        voorletters=teksten[0], voorvoegsel=teksten[1], achternaam=teksten[2], geboortedatum=geboortedatum,
        straatnaam=teksten[3], huisnummer=teksten[4], huisletter=teksten[5], huisnummertoevoeging=teksten[6],
        postcode=postcode[1] + postcode[2].upper(), plaatsnaam=teksten[7], telefoonnummer=telefoon,
        emailadres=teksten[8],
    )  # fmt: skip


_REQUIRED = frozenset(VERPLICHT)
_NUMERIC = frozenset(("id", "klantnummer", "huisnummer", "telefoonnummer"))


def _text(name: str, value: object) -> str:
    """Text without surrounding blanks; absent is empty, and an absent required field is refused."""
    if type(value) is str:
        text = value.strip(_BLANK)
    elif value is None:
        text = ""
    elif type(value) is int and name in _NUMERIC:
        text = str(value)
    else:
        raise _Refused("VELD_ONTBREEKT", name, "geen tekst", "tekst")
    if not text and name in _REQUIRED:
        raise _Refused("VELD_ONTBREEKT", name, "leeg", "ingevuld")
    return text


def _check_text(name: str, text: str) -> str:
    """The text in NFC, when it is fit to keep: not too long, on one line, no control characters, no BSN."""
    limit = MAXIMA[name]
    # Composing shortens; text that is far too long is not composed at all.
    normal = unicodedata.normalize("NFC", text) if len(text) <= 4 * limit else text
    if len(normal) > limit or _longest_marks(normal) > _MARKS:
        raise _Refused("VELD_TE_LANG", name, f"{len(normal)} tekens", f"hoogstens {limit} tekens")
    if name in _ADRES and not _LINE_ENDS.isdisjoint(normal):
        raise _Refused("REGELEINDE_IN_ADRES", name, "meer dan één regel", "één regel")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in normal):
        raise _Refused("STUURTEKEN", name, "een onzichtbaar stuurteken", "leesbare tekst")
    if name not in _EIGEN_NUMMERS and _possible_bsn(normal):
        raise _Refused("MOGELIJK_BSN", name, "negen cijfers die een BSN kunnen zijn", "geen BSN")
    if normal and name in _REQUIRED and not any(unicodedata.category(c)[0] in "LNPS" for c in normal):
        raise _Refused("VELD_ONTBREEKT", name, "geen leesbaar teken", "ingevuld")
    return normal


def _longest_marks(text: str) -> int:
    if text.isascii():
        return 0
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        longest = max(longest, run)
    return longest


def _datum(name: str, value: object, tabel: bool) -> date:  # noqa: FBT001  # private; the row's own mode
    if value is None or value == "":
        raise _Refused("VELD_ONTBREEKT", name, "leeg", "een datum")
    if type(value) is str:
        text = value.strip(_BLANK)
        if not text:
            raise _Refused("VELD_ONTBREEKT", name, "leeg", "een datum")
        try:
            # fromisoformat also reads 20240502 and week dates; the two dashes rule those out.
            if len(text) == 10 and text[4] == text[7] == "-":  # noqa: PLR2004  # YYYY-MM-DD
                return date.fromisoformat(text)
            if tabel and (dutch := _DATUM_TABEL.fullmatch(text)):
                return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        except ValueError:
            pass  # 31 February has the right shape
    expected = "een datum als 2024-05-02 of 02-05-2024" if tabel else "een datum als 2024-05-02"
    raise _Refused("DATUM_ONGELDIG", name, shown(value), expected)


def _bedrag(value: object, tabel: bool) -> Bedrag:  # noqa: FBT001  # private; the row's own mode
    if value is None or value == "":
        raise _Refused("VELD_ONTBREEKT", "bedrag", "leeg", "een bedrag")
    cents = None
    if type(value) is str:
        text = value.strip(_BLANK)
        if not text:
            raise _Refused("VELD_ONTBREEKT", "bedrag", "leeg", "een bedrag")
        found = (_BEDRAG_TABEL if tabel else _BEDRAG).fullmatch(text)
        if found is not None:
            cents = int(found[1].replace(".", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    elif type(value) is int:
        cents = value * 100
    elif isinstance(value, Decimal) and value.as_tuple().exponent in (0, -1, -2):
        cents = int(value * 100)
    if cents is None or not 0 <= cents <= MAX_CENT:
        expected = "een bedrag als 1.213,40 of 1213.40" if tabel else "een bedrag als 1213.40"
        raise _Refused("BEDRAG_ONGELDIG", "bedrag", shown(value), expected)
    return Bedrag(cents)


def shown(value: object) -> str:
    """A value as far as a worker needs it to see what is wrong: short, one line, never a possible BSN."""
    text = _storable(value)
    return "negen cijfers" if _possible_bsn(text) else text[:20]


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
        extern_id, datum = own_id(item), _datum("datum", item.get("datum"), tabel=False)
    except _Refused:
        return None
    return (extern_id, datum) if extern_id else None


def own_id(waarden: Mapping[str, object]) -> str:
    """The signal's id when it is fit to show, else nothing."""
    value = waarden.get("id")
    text = str(value).strip(_BLANK) if type(value) in (str, int) else ""
    return text if _ID.fullmatch(text) else ""


def _storable(value: object) -> str:
    text = str(value)[:1000] if isinstance(value, str | int | Decimal) else ""
    if text.isascii() and text.isprintable():
        return text.strip(_BLANK)
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text)
    return clean.strip(_BLANK)


def _possible_bsn(text: str) -> bool:
    """Whether nine digits stand here, spaced or not, that pass the elfproef."""
    if not text.isascii():
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return any(elfproef("".join(c for c in found[0] if c.isdecimal())) for found in _NINE_DIGITS.finditer(text))


def elfproef(digits: str) -> bool:
    """Whether nine digits can be a BSN: 9a + 8b + ... + 2h - i is a multiple of 11 (Logisch Ontwerp BSN)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighted % 11 == 0 and digits != "000000000"
