"""The window: how soon it is painted, how soon Vandaag stands there, and how much memory it holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median

import msgspec

from desktop.bench.measuring import DELIVERING, Gewerkt, Meting, against, alternately, at_most, returning
from desktop.bench.residents import csv_file
from desktop.bench.vaults import Workshop

_ROUNDS = 7
_STARTS = 5
_TIMEOUT = 900
_PAINT_LIMIT = 1.6
_TODAY_LIMIT = 300
_MEMORY_LIMIT = 120
_MB = 1_000_000
_PAINTING, _WORKING = "desktop.bench.painting", "desktop.bench.working"
_FIRST = "eerste-brief"
_LIMITS = {
    "zoeken": 50,
    "zoeken-p99": 100,
    "zaak-openen": 60,
    "bellen": 100,
    "brief-op-scherm": 150,
    _FIRST: 150,
    "scrollen": 33,
    "stilstand": 50,
}
_DELIVERED = 10_000
_HOURS = 3
_GROWTH = 1.5
_FEWER = 10_000
"""A full vault is held against one of this many zaken."""
_ROOT = Path(__file__).parents[2]


def measure_paint(shop: Workshop) -> Iterator[Meting]:
    """`venster`: from the start of a process to the painted unlock window, beside a bare window with a table."""
    mine, other = alternately(_ROUNDS, lambda: _painted(shop, "unlock"), lambda: _painted(shop, "bare"))
    yield against("venster", 1000 * mine, 1000 * other, eenheid="ms", grens=_PAINT_LIMIT)


def measure_today(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`vandaag`: from the key (Argon2id apart) to a painted Vandaag with its counts."""
    found = [_said(shop, "today", cases)["vandaag"] for _ in range(_STARTS)]
    yield at_most("vandaag", median(found), eenheid="ms", grens=_TODAY_LIMIT)


def measure_memory(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`geheugen`: what the running window holds above a bare one, in millions of bytes."""
    ours, bare = alternately(
        _STARTS // 2 + 1,
        lambda: _said(shop, "memory", cases)["geheugen"],
        lambda: _said(shop, "bare")["geheugen"],
    )
    yield at_most("geheugen", (ours - bare) / _MB, eenheid="MB boven een kaal venster", grens=_MEMORY_LIMIT)


def measure_work(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`werk`: somebody at the keyboard for a while; each thing until it is painted, and the longest standstill.

    It is done three times over. Of a search the median and the 99th percentile count, of a letter the median and the
    first of the day, of a page of the list and a standstill the worst that came back each time. With more than ten
    thousand zaken the same is measured on a vault of that many, and the growth is told.
    """
    found = dict(_worked(shop, cases))
    for naam, value in found.items():
        yield at_most(naam, value, eenheid="ms", grens=_LIMITS[naam])
    if cases > _FEWER:
        for naam, value in _worked(shop, _FEWER):
            if naam != _FIRST:  # of which there are too few to compare
                yield against(f"{naam}-groei", found[naam], value, eenheid="ms", grens=_GROWTH)


def _worked(shop: Workshop, cases: int) -> Iterator[tuple[str, float]]:
    """What the hands in a window measured, on a vault of so many zaken into which a delivery comes; milliseconds."""
    delivery = shop.folder / f"levering-{cases}.csv"
    delivery.write_bytes(csv_file(_DELIVERED, first=cases))
    found = [_hour(shop, cases, delivery) for _ in range(_HOURS)]
    took = {what: [hour.duur[what] for hour in found] for what in found[0].duur}
    keys = sorted(chain.from_iterable(took["zoeken"]))
    yield "zoeken", median(keys)
    yield "zoeken-p99", keys[round(0.99 * (len(keys) - 1))]
    yield "zaak-openen", median(chain.from_iterable(took["zaak"]))
    yield "bellen", median(chain.from_iterable(took["bellen"]))
    yield "brief-op-scherm", median(chain.from_iterable(took["brief"]))
    yield _FIRST, median(hour[0] for hour in took["brief"])
    yield "scrollen", returning(took["scrollen"])
    stood = {what: [hour.stilstand[what] for hour in found] for what in found[0].stilstand}
    stood[DELIVERING] = [[max(steps)] for steps in stood[DELIVERING]]  # how far the delivery is differs each time
    yield "stilstand", max(map(returning, stood.values()))


def _hour(shop: Workshop, cases: int, delivery: Path) -> Gewerkt:
    vault = shop.copy(cases)
    try:
        with _process(shop, _WORKING, str(vault), str(delivery)) as process:
            return msgspec.json.decode(_finish(process, shop.key), type=Gewerkt)
    finally:
        shutil.rmtree(vault)


def _painted(shop: Workshop, what: str) -> float:
    """Seconds until the process says that its window was painted."""
    start = time.perf_counter()
    with _process(shop, _PAINTING, what) as process:
        if process.stdout is None or not process.stdout.readline().startswith(b"geschilderd"):
            raise RuntimeError(f"the window was not painted: {what}")
        took = time.perf_counter() - start
        _finish(process)
    return took


def _said(shop: Workshop, what: str, cases: int | None = None) -> dict[str, float]:
    """What a window told of itself."""
    arguments = [] if cases is None else [str(shop.filled(cases))]
    with _process(shop, _PAINTING, what, *arguments) as process:
        answer = _finish(process, None if cases is None else shop.key)
    found = (line.split() for line in answer.decode().splitlines())
    return {name: float(value) for name, value in found}


def _finish(process: subprocess.Popen[bytes], given: bytes | None = None) -> bytes:
    """What the process still says; it is ended when it says nothing."""
    try:
        answer, complaint = process.communicate(given, timeout=_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    if process.returncode:
        sys.stderr.write(complaint.decode(errors="replace"))
        raise RuntimeError("the window that was measured failed")
    return answer


def _process(shop: Workshop, module: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = dict(os.environ)
    # Nobody's own vault or settings, and no screen where there is none.
    environment |= dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"), str(shop.folder))
    if sys.platform == "linux" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=_ROOT,
    )  # fmt: skip
