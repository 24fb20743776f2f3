"""Read a table of signals from text: CSV in the encodings, separators and spellings that spreadsheets write."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator

from db.errors import KnownError
from desktop.intake import tabel
from desktop.intake.bestand import BOM, MAX_BYTES, UTF16
from desktop.intake.invoer import Invoer
from desktop.intake.profiel import Profiel

SEPARATORS = ";,\t"

_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_UTF16 = "utf-16"
_MAX_HEAD = 100_000

# A field of any length is read, and refused by its row; the file's size is the bound.
csv.field_size_limit(MAX_BYTES)


def read(content: bytes, gemeentecode: str, profiel: Profiel = tabel.EIGEN_INDELING) -> Invoer:
    """The rows of a table, for this municipality where the table does not say for which.

    Raises:
        KnownError: CODERING, ONBEKEND_FORMAAT (quotes that do not close), and what `tabel.read` raises; each with
            `plaats`, and never with a value.
    """
    found, codering = regels(content, profiel)
    digest = hashlib.sha256(content).hexdigest()
    return tabel.read(found, digest=digest, gemeentecode=gemeentecode, profiel=profiel, codering=codering)


def regels(content: bytes, profiel: Profiel = tabel.EIGEN_INDELING) -> tuple[Iterator[tabel.Regel], str]:
    """The rows that are not blank, header included, and the encoding they were in.

    Raises:
        KnownError: CODERING; ONBEKEND_FORMAAT while reading on.
    """
    text, codering = decode(content)
    if said := _SEP_LINE.match(text):  # Excel hides this line, so it is no row
        text = text[said.end() :]
    return _records(text, profiel.scheidingsteken or _separator(text, profiel)), codering


def decode(content: bytes) -> tuple[str, str]:
    """The text of a table, and its encoding: UTF-8, UTF-16 with a mark, or Windows-1252 when nothing speaks against it.

    Raises:
        KnownError: CODERING with the place of the first byte that fits nothing; also for a mixture.
    """
    if content.startswith(UTF16):
        return _decoded(content, _UTF16), _UTF16
    if b"\0" in content[:4]:
        raise KnownError("CODERING", plaats="byte 0")
    try:
        return content.removeprefix(BOM).decode(), "utf-8"
    except UnicodeDecodeError as error:
        place = error.start + (len(BOM) if content.startswith(BOM) else 0)
    if content.startswith(BOM) or _UTF8_LETTER.search(content):
        raise KnownError("CODERING", plaats=f"byte {place}")
    return _decoded(content, "cp1252"), "windows-1252"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise KnownError("CODERING", plaats=f"byte {error.start}") from None


def _separator(text: str, profiel: Profiel) -> str:
    """The separator under which the line with the header shows most of our columns."""
    above = max(0, profiel.kopregel - 1)
    start = text[:_MAX_HEAD] if above else text.lstrip("\r\n")[:_MAX_HEAD]
    line = "".join(start.split("\n")[above : above + 1]).rstrip("\r")

    def names(separator: str) -> int:
        return tabel.recognised((name.strip('" ') for name in line.split(separator)), profiel)

    return max(SEPARATORS, key=names)


def _records(text: str, separator: str) -> Iterator[tabel.Regel]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for rij, record in enumerate(reader, 1):
            if any(record):  # a blank line is a row to a spreadsheet, and no signal
                yield rij, record
    except csv.Error:
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"regel {reader.line_num}") from None
