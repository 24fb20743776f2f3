"""The reading process: a file comes in over stdin, verdicts leave over stdout; it opens nothing and may be killed.

What came from elsewhere is taken apart here, beside the process that holds the key and the half-typed text: a
spreadsheet that breaks a native reader, or wants all memory, ends this process and nothing else; and a large file
keeps no window waiting.
"""

from __future__ import annotations

import codecs
import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO

import msgspec

from db.errors import KnownError
from desktop.casework.rulebook import regelboek
from desktop.intake import bestand
from desktop.intake.beoordelen import Bericht, Opdracht, beoordeel
from desktop.intake.bestand import Soort
from desktop.platform.process import harden

Cancelled = Callable[[], bool]
"""Asked often, also from another thread; once it says yes reading stops within a second."""

log = logging.getLogger("voordeur.intake")

LICHT = 256 * 1024
"""Text up to this size is read in no time, and without a process of its own."""
MAX_SECONDEN = 10
"""How long the reading process may be silent."""
MAX_GEHEUGEN = 512 * 1024 * 1024
"""Address space of the reading process, the program itself included; where the system can bound it."""

_COMMAND = (sys.executable, "-I", "-m", "desktop.intake.lezer")
_ASK_EVERY = 0.1
_LENGTH = 8
_FORBIDDEN = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "import", "urllib.", "winreg.")


class Geweigerd(msgspec.Struct, frozen=True, tag=True):
    """The file was refused whole: a KnownError on its way to the other process."""

    code: str
    feiten: dict[str, str | int]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Bericht | Geweigerd).decode


def oordelen(content: bytes, opdracht: Opdracht, cancelled: Cancelled | None = None) -> Iterator[Bericht]:
    """The same as `beoordelen.beoordeel`, in a process of its own when the file is a spreadsheet or large.

    Raises:
        KnownError: what `beoordelen.beoordeel` raises; TE_DIEP when reading takes too long or too much memory;
            IMPORT_AFGEBROKEN when cancelled.
    """
    if len(content) <= LICHT and bestand.kind_of(content) is not Soort.WERKMAP:
        return beoordeel(content, opdracht)
    return _elsewhere(content, opdracht, cancelled or (lambda: False))


def _elsewhere(content: bytes, opdracht: Opdracht, cancelled: Cancelled) -> Iterator[Bericht]:
    process = subprocess.Popen(  # noqa: S603  # this program's own module, without a shell
        _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    watch = _Watch(process, cancelled)
    complete = False
    with process, watch:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process without pipes")
        with contextlib.suppress(BrokenPipeError):  # it died early: what it said tells why
            for part in (_encode(opdracht), content):
                _write(process.stdin, part)
            process.stdin.close()
        while (frame := _read(process.stdout)) is not None:
            watch.heard()
            if not frame:
                complete = True
                break
            message = _decode(frame)
            if isinstance(message, Geweigerd):
                raise KnownError(message.code, **message.feiten)
            yield message
    if watch.cancelled:
        raise KnownError("IMPORT_AFGEBROKEN", plaats="")
    if not complete:
        if process.returncode == 1:  # neither stopped nor out of memory: it met something that nobody thought of
            log.warning("the reading process broke off")
        raise KnownError("TE_DIEP", plaats="")


class _Watch(threading.Thread):
    """Kills the reading process when somebody says stop, or when it has been silent too long."""

    def __init__(self, process: subprocess.Popen[bytes], cancelled: Cancelled) -> None:
        super().__init__(name="lezer", daemon=True)
        self.cancelled = False
        self._process = process
        self._ask = cancelled
        self._done = threading.Event()
        self._heard = time.monotonic()

    def heard(self) -> None:
        """It said something."""
        self._heard = time.monotonic()

    def run(self) -> None:
        """Ask until the reading is over."""
        while not self._done.wait(_ASK_EVERY):
            self.cancelled = self._ask()
            if self.cancelled or time.monotonic() - self._heard > MAX_SECONDEN:
                self._process.kill()
                return

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # also when the listener had enough; a process that ended does not mind
        self._done.set()
        self.join()


def _write(stream: IO[bytes], part: bytes) -> None:
    stream.write(len(part).to_bytes(_LENGTH, "big"))
    stream.write(part)


def _read(stream: IO[bytes]) -> bytes | None:
    """The next part, empty at the end; None when the other side is gone."""
    length = stream.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    size = int.from_bytes(length, "big")
    part = stream.read(size)
    return part if len(part) == size else None


def main() -> None:
    """Read one file from stdin, and say on stdout what it holds."""
    harden()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    opdracht, content = _read(source), _read(source)
    if opdracht is None or content is None:
        return
    shut_in()
    try:
        for message in beoordeel(content, msgspec.msgpack.decode(opdracht, type=Opdracht)):
            _write(target, _encode(message))
            target.flush()
    except KnownError as error:
        feiten = {name: fact if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()}
        _write(target, _encode(Geweigerd(error.code, feiten)))
    except MemoryError:
        os._exit(2)
    _write(target, b"")
    target.flush()
    os._exit(0)  # no clean-up of what came from elsewhere


def shut_in() -> None:
    """From here on this process opens no file, socket or program, and has only so much memory and time."""
    regelboek()
    for encoding in ("utf-8", "utf-16", "cp1252", "utf-16-le", "ascii", "latin-1", "cp437"):
        codecs.lookup(encoding)  # found on disk, so before the door closes
    if sys.platform != "win32":
        import resource

        for limit, most in ((resource.RLIMIT_AS, MAX_GEHEUGEN), (resource.RLIMIT_CPU, 2 * MAX_SECONDEN)):
            _, hard = resource.getrlimit(limit)
            resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    main()
