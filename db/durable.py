"""Small files that survive a power cut: replaced as a whole, or left as they were."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from db.errors import KnownError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_HELD = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})
"""What a rename says of a file that is open elsewhere: on Windows, or on a share."""


def disk_error(error: OSError) -> KnownError:
    """The KnownError for a failed write: SCHIJF_VOL, GEEN_SCHRIJFRECHT, or SCHIJF_FOUT with the errno.

    The path stays out of the facts: a folder name may hold the name of a person.
    """
    if error.errno in _FULL:
        return KnownError("SCHIJF_VOL")
    if error.errno in _DENIED:
        return KnownError("GEEN_SCHRIJFRECHT")
    return KnownError("SCHIJF_FOUT", errno=error.errno)


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, readable by the owner only: written aside, synced, renamed, folder synced.

    After a crash the file holds either the old or the new content. Raises KnownError (see `disk_error`), BESTAND_OPEN
    when another program holds what stands there; the old content then still stands.
    """
    aside = _write_aside(path, content)
    try:
        _put(aside, path)
    except KnownError:
        _remove(aside)
        raise


@contextmanager
def replaced(*files: tuple[Path, bytes]) -> Iterator[None]:
    """Write these files, and take them back when what is done within fails: what stood in their places is back then.

    All are written aside before one takes its place, so that a full disk changes nothing.

    Raises:
        KnownError: as `write_durably`.
    """
    kept = list[Path]()
    with ExitStack() as undo:
        asides = list[Path]()
        for path, content in files:
            asides.append(_write_aside(path, content))
            undo.callback(_remove, asides[-1])
        for (path, _), aside in zip(files, asides, strict=True):
            if path.is_file():
                kept.append(path.with_name(path.name + ".oud"))
                _put(path, kept[-1])
                undo.callback(_put, kept[-1], path)
            _put(aside, path)
            undo.callback(_remove, path)
        yield
        undo.pop_all()
    for old in kept:
        _remove(old)


def publish(aside: Path, path: Path) -> None:
    """Give a finished file its name, so that it survives a power cut whole: synced, renamed, folder synced.

    Raises:
        OSError: as the system gave it; `aside` is then still there, or `path` complete.
    """
    with aside.open("rb+") as file:
        _sync(file.fileno())
    aside.replace(path)
    _sync_folder(path.parent)


def read_small_file(path: Path, limit: int) -> bytes | None:
    """The bytes of an ordinary file of at most `limit` bytes; None when there is no such file.

    A link, folder, device or pipe, a longer file, or one that cannot be read, gives None as well: the caller
    has a second copy, or refuses. Never blocks and never reads more than `limit` + 1 bytes.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = b""
        while len(content) <= limit and (block := os.read(descriptor, limit + 1 - len(content))):
            content += block
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return content if len(content) <= limit else None


def _write_aside(path: Path, content: bytes) -> Path:
    """The content in a file of its own beside that path, or nothing."""
    aside = path.with_name(path.name + ".tmp")
    try:
        # Not the tempfile module: a fixed name leaves at most one orphan, which the next write takes over.
        aside.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(aside, flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            _sync(file.fileno())
    except OSError as error:
        _remove(aside)
        raise disk_error(error) from error
    return aside


def _put(source: Path, path: Path) -> None:
    """Rename within a folder that takes files: what refuses is held by somebody else."""
    try:
        source.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise (KnownError("BESTAND_OPEN") if error.errno in _HELD else disk_error(error)) from error


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        # On macOS fsync leaves the drive's own cache alone (fcntl(2), F_FULLFSYNC).
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a folder cannot be opened there; NTFS journals the rename itself
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
