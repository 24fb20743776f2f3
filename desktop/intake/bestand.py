"""A file comes in: read once into memory, within limits, and known by its content and not by its name."""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from pathlib import Path

from db.errors import KnownError

MAX_BYTES = 50 * 1024 * 1024
"""Larger files are refused before anything of them is read."""

# Absent on Windows, where the status below says the same before opening.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # a spreadsheet with a password stands inside one of these
_FOREIGN = (
    b"%PDF", b"MZ", b"\x7fELF", _OLE, b"7z\xbc\xaf", b"\x1f\x8b", b"Rar!", b"\x89PNG",
    b"\xff\xd8\xff", b"{\\rtf", b"<", b"SQLite format 3", b"BZh", b"\xfd7zXZ",
)  # fmt: skip
BOM = b"\xef\xbb\xbf"
"""What many programs put before UTF-8."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""What stands before UTF-16, in either order of bytes."""
_PEEK = 4096


def read_file(path: Path) -> bytes:
    """The bytes of a regular file of at most 50 MiB, read once.

    Raises:
        KnownError: GEEN_GEWOON_BESTAND for a link, folder, device or pipe; TE_GROOT; LEEG_BESTAND;
            BESTAND_ONLEESBAAR (not there, or not for you); BESTAND_VERANDERT when it changed meanwhile.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or _is_reparse_point(path):
            raise KnownError("GEEN_GEWOON_BESTAND", plaats="")
        descriptor = os.open(path, _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        raise KnownError("BESTAND_ONLEESBAAR", plaats="") from None
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        raise KnownError("BESTAND_ONLEESBAAR", plaats="", oorzaak=type(error).__name__) from None
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise KnownError("GEEN_GEWOON_BESTAND", plaats="")
        if before.st_size > MAX_BYTES:
            raise KnownError("TE_GROOT", plaats="", bytes=before.st_size, hoogstens=MAX_BYTES)
        content = file.read(MAX_BYTES + 1)
        after = os.fstat(descriptor)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or len(content) != after.st_size:
        raise KnownError("BESTAND_VERANDERT", plaats="")
    if not content.removeprefix(BOM).strip(b" \t\r\n;,"):
        raise KnownError("LEEG_BESTAND", plaats="")
    return content


class Soort(StrEnum):
    """What a file is, by its content."""

    JSON = "json"
    TEKST = "tekst"
    WERKMAP = "werkmap"


def kind_of(content: bytes) -> Soort:
    """Tell JSON, a spreadsheet and text apart; refuse programs, documents and everything else, whatever its name.

    Raises:
        KnownError: ONBEKEND_FORMAAT.
    """
    if content.startswith(_ZIP):
        return Soort.WERKMAP
    if content.startswith(_OLE) and _ENCRYPTED_PACKAGE in content:
        raise KnownError("ONBEKEND_FORMAAT", plaats="beveiligd met een wachtwoord")
    if content.removeprefix(BOM).lstrip(b" \t\r\n").startswith(_FOREIGN):
        raise KnownError("ONBEKEND_FORMAAT", plaats="begin van het bestand")
    return Soort.JSON if is_json(content) else Soort.TEKST


def is_json(content: bytes) -> bool:
    """Whether this is JSON rather than a table: it opens with a brace or a bracket.

    JSON in UTF-16 is recognised too, so that its reader can say what is wrong with it: a signaalbestand is UTF-8.
    """
    text = content.removeprefix(BOM)
    if content.startswith(UTF16):
        text = content[2:_PEEK].replace(b"\0", b"")
    return text.lstrip(b" \t\r\n")[:1] in (b"{", b"[")


def _is_reparse_point(path: Path) -> bool:
    # A junction is no symlink to Python, yet leads elsewhere (Windows only).
    attributes = getattr(path.lstat(), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)
