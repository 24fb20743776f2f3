"""The readers in a process that can open nothing: `python -m tests.intake.confined READER [SEED FROM COUNT]`.

Without numbers it reads the bad files of the corpus, with them so many files changed at random. It says on stdout, as
JSON, what they came to; a file that crashes it leaves no answer, and then the test that started it fails.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from db.errors import KnownError
from desktop.intake import bekendenlijst, lezer, planbestand, profiel
from desktop.intake.beoordelen import Deel, Kop, Opdracht, beoordeel
from tests.factories import GEMEENTE
from tests.intake.corpus import GOED, MERK, Bestand, changed, corpus

_STATUS = Path("/proc/self/status")
SECONDEN = 2.0
"""Processor time that one file may take."""


class Uitslag(msgspec.Struct, frozen=True, kw_only=True):
    """What the files came to.

    Attributes:
        gelezen: how many files.
        codes: how often each refusal; empty for a file that could be read.
        fouten: per file that went wrong its name and how: never what stood in it.
        piek: the most memory that was held, in bytes.
    """

    gelezen: int
    codes: dict[str, int]
    fouten: list[tuple[str, str]]
    piek: int


def _signals(content: bytes) -> int:
    """Read as a delivery; how many rows were accounted for."""
    if not content:
        raise KnownError("LEEG_BESTAND", plaats="")
    rijen = judged = 0
    for message in beoordeel(content, Opdracht(gemeentecode=GEMEENTE)):
        if isinstance(message, Kop):
            rijen = message.rijen
        elif isinstance(message, Deel):
            judged += len(message.oordelen)
    if rijen != judged:
        raise ArithmeticError(f"{rijen} rows in, {judged} accounted for")
    return judged


def _profile(content: bytes) -> int:
    profiel.read(profiel.decode(content))
    return 0


def _plan(content: bytes) -> int:
    planbestand.read_plan(content)
    return 0


def _known(content: bytes) -> int:
    return sum(1 for _ in bekendenlijst.read(content))


READERS: dict[str, Callable[[bytes], int]] = {
    "csv": _signals,
    "json": _signals,
    "xlsx": _signals,
    "profiel": _profile,
    "plan": _plan,
    "lijst": _known,
}


class _Heard(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.said += record.getMessage() + repr(record.args)


def read_all(name: str, files: Iterator[Bestand], memory: Callable[[], int]) -> Uitslag:
    """Read these files one after the other."""
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    logging.getLogger().setLevel(logging.DEBUG)
    codes: Counter[str] = Counter()
    fouten: list[tuple[str, str]] = []
    for file in files:
        began = time.process_time()
        code, fault = _read(READERS[name], file)
        codes[code] += 1
        if time.process_time() - began > SECONDEN:
            fault = fault or f"longer than {SECONDEN} s"
        if MERK in heard.said:
            fault, heard.said = fault or "a value in the log", ""
        if fault:
            fouten.append((file.naam, fault))
    return Uitslag(gelezen=codes.total(), codes=dict(codes), fouten=fouten, piek=memory())


def _read(reader: Callable[[bytes], int], file: Bestand) -> tuple[str, str]:
    """The code of the refusal, and what was wrong with it."""
    try:
        rows = reader(file.inhoud)
    except KnownError as error:
        told = "".join(f"{one} {one.args} {getattr(one, 'facts', '')}" for one in _chain(error))
        if MERK in told:
            return error.code, "a value in the refusal"
        return error.code, "" if "plaats" in error.facts else "a refusal without a place"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what this looks for
        return "", f"{type(error).__name__} at {_where(error)}"
    if file.rijen is not None and rows != file.rijen:
        return "", f"{file.rijen} rows in, {rows} accounted for"
    return "", ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and what is shown with it."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _where(error: BaseException) -> str:
    """The last line of ours; no library for tracebacks, for that opens the source."""
    place, trace = "?", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "intake" in code.co_filename:
            place = f"{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _memory() -> Callable[[], int]:
    """Ask for the most memory held, later on; on Linux of this program alone, for `getrusage` counts its parent in."""
    if _STATUS.exists():
        status = _STATUS.open("rb", buffering=0)  # asked when the door is closed

        def most() -> int:
            status.seek(0)
            return int(status.read().partition(b"VmHWM:")[2].split()[0]) * 1024

        return most
    if sys.platform == "win32":
        return lambda: 0
    import resource

    return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(name: str, *numbers: str) -> None:
    """Shut this process in as the product does with its own reading process, and read."""
    files = corpus(name)
    if numbers or READERS[name] is not _signals:
        for good in GOED[name]:
            READERS[name](good)  # the product shuts in nothing but the reading of deliveries
    memory = _memory()
    lezer.shut_in()
    _more_time()
    if numbers:
        seed, first, count = map(int, numbers)
        made = (Bestand(f"{name}-{seed}-{n}", changed(name, seed, n)) for n in range(first, first + count))
        found = read_all(name, made, memory)
    else:
        found = read_all(name, iter(files), memory)
    sys.stdout.buffer.write(msgspec.json.encode(found))
    sys.stdout.flush()
    os._exit(0)


def _more_time() -> None:
    """The product gives one file twenty seconds of a processor; here are thousands."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


if __name__ == "__main__":
    main(*sys.argv[1:])
