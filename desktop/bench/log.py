"""The log: what the chain adds to one append, how fast tables are rebuilt, how fast headers are verified."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from uuid import UUID

from db import projection
from db.journal import rebuild, transaction, verify_chain
from db.model import gebeurtenis as g
from db.model.codes import Contactsoort, Dagdelen
from db.model.ids import milliseconds, uuid5
from db.vault import Vault
from desktop.bench.measuring import Meting, against, alternately, at_least, at_most, seconds
from desktop.bench.vaults import Workshop

_APPENDS = 1500
_ZAKEN = 200
_CHAIN_LIMIT = 1.10
_MILLION = 1_000_000
_REPLAY_LIMIT = 45
_HEADERS_LIMIT = 150_000

_HEADER = (
    "INSERT INTO gebeurtenis (nr, id, apparaat, volgnummer, hlc, dossier, soort, op, vastgelegd, door, inhoud_hash,"
    " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CONTENT = "INSERT INTO inhoud (nr, zout, bytes) VALUES (?, ?, ?)"
_MADE = g.ContactpogingGedaan(contactsoort=Contactsoort.TELEFOON, bereikt=False, dagdeel=Dagdelen.WEEK_AVOND)


def measure_chain(shop: Workshop) -> Iterator[Meting]:
    """`keten`: one contactpoging with its chain, beside the same rows without a hash."""
    with shop.reopen(shop.fill(_ZAKEN)) as chained, shop.reopen(shop.fill(_ZAKEN)) as plain:
        zaken = [UUID(bytes=row[0]) for row in chained.connection.execute("SELECT id FROM zaak ORDER BY id")]
        numbers, unchained = count(), Unchained(plain)

        def entry(vault: Vault) -> g.Entry:
            number = next(numbers)
            zaak = zaken[number // 2 % len(zaken)]
            return g.Entry(id=uuid5(zaak, str(number)), dossier=zaak, op=vault.clock(), inhoud=_MADE)

        def ours() -> float:
            made = entry(chained)
            return seconds(lambda: chained.journal.append([made], door=chained.door))

        def bare() -> float:
            made = entry(plain)
            return seconds(lambda: unchained.append(made))

        mine, other = alternately(_APPENDS, ours, bare)
    yield against("keten", 1000 * mine, 1000 * other, eenheid="ms", grens=_CHAIN_LIMIT)


def measure_replay(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`terugspelen`: rebuild every table from the log of a filled vault; counted per million events."""
    with shop.reopen(shop.filled(cases)) as vault:

        def replay() -> int:
            with transaction(vault.connection):
                return rebuild(vault.connection)

        (events,) = vault.connection.execute("SELECT count(*) FROM gebeurtenis").fetchone()
        per_million = seconds(replay) * _MILLION / events
    yield at_most("terugspelen", per_million, eenheid="s per miljoen gebeurtenissen", grens=_REPLAY_LIMIT)


def measure_headers(shop: Workshop, cases: int) -> Iterator[Meting]:
    """`kopregels`: recompute the hash of every header of a filled vault."""
    with shop.reopen(shop.filled(cases)) as vault:
        found: list[float] = []
        for _ in range(3):
            counted: list[int] = []
            took = seconds(lambda: counted.append(verify_chain(vault.connection)))  # noqa: B023  # runs at once
            found.append(counted[0] / took)
    yield at_least("kopregels", max(found), eenheid="per s", grens=_HEADERS_LIMIT)


class Unchained:
    """Appends what the journal appends, row for row, with nothing hashed: a random number stands for each hash."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._nr, self._device_nr, self._hlc = vault.connection.execute(
            "SELECT max(nr), max(apparaat), max(hlc) FROM gebeurtenis"
        ).fetchone()
        (self._volgnummer,) = vault.connection.execute("SELECT max(volgnummer) FROM gebeurtenis").fetchone()

    def append(self, entry: g.Entry) -> None:
        """Record one event in one transaction."""
        vault = self._vault
        if vault.journal.has(entry.id):
            return
        now = vault.clock()
        with transaction(vault.connection):
            self._write(entry, now)

    def _write(self, entry: g.Entry, now: datetime) -> None:
        connection, recorded, door = self._vault.connection, milliseconds(now), self._vault.door
        self._nr += 1
        self._volgnummer += 1
        self._hlc = max(self._hlc + 1, recorded << 16)
        soort, noise = g.SOORTEN[type(entry.inhoud)], os.urandom(48)
        salt, digest = noise[:16], noise[16:]
        header = (
            self._nr, entry.id.bytes, self._device_nr, self._volgnummer, self._hlc, entry.dossier.bytes, soort,
            milliseconds(entry.op), recorded, door.bytes, digest, digest,
        )  # fmt: skip
        event = g.Gebeurtenis(
            id=entry.id, dossier=entry.dossier, soort=soort, op=entry.op, vastgelegd=now, door=door,
            inhoud=entry.inhoud,
        )  # fmt: skip
        connection.executemany(_HEADER, [header])
        connection.executemany(_CONTENT, [(self._nr, salt, g.encode(entry.inhoud))])
        projection.apply(connection, projection.rows(event))
