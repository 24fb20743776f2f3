"""Read a table of signals from a spreadsheet (xlsx): values only, no formula is worked out, no macro looked at."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from db.errors import KnownError
from desktop.intake import tabel, werkmap
from desktop.intake.invoer import Invoer, decent_name
from desktop.intake.profiel import Profiel
from desktop.intake.velden import VERPLICHT

_WHOLE = 10**15
"""Spreadsheets keep fifteen digits; of a larger number the last ones are not the sender's."""


def read(content: bytes, gemeentecode: str, profiel: Profiel = tabel.EIGEN_INDELING) -> Invoer:
    """The rows of the sheet with signals, for this municipality where the table does not say for which.

    Raises:
        KnownError: what `werkmap.clean` and `tabel.read` raise; ONBEKEND_FORMAAT for a broken spreadsheet, or one
            with two sheets of signals.
    """
    digest = hashlib.sha256(content).hexdigest()
    sheets = _sheets(werkmap.clean(content))
    chosen = _choose(sheets, profiel)
    invoer = tabel.read(_regels(sheets[chosen]), digest=digest, gemeentecode=gemeentecode, profiel=profiel)
    for name, sheet in sheets.items():
        if name != chosen:
            invoer.weggelaten.add(f"werkblad {decent_name(name)}", sum(1 for _ in _regels(sheet)))
    return invoer


def regels(content: bytes, profiel: Profiel = tabel.EIGEN_INDELING) -> Iterator[tabel.Regel]:
    """The rows that are not blank of the sheet with signals, header included."""
    sheets = _sheets(werkmap.clean(content))
    return _regels(sheets[_choose(sheets, profiel)])


def _sheets(content: bytes) -> dict[str, CalamineSheet]:
    """The sheets that hold anything, hidden ones too, by name."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            found = {name: book.get_sheet_by_name(name) for name in names}
    except CalamineError:
        raise KnownError("ONBEKEND_FORMAAT", plaats="een werkblad") from None
    filled = {name: sheet for name, sheet in found.items() if sheet.start is not None}
    if not filled:
        raise KnownError("LEEG_BESTAND", plaats="")
    return filled


def _choose(sheets: dict[str, CalamineSheet], profiel: Profiel) -> str:
    """The sheet that the profile names, or else the one whose header shows most of our columns."""
    if profiel.werkblad:
        if profiel.werkblad not in sheets:
            raise KnownError("KOLOM_ONTBREEKT", plaats="het werkblad van het profiel")
        return profiel.werkblad
    headers = {name: tabel.header_of(_regels(sheet), profiel) for name, sheet in sheets.items()}
    shown = {name: tabel.recognised(header, profiel) for name, header in headers.items()}
    if sum(count >= len(VERPLICHT) - len(profiel.vast) for count in shown.values()) > 1:
        raise KnownError("ONBEKEND_FORMAAT", plaats="meer dan één werkblad met signalen")
    return max(shown, key=lambda name: shown[name])


def _regels(sheet: CalamineSheet) -> Iterator[tabel.Regel]:
    for rij, cells in enumerate(sheet.iter_rows(), 1):
        record = list(map(_value, cells))
        if any(cell != "" for cell in record):
            yield rij, record


def _value(cell: object) -> object:
    """A cell as our fields know it: text, a whole number, a decimal, a date; anything else as it is, to be refused."""
    kind = cell.__class__
    if kind is str:
        return cell
    if kind is float:
        return _number(cell)  # type: ignore[arg-type]  # its class was just asked
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def _number(value: float) -> object:
    if value.is_integer():
        return int(value) if abs(value) < _WHOLE else value
    return Decimal(f"{value:.15g}")  # what the sender saw: 0.1 + 0.2 is 0.3 there
