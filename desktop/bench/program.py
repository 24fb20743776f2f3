"""`voordeur bench`: which measurements there are, and in what order they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.errors import KnownError
from desktop.bench import importing, lists, log, windows
from desktop.bench.measuring import Meting
from desktop.bench.vaults import Workshop, workshop

Measure = Callable[[Workshop, int], Iterator[Meting]]

GROUPS: dict[str, Measure] = {
    "venster": lambda shop, _: windows.measure_paint(shop),
    "inlezen": lambda shop, _: importing.measure(shop),
    "keten": lambda shop, _: log.measure_chain(shop),
    "werkvoorraad": lists.measure_pages,
    "dossier": lists.measure_dossiers,
    "vandaag": windows.measure_today,
    "geheugen": windows.measure_memory,
    "kopregels": log.measure_headers,
    "terugspelen": log.measure_replay,
}
"""What `--only` names, in the order in which it is measured."""


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
    measured = f"{meting.naam:20} {meting.waarde:12.2f} {meting.eenheid}"
    if meting.ratio is not None and meting.tegen is not None:
        measured += f", {meting.ratio:.2f} keer {meting.tegen:.2f}"
    return f"{measured} (grens {meting.grens:g}): {verdict}"
