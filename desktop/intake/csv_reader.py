"""Read a table of signals: CSV in the encodings, separators and spellings that spreadsheets write."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from operator import itemgetter

from db.errors import KnownError
from desktop.intake.bestand import BOM, MAX_BYTES, UTF16
from desktop.intake.invoer import (
    BRON,
    Bronrij,
    Invoer,
    Levering,
    Weggelaten,
    decent_name,
    gemeente,
    too_many_rows,
)
from desktop.intake.velden import MAXIMA, VERPLICHT

SEPARATORS = ";,\t"

_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_MAX_COLUMNS = 300
_MAX_TEXT = 64
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

# What the delivery itself says, when a table carries it in columns.
_LEVERING = ("levering_id", "gemeentecode", "bron", "aangemaakt")


def _plain(header: str) -> str:
    """A header without case, accents, spaces and signs: `Inwoner Achternaam` and `inwoner_achternaam` are one."""
    decomposed = unicodedata.normalize("NFKD", header.casefold())
    return "".join(character for character in decomposed if character.isalnum())


_COLUMNS = {_plain(name): name for name in (*MAXIMA, *_LEVERING)}
_COLUMNS |= {"inwoner" + _plain(name): name for name in MAXIMA}
_COLUMNS |= {"levering" + _plain(name): name for name in _LEVERING[1:]}

# A field of any length is read, and refused by its row; the file's size is the bound.
csv.field_size_limit(MAX_BYTES)


def read(content: bytes, gemeentecode: str) -> Invoer:
    """The rows of a table, for this municipality where the table does not say for which.

    Raises:
        KnownError: CODERING, ONBEKEND_FORMAAT (no such columns, quotes that do not close), KOLOM_ONTBREEKT,
            KOLOM_DUBBEL, TE_VEEL_RIJEN, ANDERE_GEMEENTE; each with `plaats`, and never with a value.
    """
    text, codering = decode(content)
    if said := _SEP_LINE.match(text):  # Excel hides this line, so it is no row
        text = text[said.end() :]
    records = enumerate(_records(text, _separator(text)), 1)
    header = next((record for _, record in records if any(record)), [])
    columns = _columns(header)
    weggelaten = Weggelaten()
    rijen = list(_rows(records, header, columns, weggelaten))
    return Invoer(
        levering=_levering(rijen, hashlib.sha256(content).hexdigest(), gemeentecode),
        tabel=True,
        rijen=rijen,
        weggelaten=weggelaten,
        codering=codering,
    )


def decode(content: bytes) -> tuple[str, str]:
    """The text of a table, and its encoding: UTF-8, UTF-16 with a mark, or Windows-1252 when nothing speaks against it.

    Raises:
        KnownError: CODERING with the place of the first byte that fits nothing; also for a mixture.
    """
    if content.startswith(UTF16):
        try:
            return content.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise KnownError("CODERING", plaats=f"byte {error.start}") from None
    if b"\0" in content[:4]:
        raise KnownError("CODERING", plaats="byte 0")
    try:
        return content.removeprefix(BOM).decode(), "utf-8"
    except UnicodeDecodeError as error:
        place = error.start + (len(BOM) if content.startswith(BOM) else 0)
    if content.startswith(BOM) or _UTF8_LETTER.search(content):
        raise KnownError("CODERING", plaats=f"byte {place}")
    try:
        return content.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError as error:
        raise KnownError("CODERING", plaats=f"byte {error.start}") from None


def _separator(text: str) -> str:
    """The separator under which the first line shows most of our columns."""
    line = text.lstrip("\r\n").partition("\n")[0].rstrip("\r")

    def recognised(separator: str) -> int:
        return sum(_plain(name.strip('" ')) in _COLUMNS for name in line.split(separator))

    return max(SEPARATORS, key=recognised)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"regel {reader.line_num}") from None


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each recognised column stands."""
    if len(header) > _MAX_COLUMNS:
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"{len(header)} kolommen")
    found: dict[str, int] = {}
    seen: set[str] = set()
    for index, title in enumerate(header):
        plain = _plain(title)
        name = _COLUMNS.get(plain, plain)
        if name in seen:
            raise KnownError("KOLOM_DUBBEL", plaats=f"kolom {decent_name(title)}")
        if plain:
            seen.add(name)
        if plain in _COLUMNS:
            found[name] = index
    if not found:
        raise KnownError("ONBEKEND_FORMAAT", plaats="rij 1")
    if missing := [name for name in VERPLICHT if name not in found]:
        raise KnownError("KOLOM_ONTBREEKT", plaats=f"kolom {', '.join(missing)}")
    return found


def _rows(
    records: Iterator[tuple[int, list[str]]], header: Sequence[str], columns: dict[str, int], weggelaten: Weggelaten
) -> Iterator[Bronrij]:
    width = len(header)
    names, pick = tuple(columns), itemgetter(*columns.values())
    others = [index for index in range(width) if index not in columns.values()]
    dropped = dict.fromkeys(others, 0)
    count = 0
    for rij, record in records:
        if not any(record):
            continue  # a blank line is a row to a spreadsheet, and no signal
        cells = record
        if len(cells) < width:
            cells = record + [""] * (width - len(record))
        elif len(cells) > width:
            cells = record[:width]
        count += 1
        too_many_rows(count)
        for index in others:
            if cells[index].strip():
                dropped[index] += 1
        yield Bronrij(rij, dict(zip(names, pick(cells), strict=True)), any(record[width:]))
    for index, times in dropped.items():
        weggelaten.add(header[index], times)


def _levering(rijen: list[Bronrij], digest: str, gemeentecode: str) -> Levering:
    codes = {gemeente(rij.waarden["gemeentecode"]) for rij in rijen if rij.waarden.get("gemeentecode")}
    if codes and gemeentecode not in codes:
        raise KnownError("ANDERE_GEMEENTE", plaats="kolom gemeentecode")
    return Levering(
        bron=_one_value(rijen, "bron") or BRON,
        extern_id=_one_value(rijen, "levering_id") or digest,
        gemeentecode=gemeentecode,
    )


def _one_value(rijen: list[Bronrij], name: str) -> str:
    values = {str(rij.waarden.get(name, "")).strip() for rij in rijen} - {""}
    if not values:
        return ""
    value = values.pop()
    if values or len(value) > _MAX_TEXT or not value.isprintable():
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"kolom {name}")
    return value
