"""What a worker waits for on a full vault: a page of the work list, and a dossier."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from statistics import median
from uuid import UUID

from db.model.codes import Stap
from db.queries import zaken
from db.queries.zaken import Cursor
from db.vault import Vault
from desktop.bench.measuring import Meting, against, at_most, seconds
from desktop.bench.vaults import Workshop
from desktop.casework import instellingen, inzien

COMPARED = 100_000
"""A larger vault is held against one of this many zaken."""

_ROUNDS = 9
_LIMIT = 10
_GROWTH = 1.5
_DOSSIERS = 60
_STEPS = tuple(stap for stap in Stap if stap is not Stap.AFGESLOTEN)

Ask = Callable[[], object]


def measure_pages(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`werkvoorraad`: the slowest page of the work list, whichever step is chosen and wherever it stands."""
    yield from _held_against(shop, cases, "werkvoorraad", _slowest_page)


def measure_dossiers(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`dossier`: record the access, then load a zaak with all that happened in it."""
    yield from _held_against(shop, cases, "dossier", _dossier)


def _held_against(shop: Workshop, cases: int, naam: str, measured: Callable[[Vault], float]) -> Iterator[Meting]:
    with shop.reopen(shop.filled(cases)) as vault:
        found = measured(vault)
        yield at_most(naam, found, eenheid="ms", grens=_LIMIT)
        if cases > COMPARED:
            with shop.reopen(shop.filled(COMPARED)) as smaller:
                pairs = [(measured(vault), measured(smaller)) for _ in range(_ROUNDS)]
            large, small = (median(values) for values in zip(*pairs, strict=True))
            yield against(f"{naam}-groei", large, small, eenheid="ms", grens=_GROWTH)


def _slowest_page(vault: Vault) -> float:
    """Median milliseconds of the slowest kind of page."""
    connection = vault.reader()
    try:
        return max(page_times(vault, connection).values())
    finally:
        connection.close()


def page_times(vault: Vault, connection: sqlite3.Connection) -> dict[str, float]:
    """Median milliseconds per kind of page."""
    settings = instellingen.load(vault.connection)
    pages: dict[str, Ask] = {
        "open": lambda: zaken.open_page(connection),
        "open, verderop": _further(connection, zaken.open_page),
        "alle": lambda: zaken.every_page(connection),
        "alle, verderop": _further(connection, zaken.every_page),
    }
    for stap in _STEPS:
        pages[stap.value] = _page_of(connection, stap, settings.pogingen, settings.dagdelen)
    for ask in pages.values():
        ask()
    return {name: 1000 * median(seconds(ask) for _ in range(_ROUNDS)) for name, ask in pages.items()}


def _page_of(connection: sqlite3.Connection, stap: Stap, pogingen: int, dagdelen: int) -> Ask:
    return lambda: zaken.step_page(connection, stap, pogingen=pogingen, dagdelen=dagdelen)


def _further(connection: sqlite3.Connection, page: Callable[..., tuple[object, Cursor]]) -> Ask:
    """The tenth page of a list."""
    place = Cursor("", b"")
    for _ in range(10):
        _, place = page(connection, na=place)
    return lambda: page(connection, na=place)


def _dossier(vault: Vault) -> float:
    """Median milliseconds to open a zaak, each another one."""
    rows = vault.connection.execute("SELECT id FROM zaak ORDER BY id LIMIT ?", (_DOSSIERS,)).fetchall()
    opened = (seconds(lambda: inzien.open_dossier(vault, UUID(bytes=row[0]), scherm="zaak")) for row in rows)  # noqa: B023  # runs at once
    return 1000 * median(opened)
