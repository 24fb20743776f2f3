"""`voordeur bench`: which measurements there are, and in what order they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.errors import KnownError
from desktop.bench import importing, lists, log, papier, recognising, windows
from desktop.bench.measuring import Meting
from desktop.bench.vaults import Workshop, workshop

Measure = Callable[[Workshop, int], Iterator[Meting]]

GROUPS: dict[str, Measure] = {
    "venster": lambda shop, _: windows.measure_paint(shop),
    "brief": lambda *_: papier.measure_letter(),
    "brieven": lambda shop, _: papier.measure_batch(shop),
    "inzage": lambda shop, _: papier.measure_inzage(shop),
    "inlezen": lambda shop, _: importing.measure(shop),
    "herkennen": lambda shop, cases: recognising.measure(shop, eerder=cases),
    "keten": lambda shop, _: log.measure_chain(shop),
    "werkvoorraad": lists.measure_pages,
    "dossier": lists.measure_dossiers,
    "vandaag": lambda shop, cases: windows.measure_today(shop, _at_most_compared(cases)),
    "werk": windows.measure_work,
    "geheugen": lambda shop, cases: windows.measure_memory(shop, _at_most_compared(cases)),
    "kopregels": lambda shop, cases: log.measure_headers(shop, _at_most_compared(cases)),
    "terugspelen": lambda shop, cases: log.measure_replay(shop, _at_most_compared(cases)),
}
"""What `--only` names, in the order in which it is measured."""


def _at_most_compared(cases: int) -> int:
    """The promises about the window and the log are about a vault of this many zaken, not about a larger one."""
    return min(cases, lists.COMPARED)


def run(*, cases: int, only: str | None) -> tuple[Meting, ...]:
    """Measure everything, or one group, on vaults with `cases` zaken in a temporary folder.

    Raises:
        KnownError: METING_ONBEKEND when there is no such group.
    """
    if only is not None and only not in GROUPS:
        raise KnownError("METING_ONBEKEND", naam=only, namen=", ".join(GROUPS))
    with workshop() as shop:
        return tuple(
            meting for name, measure in GROUPS.items() if only in {None, name} for meting in measure(shop, cases)
        )


def line(meting: Meting) -> str:
    """A measurement as one reads it."""
    verdict = "haalt het" if meting.haalt else "HAALT HET NIET"
    digits = 4 if meting.eenheid == "deel" else 2
    measured = f"{meting.naam:26} {meting.waarde:12.{digits}f} {meting.eenheid}"
    if meting.ratio is not None and meting.tegen is not None:
        measured += f", {meting.ratio:.2f} keer {meting.tegen:.{digits}f}"
    return f"{measured} (grens {meting.grens:g}): {verdict}"
