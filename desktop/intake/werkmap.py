"""A spreadsheet is an archive from elsewhere: looked through within limits, and only its plain sheets are kept."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from typing import Never
from xml.parsers import expat

from db.errors import KnownError
from desktop.intake.invoer import MAX_RIJEN

MAX_UITGEPAKT = 64 * 1024 * 1024
"""What all parts together may become when unpacked."""
MAX_VERHOUDING = 100
"""How many times larger than the file its contents may be."""
MAX_DELEN = 500
"""A spreadsheet has some dozens of parts."""

_MAX_CELLS = 5_000_000  # a reader lays a sheet out as a rectangle: from its first filled cell to its last
_MAX_ELEMENTS = 12_000_000
_MAX_DEPTH = 32
_HEADER_IN_DIRECTORY = b"PK\x01\x02"
_COMPRESSION = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_ENCRYPTED = 0x1
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml"
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_REFUSED = (
    (re.compile(r"(^|/)vbaProject|^xl/(macrosheets|dialogsheets)/", re.IGNORECASE), "met macro's"),
    (
        re.compile(r"^xl/(externalLinks|connections|queryTables|customData|model)", re.IGNORECASE),
        "met koppelingen naar andere bestanden",
    ),
    (
        re.compile(r"^xl/(embeddings|activeX|ctrlProps)/|\.(zip|7z|rar|exe|dll|xls[a-z]?|doc[a-z]?)$", re.IGNORECASE),
        "met andere bestanden erin",
    ),
)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, OverflowError)


def clean(content: bytes) -> bytes:
    """The same spreadsheet with nothing but its sheets, texts and notations, not compressed, every part looked at.

    Raises:
        KnownError: TE_GROOT; ONBEKEND_FORMAAT with what it holds or where it is broken; TE_VEEL_RIJEN. Never a value.
    """
    if content.count(_HEADER_IN_DIRECTORY) > MAX_DELEN:
        _refuse(f"meer dan {MAX_DELEN} onderdelen")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_directory(parts, len(content))
            return _copy(archive, [part for part in parts if _KEPT.fullmatch(part.filename)])
    except _BROKEN:
        raise KnownError("ONBEKEND_FORMAAT", plaats="het bestand is beschadigd") from None


def _refuse(place: str) -> Never:
    raise KnownError("ONBEKEND_FORMAAT", plaats=place)


def _too_large(size: int) -> Never:
    raise KnownError("TE_GROOT", plaats="uitgepakt", bytes=size, hoogstens=MAX_UITGEPAKT)


def _check_directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    """What the archive says of itself, before anything of it is unpacked."""
    if len({part.filename.casefold() for part in parts}) != len(parts):
        _refuse("een onderdeel staat er twee keer in")
    for part in parts:
        name = part.orig_filename
        if name != part.filename or "\\" in name or ":" in name or name.startswith("/") or ".." in name.split("/"):
            _refuse("een onderdeel met een vreemde naam")
        if part.flag_bits & _ENCRYPTED:
            _refuse("beveiligd met een wachtwoord")
        if stat.S_ISLNK(part.external_attr >> 16) or part.compress_type not in _COMPRESSION:
            _refuse("een onderdeel van een vreemde soort")
        for pattern, what in _REFUSED:
            if pattern.search(name):
                _refuse(what)
    total = sum(part.file_size for part in parts)
    if total > MAX_UITGEPAKT or total > MAX_VERHOUDING * size:
        _too_large(total)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        _refuse("begin van het bestand")


def _copy(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bytes:
    target = io.BytesIO()
    cells = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in parts:
            with archive.open(part) as source:
                found = source.read(part.file_size + 1)  # never further than what was said
            if len(found) != part.file_size:
                _refuse("een onderdeel is anders dan het zegt")
            if _SHEET.fullmatch(part.filename):
                cells += _rectangle(found)
            else:
                _walk(found, None)
            if cells > _MAX_CELLS:
                raise KnownError("TE_VEEL_RIJEN", plaats="een werkblad", hoogstens=MAX_RIJEN)
            copy.writestr(part.filename, found)
    return target.getvalue()


def _rectangle(sheet: bytes) -> int:
    """How many cells the smallest rectangle has that holds all filled cells."""
    row = column = lowest = rightmost = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, column, lowest, rightmost
        if name == "c":
            column += 1
            if "r" in attributes:
                row, column = _place(attributes["r"])
        elif name in {"v", "is"}:
            lowest, rightmost = max(lowest, row), max(rightmost, column)
        elif name == "row":
            row, column = int(attributes.get("r", row + 1)), 0

    _walk(sheet, started)
    return lowest * rightmost


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as `AB12`."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        _refuse("een cel op een vreemde plek")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


Started = Callable[[str, dict[str, str]], None]


def _walk(part: bytes, started: Started | None) -> None:
    """Go through one part as XML, without definitions of its own; `started` hears of every element."""
    parser = expat.ParserCreate()
    count = depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > _MAX_ELEMENTS or depth > _MAX_DEPTH:
            raise KnownError("TE_DIEP", plaats="", hoogstens=_MAX_DEPTH)
        if started is not None:
            started(name.rpartition(":")[2], attributes)

    def on_end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def on_doctype(*_: object) -> None:
        _refuse("eigen definities in een onderdeel")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        parser.Parse(part, True)  # noqa: FBT003  # expat's own: this is all there is
    except expat.ExpatError as error:
        raise KnownError("ONBEKEND_FORMAAT", plaats=f"regel {error.lineno} van een onderdeel") from None
