"""A mapping profile: which columns, words, dates and amounts of another layout stand for ours (exchange section 1)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Literal

import msgspec

from db.errors import KnownError
from desktop.intake.velden import DATUMS, MAXIMA, Veldfout, shown

LEVERING = ("levering_id", "gemeentecode", "bron", "aangemaakt")
"""What the delivery itself says, when a table carries it in columns."""

MAX_TEKENS = 20_000
"""A longer profile is refused: it describes a table, it does not hold one."""

_FIELDS = frozenset((*MAXIMA, *LEVERING))
# A kind or a partner that no list knows is the rulebook's question; it says which article names them.
_JUDGED = frozenset(("soort", "signaalpartner"))
_MAX_ENTRIES = 500
_MAX_CELL = 200
_DATE_PARTS = re.compile(r"jjjj|dd?|mm?|[-/. ]")
_DATE_GROUPS = {"jjjj": r"(?P<j>[0-9]{4})", "dd": r"(?P<d>[0-9]{2})", "d": r"(?P<d>[0-9]{1,2})",
                "mm": r"(?P<m>[0-9]{2})", "m": r"(?P<m>[0-9]{1,2})"}  # fmt: skip
# Each dot opens a table within a table, at a cost that grows with the square of their number; three are ever needed.
_DEEP_KEY = re.compile(r"""(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){16}""")
_LIKE_OURS = re.compile(r"[a-z_]{1,30}")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def plain(header: str) -> str:
    """A header without case, accents, spaces and signs: `Inwoner Achternaam` and `inwoner_achternaam` are one."""
    decomposed = unicodedata.normalize("NFKD", header[:_MAX_CELL].casefold())
    return "".join(character for character in decomposed if character.isalnum())


class Bedragvorm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How amounts are written: the decimal sign, the thousands sign, or whole cents."""

    decimaal: Literal[",", "."] = ","
    duizendtal: Literal["", ".", ",", " ", "'"] = ""
    centen: bool = False


class Profiel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """How one source lays out its tables.

    Attributes:
        bron: the source; empty is the Centraal Meldpunt, or what a column says.
        werkblad: which sheet of a spreadsheet; empty is the one that has the columns.
        kopregel: the row with the names of the columns; 0 is the first that is not empty.
        scheidingsteken: between the cells of a text file; empty is found out.
        kolommen: per field of ours the name of their column.
        vast: fields that have one value for every row.
        waarden: per field their words and ours.
        datum: how a date is written, such as `dd/mm/jjjj`; empty is as in exchange section 1.
        bedrag: how an amount is written; absent is as in exchange section 1.
    """

    bron: str = ""
    werkblad: str = ""
    kopregel: int = 0
    scheidingsteken: Literal["", ";", ",", "\t", "|"] = ""
    kolommen: dict[str, str] = {}
    vast: dict[str, str] = {}
    waarden: dict[str, dict[str, str]] = {}
    datum: str = ""
    bedrag: Bedragvorm | None = None

    @cached_property
    def namen(self) -> dict[str, str]:
        """Our field for each of their columns, by its plain name."""
        return {plain(theirs): ours for ours, theirs in self.kolommen.items()}

    @cached_property
    def _vertalers(self) -> tuple[tuple[str, Callable[[str, object], object]], ...]:
        return tuple(self._translators())

    def _translators(self) -> Iterator[tuple[str, Callable[[str, object], object]]]:
        for field, words in self.waarden.items():
            yield field, partial(_translate, {_word(theirs): ours for theirs, ours in words.items()})
        if self.datum:
            for field in DATUMS:
                yield field, partial(_date, _date_pattern(self.datum), self.datum)
        if self.bedrag is not None:
            yield "bedrag", partial(_amount, self.bedrag)

    def toepassen(self, waarden: dict[str, object]) -> Veldfout | None:
        """Turn one row's values into ours, in place; the first that does not fit is the answer."""
        waarden.update(self.vast)
        for name, translate in self._vertalers:
            value = waarden.get(name, "")
            if value != "":
                found = translate(name, value)
                if isinstance(found, Veldfout):
                    return found
                waarden[name] = found
        return None


def decode(content: bytes) -> str:
    """The text of a profile out of a file: UTF-8, with or without a mark.

    Raises:
        KnownError: PROFIEL_ONGELDIG with the first byte that is none.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnownError("PROFIEL_ONGELDIG", plaats=f"byte {error.start}") from None


def read(text: str) -> Profiel:
    """A profile out of TOML.

    Raises:
        KnownError: PROFIEL_ONGELDIG with the place in the text.
    """
    if len(text) > MAX_TEKENS:
        raise KnownError("PROFIEL_ONGELDIG", plaats=f"meer dan {MAX_TEKENS} tekens")
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise KnownError("PROFIEL_ONGELDIG", plaats=f"regel {line}")
    try:
        profiel = msgspec.convert(tomllib.loads(text), Profiel)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        raise KnownError("PROFIEL_ONGELDIG", plaats=f"regel {found[1]}" if found else "einde van de tekst") from None
    except (msgspec.ValidationError, RecursionError, ValueError) as error:  # ValueError: a day that does not exist
        raise KnownError("PROFIEL_ONGELDIG", plaats=_path(error)) from None
    for place in _faults(profiel):
        raise KnownError("PROFIEL_ONGELDIG", plaats=place)
    return profiel


def _path(error: Exception) -> str:
    if not isinstance(error, msgspec.ValidationError):
        return "de opbouw"
    path = str(error).partition(" - at `")[2].rstrip("`").removeprefix("$.").removeprefix("key in ")
    unknown = re.search(rf"unknown field `({_LIKE_OURS.pattern})`", str(error))
    return path or (unknown[1] if unknown else "een onderdeel is onbekend")


def _shown(name: str) -> str:
    """A name that may have been meant for a field of ours; anything else could be somebody's data."""
    return name if _LIKE_OURS.fullmatch(name) else "…"


def _faults(profiel: Profiel) -> Iterator[str]:
    """Places that do not hold, the first one first."""
    tables: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("kolommen", profiel.kolommen), ("vast", profiel.vast), ("waarden", profiel.waarden),
    )  # fmt: skip
    for name, table in tables:
        yield from (f"{name}.{_shown(field)}" for field in table if field not in _FIELDS)
    if sum(map(len, profiel.waarden.values())) > _MAX_ENTRIES:
        yield "waarden"
    yield from (f"vast.{field}" for field in profiel.vast if field in profiel.kolommen)
    seen: set[str] = set()
    for field, theirs in profiel.kolommen.items():
        name = plain(theirs)
        # The law lists no BSN for any signal that is read in: no profile may bring one in under another name.
        if not name or name in seen or "bsn" in name or "burgerservicenummer" in name or len(theirs) > _MAX_CELL:
            yield f"kolommen.{field}"
        seen.add(name)
    if profiel.kopregel < 0 or profiel.kopregel > _MAX_ENTRIES:
        yield "kopregel"
    if len(profiel.bron) > 64 or not profiel.bron.isprintable():  # noqa: PLR2004  # as a delivery's own
        yield "bron"
    if profiel.datum and not _fits(profiel.datum):
        yield "datum"
    if profiel.bedrag is not None and profiel.bedrag.decimaal == profiel.bedrag.duizendtal:
        yield "bedrag.duizendtal"


def _fits(notation: str) -> bool:
    """Whether a notation of dates names day, month and year once each and nothing else."""
    parts = _DATE_PARTS.findall(notation)
    kinds = sorted(part[0] for part in parts if part in _DATE_GROUPS)
    return "".join(parts) == notation and kinds == ["d", "j", "m"]


def _date_pattern(notation: str) -> re.Pattern[str]:
    return re.compile("".join(_DATE_GROUPS.get(part, re.escape(part)) for part in _DATE_PARTS.findall(notation)))


def _word(value: object) -> str:
    return str(value).strip().casefold()


def _translate(known: Mapping[str, str], name: str, value: object) -> object:
    found = known.get(_word(value)) if isinstance(value, str | int | Decimal) else None
    if found is None and name not in _JUDGED:
        return Veldfout("VELD_ONTBREEKT", name, shown(value), "een waarde uit het profiel")
    return value if found is None else found


def _date(pattern: re.Pattern[str], notation: str, name: str, value: object) -> object:
    if not isinstance(value, str):  # a spreadsheet's own date needs no notation
        return value
    if found := pattern.fullmatch(value.strip()):
        try:
            return date(int(found["j"]), int(found["m"]), int(found["d"])).isoformat()
        except ValueError:
            pass  # 31 February has the right shape
    return Veldfout("DATUM_ONGELDIG", name, shown(value), f"een datum als {notation}")


def _amount(vorm: Bedragvorm, name: str, value: object) -> object:
    """The amount as text with a point and two decimals, or a number from a spreadsheet as it is."""
    text = value if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else str(value)
    if vorm.centen:
        digits = text.strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= MAXIMA["bedrag"]:
            return f"{digits[:-2] or '0'}.{digits[-2:].zfill(2)}"
        return Veldfout("BEDRAG_ONGELDIG", name, shown(value), "hele centen")
    if not isinstance(value, str):
        return value
    thousands = re.escape(vorm.duizendtal)
    grouped = rf"[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|" if thousands else ""
    found = re.fullmatch(
        rf"(?:€|EUR)?[ \u00a0]*({grouped}[0-9]{{1,9}})(?:{re.escape(vorm.decimaal)}([0-9]{{1,2}}))?", text.strip()
    )
    if found is None:
        return Veldfout("BEDRAG_ONGELDIG", name, shown(value), f"een bedrag met {vorm.decimaal} voor de centen")
    whole = found[1].replace(vorm.duizendtal, "") if vorm.duizendtal else found[1]
    return f"{whole}.{(found[2] or '').ljust(2, '0')}"
