"""Taking in 10,000 signals, beside a bare `executemany` of exactly the rows that come of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from db.journal import transaction
from db.vault import Vault
from desktop.bench.measuring import Meting, against, alternately, seconds
from desktop.bench.residents import csv_file, json_file
from desktop.bench.vaults import Workshop
from desktop.intake import import_file

SIGNALS = 10_000
_ROUNDS = 7
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
    " ontvangen_bak, zoek_naam, zoek_adres, zoek_nummers FROM signaal WHERE nr > ?"
)
_WRITE_SIGNALS = (
    "INSERT INTO signaal (nr, id, bron, extern_id, levering, vingerafdruk, signaalpartner, debtsoort, signaaldatum,"
    " ontstaansdatum, bedrag, klantnummer, inwoner, lijstnaam, artikel, maanden, schuldhulp, eerder_gemeld,"
    " ontvangen_op, ontvangen_bak, zoek_naam, zoek_adres, zoek_nummers)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_READ_WORDS = "SELECT woord, klank FROM zoekwoord WHERE woord > ?"
_WRITE_WORDS = "INSERT INTO zoekwoord (woord, klank) VALUES (?, ?)"
_MADE = 2  # every vault begins with two events: that it was made, and for whom
_COPIES = (
    (_READ_HEADERS, _WRITE_HEADERS, _MADE),
    (_READ_CONTENTS, _WRITE_CONTENTS, _MADE),
    (_READ_DELIVERIES, _WRITE_DELIVERIES, 0),
    (_READ_SIGNALS, _WRITE_SIGNALS, 0),
    (_READ_WORDS, _WRITE_WORDS, ""),
)
_SEARCH = (
    "INSERT INTO zoek (rowid, zoek_naam, zoek_adres, zoek_nummers)"
    " SELECT nr, zoek_naam, zoek_adres, zoek_nummers FROM signaal"
)


class Rows(msgspec.Struct, frozen=True):
    """A statement and the rows it writes."""

    statement: str
    rows: list[tuple[Any, ...]]


def measure(shop: Workshop, *, signals: int = SIGNALS) -> Iterator[Meting]:
    """`inlezen-json` and `inlezen-csv`: from the file on disk to the commit, each in a new vault."""
    for kind, content in (("json", json_file(signals)), ("csv", csv_file(signals))):
        path = shop.folder / f"signalen.{kind}"
        path.write_bytes(content)
        yield against(f"inlezen-{kind}", *_beside(shop, path, signals), eenheid="s", grens=_LIMIT)


def _beside(shop: Workshop, path: Path, signals: int) -> tuple[float, float]:
    """Median seconds of the import, and of writing its rows."""
    with shop.empty() as vault:
        if import_file(vault, path).geaccepteerd != signals:
            raise RuntimeError("the law should admit every invented signal")
        left = _written(vault)

    def ours() -> float:
        with shop.empty() as vault:
            return seconds(lambda: import_file(vault, path))

    def bare() -> float:
        with shop.empty() as vault:
            return seconds(lambda: _write(vault, left))

    return alternately(_ROUNDS, ours, bare)


def _written(vault: Vault) -> list[Rows]:
    execute = vault.connection.execute
    return [Rows(write, execute(read, (after,)).fetchall()) for read, write, after in _COPIES]


def _write(vault: Vault, left: list[Rows]) -> None:
    with transaction(vault.connection):
        for found in left:
            vault.connection.executemany(found.statement, found.rows)
        vault.connection.execute(_SEARCH)
