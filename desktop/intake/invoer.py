"""What a reader hands over: one delivery, its rows by field name, and what it left out."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import msgspec

from db.errors import KnownError
from desktop.intake.velden import Veldfout

MAX_RIJEN = 50_000
"""More rows than this is no delivery to one municipality, but a mistake or an attack."""

BRON = "Centraal Meldpunt"
"""The source of a table that does not name one (exchange section 1)."""

_MAX_NAMEN = 100
_DECENT_NAME = re.compile(r"[^\W\d_][\w .,/()-]{0,39}")
_MANY_DIGITS = re.compile(r"\d{4}")


class Levering(msgspec.Struct, frozen=True, kw_only=True):
    """Who sent this, under which id; `gemeentecode` is empty when the file does not say."""

    bron: str
    extern_id: str
    gemeentecode: str = ""
    aangemaakt: datetime | None = None


class Bronrij(msgspec.Struct, frozen=True):
    """One row as it came: its number as a spreadsheet shows it, its recognised fields, and what reading it showed."""

    rij: int
    waarden: dict[str, object]
    fout: Veldfout | None = None


class Weggelaten:
    """Counts per column what is not kept; never the values, and no name that might be a value itself."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, name: str, times: int = 1) -> None:
        """Count a column that was dropped from so many rows."""
        if times:
            decent = decent_name(name)
            known = decent in self._counts or len(self._counts) < _MAX_NAMEN
            self._counts[decent if known else "overige kolommen"] += times

    def counts(self) -> dict[str, int]:
        """Columns in alphabetical order, with how many rows had something in them."""
        return dict(sorted(self._counts.items()))


class Invoer(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, read: nothing of it was judged yet except that it has the right shape.

    Attributes:
        tabel: whether dates and amounts are written as in a spreadsheet.
        codering: the encoding that was found, when it had to be guessed.
        intrekkingen: what stood in that list, unchecked.
    """

    levering: Levering
    tabel: bool
    rijen: list[Bronrij]
    weggelaten: Weggelaten
    intrekkingen: list[object] = []
    codering: str = ""


class Voorbeeld(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The first rows of a file as they would be read, to look at before it is taken in.

    Attributes:
        velden: our fields that have a column, in the order of the file, and `kolommen` what the file calls them.
        rijen: the first rows, as text, one value per field; a column that is not kept is not shown either.
        weggelaten: the names of those columns.
        ontbreekt: required fields without a column.
    """

    velden: tuple[str, ...]
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    weggelaten: tuple[str, ...] = ()
    ontbreekt: tuple[str, ...] = ()


VOORBEELDRIJEN = 5
"""So many rows are shown before a file is taken in."""
VOORBEELDTEKENS = 40
"""And so much of each value."""


def decent_name(name: str) -> str:
    """A column's name when it looks like one; else `kolom zonder naam`, since it may be somebody's data."""
    stripped = name.strip()
    decent = _DECENT_NAME.fullmatch(stripped) and not _MANY_DIGITS.search(stripped)
    return stripped if decent else "kolom zonder naam"


def gemeente(text: object) -> str:
    """A municipality code in four digits, however it was written: 14, 0014, GM0014. Empty when it is none."""
    digits = str(text).strip().upper().removeprefix("GM")
    return digits.zfill(4) if digits.isascii() and digits.isdigit() else digits


def too_many_rows(count: int) -> None:
    """Refuse a file with more rows than `MAX_RIJEN`.

    Raises:
        KnownError: TE_VEEL_RIJEN.
    """
    if count > MAX_RIJEN:
        raise KnownError("TE_VEEL_RIJEN", plaats=f"rij {MAX_RIJEN + 1}", hoogstens=MAX_RIJEN)
