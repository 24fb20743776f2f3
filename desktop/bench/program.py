"""`voordeur bench`: which measurements there are, and how they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from db.errors import KnownError
from desktop.bench import importing, lists, log
from desktop.bench.measuring import Meting
from desktop.bench.vaults import Workshop, workshop

Measure = Callable[[Workshop, int], Iterator[Meting]]

GROUPS: dict[str, Measure] = {
    "inlezen": lambda shop, _: importing.measure(shop),
    "keten": lambda shop, _: log.measure_chain(shop),
    "werkvoorraad": lists.measure_pages,
    "dossier": lists.measure_dossiers,
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
            meting for name, measure in GROUPS.items() if only in (None, name) for meting in measure(shop, cases)
        )


def line(meting: Meting) -> str:
    """One measurement as a person reads it."""
    verdict = "haalt het" if meting.haalt else "HAALT HET NIET"
    if meting.ratio is None:
        return f"{meting.naam:24} {meting.waarde:10.2f} {meting.eenheid} (grens {meting.grens:g}): {verdict}"
    return (
        f"{meting.naam:24} {meting.waarde:10.2f} {meting.eenheid}, {meting.ratio:.2f} keer {meting.tegen:.2f}"
        f" (grens {meting.grens:g}): {verdict}"
    )
