"""Commands that are programs of their own: the window, the demo, the bench; and what comes later."""

from __future__ import annotations

import argparse

from db.errors import KnownError
from desktop import app
from desktop.cli.session import DONE, FAILED, Answer, clock_of, directory_of

_LATER = {
    "sync": "Uitwisselen met het Centraal Meldpunt",
    "restore": "Een reservekopie terugzetten",
    "retention": "Wissen volgens de bewaartermijnen",
}


def later(options: argparse.Namespace) -> Answer:
    """A command of the contract that this version does not have; it says so and changes nothing."""
    name = next(name for name in _LATER if name == options.opdracht)
    raise KnownError("NOG_NIET_BESCHIKBAAR", wat=_LATER[name])


def window(options: argparse.Namespace) -> Answer:
    """`voordeur` with options only: the window on the vault that is named."""
    return Answer(document={}, code=app.show_window(directory_of(options), clock_of(options)))


def demo(options: argparse.Namespace) -> Answer:
    """`voordeur demo`: a filled trial vault, in a window or worked to its end in a folder."""
    from desktop.demo import program

    left = program.run(options.out, headless=options.headless, signals=options.signals, seed=options.seed)
    lines = tuple(f"{left.map}/{product}" for product in left.producten)
    return Answer(document=left, lines=lines, note=f"{left.signalen} signalen, {left.zaken} zaken.")


def bench(options: argparse.Namespace) -> Answer:
    """`voordeur bench`: speed on this machine, as ratios; exit code 1 when one does not hold."""
    from desktop.bench import program

    measured = program.run(cases=options.cases, only=options.only)
    return Answer(
        document={"metingen": measured},
        lines=tuple(map(program.line, measured)),
        code=DONE if all(meting.haalt for meting in measured) else FAILED,
    )
