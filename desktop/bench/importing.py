"""Taking in 10,000 signals, beside a bare `executemany` of exactly the rows that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from db.journal import transaction
from db.vault import Vault
from desktop.bench.lookalikes import make
from desktop.bench.measuring import Meting, against, alternately, seconds
from desktop.bench.recognising import SEED, receive
from desktop.bench.residents import csv_file, json_file, table
from desktop.bench.vaults import Workshop
from desktop.intake import import_file

SIGNALS = 10_000
THERE = 100_000
_ROUNDS = 7
_ROUNDS_THERE = 3
_LIMIT = 4

# What an import leaves in one vault is read, and written in another.
_READ_HEADERS = (
    "SELECT nr, id, apparaat, volgnummer, hlc, dossier, soort, op, vastgelegd, door, inhoud_hash, hash"
    " FROM gebeurtenis WHERE nr > ?"
)
_WRITE_HEADERS = (
    "INSERT INTO gebeurtenis (nr, id, apparaat, volgnummer, hlc, dossier, soort, op, vastgelegd, door, inhoud_hash,"
    " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ_CONTENTS = "SELECT nr, zout, bytes FROM inhoud WHERE nr > ?"
_WRITE_CONTENTS = "INSERT INTO inhoud (nr, zout, bytes) VALUES (?, ?, ?)"
_READ_DELIVERIES = (
    "SELECT id, bron, extern_id, ontvangen_op, geaccepteerd, niet_toegelaten, onleesbaar, al_bekend, gewijzigd"
    " FROM levering WHERE ontvangen_op > ?"
)
_WRITE_DELIVERIES = (
    "INSERT INTO levering (id, bron, extern_id, ontvangen_op, geaccepteerd, niet_toegelaten, onleesbaar, al_bekend,"
    " gewijzigd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ_SIGNALS = (
    "SELECT nr, id, bron, extern_id, levering, vingerafdruk, signaalpartner, debtsoort, signaaldatum, ontstaansdatum,"
    " bedrag, klantnummer, inwoner, lijstnaam, artikel, maanden, schuldhulp, eerder_gemeld, ontvangen_op,"
    " ontvangen_bak, zoek_naam, zoek_adres, zoek_nummers, gekoppeld FROM signaal WHERE nr > ?"
)
_WRITE_SIGNALS = (
    "INSERT INTO signaal (nr, id, bron, extern_id, levering, vingerafdruk, signaalpartner, debtsoort, signaaldatum,"
    " ontstaansdatum, bedrag, klantnummer, inwoner, lijstnaam, artikel, maanden, schuldhulp, eerder_gemeld,"
    " ontvangen_op, ontvangen_bak, zoek_naam, zoek_adres, zoek_nummers, gekoppeld)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ_LIKENESSES = (
    "SELECT nr, namen, voorletters, geboren, postcode, huisnummer, toevoeging, telefoon, klantnummer, geboortedag,"
    " thuis, klank FROM kenmerk WHERE nr > ?"
)
_WRITE_LIKENESSES = (
    "INSERT INTO kenmerk (nr, namen, voorletters, geboren, postcode, huisnummer, toevoeging, telefoon, klantnummer,"
    " geboortedag, thuis, klank) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ_PAIRS = (
    "SELECT g.signaal, g.ander, g.persoon, g.zekerheid, g.redenen, g.gevonden_op FROM gelijkenis g"
    " JOIN signaal s ON s.id = g.signaal WHERE s.nr > ?"
)
_WRITE_PAIRS = (
    "INSERT INTO gelijkenis (signaal, ander, persoon, zekerheid, redenen, gevonden_op) VALUES (?, ?, ?, ?, ?, ?)"
)
_READ_WORDS = "SELECT woord, klank FROM zoekwoord"
_WRITE_WORDS = "INSERT INTO zoekwoord (woord, klank) VALUES (?, ?)"
_COPIES = (
    (_READ_HEADERS, _WRITE_HEADERS, "SELECT max(nr) FROM gebeurtenis"),
    (_READ_CONTENTS, _WRITE_CONTENTS, "SELECT max(nr) FROM gebeurtenis"),
    (_READ_DELIVERIES, _WRITE_DELIVERIES, "SELECT coalesce(max(ontvangen_op), 0) FROM levering"),
    (_READ_SIGNALS, _WRITE_SIGNALS, "SELECT coalesce(max(nr), 0) FROM signaal"),
    (_READ_LIKENESSES, _WRITE_LIKENESSES, "SELECT coalesce(max(nr), 0) FROM kenmerk"),
    (_READ_PAIRS, _WRITE_PAIRS, "SELECT coalesce(max(nr), 0) FROM signaal"),
)
"""How rows are read, how they are written, and the last that was there before."""
_LAST_SIGNAL = "SELECT coalesce(max(nr), 0) FROM signaal"
_SEARCH = (
    "INSERT INTO zoek (rowid, zoek_naam, zoek_adres, zoek_nummers)"
    " SELECT nr, zoek_naam, zoek_adres, zoek_nummers FROM signaal WHERE nr > ?"
)


class Rows(msgspec.Struct, frozen=True):
    """A statement and the rows it writes."""

    statement: str
    rows: list[tuple[Any, ...]]


Fresh = Callable[[], Vault]
"""A vault as it is before the import."""


def measure(shop: Workshop, *, signals: int = SIGNALS, there: int = THERE) -> Iterator[Meting]:
    """From the file on disk to the commit, every resident looked up.

    `inlezen-json` and `inlezen-csv` in a new vault, `inlezen-erbij` with many signals there that look alike.
    """
    for kind, content in (("json", json_file(signals)), ("csv", csv_file(signals))):
        path = _file(shop, kind, content)
        yield against(f"inlezen-{kind}", *_beside(shop.empty, path, _ROUNDS), eenheid="s", grens=_LIMIT)
    town = make(SEED, eerder=there, nieuw=signals)
    path = _file(shop, "erbij", table(one.signaal for one in town.nieuw))
    with shop.empty() as vault:
        receive(vault, town.eerder)
        folder = vault.directory
    fresh = partial(shop.copied, folder)
    yield against("inlezen-erbij", *_beside(fresh, path, _ROUNDS_THERE), eenheid="s", grens=_LIMIT)


def _file(shop: Workshop, kind: str, content: bytes) -> Path:
    path = shop.folder / f"signalen.{kind}"
    path.write_bytes(content)
    return path


def _beside(fresh: Fresh, path: Path, rounds: int) -> tuple[float, float]:
    """Median seconds of the import, and of writing its rows."""
    with fresh() as vault:
        left = _written(vault, path)

    def ours() -> float:
        with fresh() as vault:
            return seconds(lambda: import_file(vault, path))

    def bare() -> float:
        with fresh() as vault:
            return seconds(lambda: _write(vault, left))

    return alternately(rounds, ours, bare)


def _written(vault: Vault, path: Path) -> list[Rows]:
    """Import the file, and read what it left."""
    execute = vault.connection.execute
    before = [execute(last).fetchone() for _, _, last in _COPIES]
    words = set(execute(_READ_WORDS))
    report = import_file(vault, path)
    if report.geaccepteerd != report.rijen:
        raise RuntimeError("the law should admit every invented signal")
    copies = zip(_COPIES, before, strict=True)
    found = [Rows(write, execute(read, after).fetchall()) for (read, write, _), after in copies]
    return [*found, Rows(_WRITE_WORDS, [word for word in execute(_READ_WORDS) if word not in words])]


def _write(vault: Vault, left: list[Rows]) -> None:
    with transaction(vault.connection):
        last = vault.connection.execute(_LAST_SIGNAL).fetchone()
        for found in left:
            vault.connection.executemany(found.statement, found.rows)
        vault.connection.execute(_SEARCH, last)
