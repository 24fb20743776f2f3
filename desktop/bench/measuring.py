"""What a measurement is, and how two things are timed beside each other on a machine that does other work too."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median

import msgspec

DELIVERING = "inlezen"
"""What somebody in a window does while a delivery comes in."""


class Meting(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement and whether it holds.

    Attributes:
        naam: what was measured, as `--only` names it.
        waarde: the median, in `eenheid`.
        tegen: the median of the bare counterpart in the same unit; None where the limit is absolute.
        ratio: `waarde` divided by `tegen`; None where the limit is absolute.
        grens: the limit of the ratio, or of the value where it is absolute.
    """

    naam: str
    waarde: float
    eenheid: str
    tegen: float | None = None
    ratio: float | None = None
    grens: float
    haalt: bool


class Gewerkt(msgspec.Struct):
    """What somebody at work in a window waited for, in milliseconds.

    Attributes:
        duur: each time that was measured, by what was done.
        stilstand: the longest that the UI thread was busy in one piece during each step, by what was being done.
    """

    duur: dict[str, list[float]]
    stilstand: dict[str, list[float]]


def returning(rounds: Sequence[Sequence[float]]) -> float:
    """The longest step of work that was done several times: of each step the median, of those the largest.

    What one round alone suffered is the machine's doing. Where the rounds had other steps each counts by its longest.
    """
    alike = len({len(steps) for steps in rounds}) == 1
    compared = zip(*rounds, strict=True) if alike else [tuple(max(steps) for steps in rounds)]
    return max(float(median(step)) for step in compared)


def against(naam: str, waarde: float, tegen: float, *, eenheid: str, grens: float) -> Meting:
    """A measurement that holds when it is at most `grens` times its counterpart."""
    ratio = waarde / tegen
    return Meting(
        naam=naam,
        waarde=round(waarde, 3),
        eenheid=eenheid,
        tegen=round(tegen, 3),
        ratio=round(ratio, 3),
        grens=grens,
        haalt=ratio <= grens,
    )


def better(naam: str, waarde: float, tegen: float, *, eenheid: str, grens: float = 1.0) -> Meting:
    """A measurement that holds when it is at least `grens` times its counterpart."""
    return Meting(
        naam=naam, waarde=round(waarde, 4), eenheid=eenheid, tegen=round(tegen, 4), ratio=round(waarde / tegen, 3),
        grens=grens, haalt=waarde >= grens * tegen,
    )  # fmt: skip


def at_most(naam: str, waarde: float, *, eenheid: str, grens: float) -> Meting:
    """A measurement that holds when its value is at most `grens`."""
    return Meting(naam=naam, waarde=round(waarde, 3), eenheid=eenheid, grens=grens, haalt=waarde <= grens)


def at_least(naam: str, waarde: float, *, eenheid: str, grens: float) -> Meting:
    """A measurement that holds when its value is at least `grens`."""
    return Meting(naam=naam, waarde=round(waarde, 4), eenheid=eenheid, grens=grens, haalt=waarde >= grens)


def alternately(rounds: int, ours: Callable[[], float], bare: Callable[[], float]) -> tuple[float, float]:
    """The medians of two things that time themselves, in turn (A B B A) so that other load falls on both alike."""
    found: dict[Callable[[], float], list[float]] = {ours: [], bare: []}
    order = [ours, bare]
    for _ in range(rounds):
        for timed in order:
            found[timed].append(timed())
        order.reverse()
    return median(found[ours]), median(found[bare])


def seconds(work: Callable[[], object]) -> float:
    """How long something takes by the wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
