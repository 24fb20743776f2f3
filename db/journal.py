"""The one write path: append events, project them and queue what must leave, in one transaction."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec

from db import projection
from db.errors import KnownError
from db.model import gebeurtenis as g
from db.model.ids import NAMESPACE, Clock, instant, milliseconds, uuid5, uuid_of

TEAM = uuid5(NAMESPACE, "team")
"""The dossier of what concerns no resident: the vault, its people and its settings."""

_HEADER = struct.Struct(">16s16sqq16sqq16s32s")
_NO_HASH = bytes(32)
_HLC_END = 1 << 62
"""No clock runs until here (the year 4199): a laptop that says so would stop every other one."""
_BATCH = 20_000
_ASK_EVERY = 500
_VM_STEPS = 20_000

_INSERT_HEADER = (
    "INSERT INTO gebeurtenis (nr, id, apparaat, volgnummer, hlc, dossier, soort, op, vastgelegd, door, inhoud_hash,"
    " hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HEADERS = (
    "SELECT apparaat, volgnummer, hlc, id, dossier, soort, op, vastgelegd, door, inhoud_hash, hash"
    " FROM gebeurtenis ORDER BY nr"
)
_INSERT_CONTENT = "INSERT INTO inhoud (nr, zout, bytes) VALUES (?, ?, ?)"
_EVENTS = (
    "SELECT g.id, g.dossier, g.soort, g.op, g.vastgelegd, g.door, i.bytes FROM gebeurtenis g"
    " JOIN apparaat a ON a.nr = g.apparaat LEFT JOIN inhoud i ON i.nr = g.nr"
)
_DOSSIER_EVENTS = f"{_EVENTS} WHERE g.dossier = ? ORDER BY g.hlc, a.id, g.volgnummer"
_NUMBERED_EVENTS = f"{_EVENTS} JOIN json_each(?) n ON n.value = g.nr ORDER BY n.key"
# One device's events arrive in the order in which they are replayed.
_OWN_EVENTS = (
    f"{_EVENTS} WHERE g.nr > ? AND g.nr <= ? AND g.soort NOT IN (SELECT value FROM json_each(?)) ORDER BY g.nr"
)
_REPLAY_ORDER = (
    "SELECT g.nr FROM gebeurtenis g JOIN apparaat a ON a.nr = g.apparaat"
    " WHERE g.soort NOT IN (SELECT value FROM json_each(?)) ORDER BY g.hlc, a.id, g.volgnummer"
)


class Changes(msgspec.Struct, frozen=True):
    """What an append changed: which kinds (without version) and which dossiers. Screens ask again on these."""

    soorten: frozenset[str]
    dossiers: frozenset[UUID]


class Chained(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it travels between laptops: the header as hashed, and the content unless erased."""

    apparaat: UUID
    letter: str
    volgnummer: int
    hlc: int
    id: UUID
    dossier: UUID
    soort: str
    op: int
    vastgelegd: int
    door: UUID
    inhoud_hash: bytes
    hash: bytes
    zout: bytes | None = None
    inhoud: bytes | None = None


def header_hash(  # noqa: PLR0917  # runs per header, 150,000 times a second: a struct or keywords would halve that
    previous: bytes,
    event_id: bytes,
    device: bytes,
    volgnummer: int,
    hlc: int,
    dossier: bytes,
    soort: str,
    op: int,
    vastgelegd: int,
    door: bytes,
    inhoud_hash: bytes,
) -> bytes:
    """SHA-256 over the device's previous hash and this header in a fixed binary layout (FIPS 180-4)."""
    header = _HEADER.pack(event_id, device, volgnummer, hlc, dossier, op, vastgelegd, door, inhoud_hash)
    return hashlib.sha256(previous + header + soort.encode()).digest()


class Journal:
    """The log of one vault, on its one writing connection."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._device_nr, self._device = connection.execute(
            "SELECT k.apparaat, a.id FROM kluis k JOIN apparaat a ON a.nr = k.apparaat"
        ).fetchone()
        self._load_state()

    def _load_state(self) -> None:
        row = self._connection.execute(
            "SELECT volgnummer, hash FROM gebeurtenis WHERE apparaat = ? ORDER BY volgnummer DESC LIMIT 1",
            (self._device_nr,),
        ).fetchone()
        self._volgnummer: int
        self._hash: bytes
        self._volgnummer, self._hash = row or (0, _NO_HASH)
        # A device's clock only rises, so its last event has its latest: no need to read them all at every opening.
        self._nr, self._hlc = self._connection.execute(
            "SELECT coalesce((SELECT max(nr) FROM gebeurtenis), 0), coalesce(max((SELECT g.hlc FROM gebeurtenis g"
            " WHERE g.apparaat = a.nr ORDER BY g.volgnummer DESC LIMIT 1)), 0) FROM apparaat a"
        ).fetchone()

    @property
    def latest(self) -> datetime | None:
        """The instant up to which the log runs, or None when it is empty."""
        return instant(self._hlc >> 16) if self._hlc else None

    def last_worked(self) -> datetime | None:
        """When the last event about a resident or a delivery was recorded, or None; settings do not count."""
        row = self._connection.execute(
            "SELECT vastgelegd FROM gebeurtenis WHERE dossier <> ? ORDER BY nr DESC LIMIT 1", (TEAM.bytes,)
        ).fetchone()
        return instant(row[0]) if row else None

    def has(self, event_id: UUID) -> bool:
        """Whether this event was recorded already: a second press of the same button."""
        found = self._connection.execute("SELECT 1 FROM gebeurtenis WHERE id = ?", (event_id.bytes,)).fetchone()
        return found is not None

    def append(
        self,
        entries: Sequence[g.Entry],
        *,
        door: UUID,
        cancelled: Callable[[], bool] | None = None,
        beside: Callable[[sqlite3.Connection], None] = lambda _: None,
    ) -> Changes:
        """Record events, all or none: log, tables, outbox and search index in one transaction.

        Entries that belong together are appended together, so when the first is known they all are, and nothing
        happens. `cancelled` is asked often; once it says yes, nothing was recorded. `beside` writes in the same
        transaction what must not stand in the log.

        Raises:
            KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone, IMPORT_AFGEBROKEN when cancelled; nothing
                was recorded.
        """
        if not entries or self.has(entries[0].id):
            return Changes(frozenset(), frozenset())
        now = self._clock()
        try:
            with transaction(self._connection), _stoppable(self._connection, cancelled):
                self._write(_until(cancelled, entries), len(entries), now, door)
                for dossier in {entry.dossier for entry in entries if isinstance(entry.inhoud, g.OngedaanGemaakt)}:
                    refold(self._connection, dossier)
                beside(self._connection)
        except BaseException:
            self._load_state()
            raise
        return Changes(
            frozenset(g.SOORTEN[type(entry.inhoud)].partition("/")[0] for entry in entries),
            frozenset(entry.dossier for entry in entries),
        )

    def _write(self, entries: Iterable[g.Entry], count: int, now: datetime, door: UUID) -> None:
        recorded = milliseconds(now)
        salts = os.urandom(16 * count)
        headers: list[tuple[object, ...]] = []
        contents: list[tuple[int, bytes, bytes]] = []
        rows: list[projection.Row] = []
        device, actor, digest = self._device, door.bytes, hashlib.sha256
        for index, entry in enumerate(entries):
            self._nr += 1
            self._volgnummer += 1
            self._hlc = max(self._hlc + 1, recorded << 16)
            soort = g.SOORTEN[type(entry.inhoud)]
            op = milliseconds(entry.op)
            salt = salts[16 * index : 16 * index + 16]
            stored = g.encode(entry.inhoud)
            inhoud_hash = digest(salt + stored).digest()
            event_id, dossier = entry.id.bytes, entry.dossier.bytes
            self._hash = header_hash(
                self._hash, event_id, device, self._volgnummer, self._hlc, dossier, soort, op, recorded, actor,
                inhoud_hash,
            )  # fmt: skip
            headers.append(
                (
                    self._nr, event_id, self._device_nr, self._volgnummer, self._hlc, dossier, soort, op, recorded,
                    actor, inhoud_hash, self._hash,
                )
            )  # fmt: skip
            contents.append((self._nr, salt, stored))
            rows += projection.rows(
                g.Gebeurtenis(
                    id=entry.id, dossier=entry.dossier, soort=soort, op=entry.op, vastgelegd=now, door=door,
                    inhoud=entry.inhoud,
                )
            )  # fmt: skip
        self._connection.executemany(_INSERT_HEADER, headers)
        self._connection.executemany(_INSERT_CONTENT, contents)
        projection.apply(self._connection, rows)

    def merge(self, events: Sequence[Chained]) -> Changes:
        """Take over events of other laptops; those already here are skipped, every touched dossier is folded again.

        The events of one device must follow each other and continue what is here.

        Raises:
            KnownError: KETEN_GEBROKEN when a device's events do not continue its chain; nothing was taken over.
        """
        touched: set[UUID] = set()
        kinds: set[str] = set()
        try:
            with transaction(self._connection):
                for event in events:
                    if self._take_over(event):
                        touched.add(event.dossier)
                        kinds.add(event.soort.partition("/")[0])
                for dossier in sorted(touched):
                    refold(self._connection, dossier)
        except BaseException as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_CONSTRAINT"):
                raise KnownError("KETEN_GEBROKEN") from error  # an id or a length that no laptop of ours writes
            raise
        finally:
            self._load_state()
        return Changes(frozenset(kinds), frozenset(touched))

    def _take_over(self, event: Chained) -> bool:
        device_nr = self._device_number(event)
        volgnummer, hlc, previous = self._connection.execute(
            "SELECT volgnummer, hlc, hash FROM gebeurtenis WHERE apparaat = ? ORDER BY volgnummer DESC LIMIT 1",
            (device_nr,),
        ).fetchone() or (0, -1, _NO_HASH)
        if event.volgnummer <= volgnummer:
            known = self._connection.execute(
                "SELECT hash FROM gebeurtenis WHERE apparaat = ? AND volgnummer = ?",
                (device_nr, event.volgnummer),
            ).fetchone()
            if known is None or known[0] != event.hash:
                raise KnownError("KETEN_GEBROKEN", volgnummer=event.volgnummer)
            return False
        expected = header_hash(
            previous, event.id.bytes, event.apparaat.bytes, event.volgnummer, event.hlc, event.dossier.bytes,
            event.soort, event.op, event.vastgelegd, event.door.bytes, event.inhoud_hash,
        )  # fmt: skip
        content_fits = event.inhoud is None or event.inhoud_hash == _content_hash(event.zout or b"", event.inhoud)
        follows = event.volgnummer == volgnummer + 1 and hlc < event.hlc < _HLC_END
        if not follows or expected != event.hash or not content_fits or not _readable(event):
            raise KnownError("KETEN_GEBROKEN", volgnummer=event.volgnummer)
        self._nr += 1
        self._connection.execute(
            _INSERT_HEADER,
            (
                self._nr, event.id.bytes, device_nr, event.volgnummer, event.hlc, event.dossier.bytes, event.soort,
                event.op, event.vastgelegd, event.door.bytes, event.inhoud_hash, event.hash,
            ),
        )  # fmt: skip
        if event.inhoud is not None:
            self._connection.execute(_INSERT_CONTENT, (self._nr, event.zout, event.inhoud))
        return True

    def _device_number(self, event: Chained) -> int:
        self._connection.execute(
            "INSERT INTO apparaat (id, letter) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
            (event.apparaat.bytes, event.letter),
        )
        row = self._connection.execute("SELECT nr FROM apparaat WHERE id = ?", (event.apparaat.bytes,)).fetchone()
        return int(row[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; errors of the disk come out as KnownError VASTLEGGEN_MISLUKT."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_BUSY")):
            raise KnownError("VASTLEGGEN_MISLUKT", oorzaak=name) from error
        raise


def _until(cancelled: Callable[[], bool] | None, entries: Sequence[g.Entry]) -> Iterator[g.Entry]:
    """The entries, unless somebody says stop meanwhile."""
    for index, entry in enumerate(entries):
        if cancelled is not None and index % _ASK_EVERY == 0 and cancelled():
            raise KnownError("IMPORT_AFGEBROKEN")
        yield entry


@contextmanager
def _stoppable(connection: sqlite3.Connection, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Let SQLite itself ask now and then whether to stop."""
    if cancelled is None:
        yield
        return
    connection.set_progress_handler(cancelled, _VM_STEPS)
    try:
        yield
    except BaseException as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
            raise KnownError("IMPORT_AFGEBROKEN") from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def events_of(connection: sqlite3.Connection, dossier: UUID) -> tuple[g.Gebeurtenis, ...]:
    """All events of one dossier in the order that every laptop agrees on."""
    return tuple(_event(row) for row in connection.execute(_DOSSIER_EVENTS, (dossier.bytes,)))


def export(connection: sqlite3.Connection, *, after: dict[UUID, int] | None = None) -> Iterator[Chained]:
    """Events in order of arrival, for another laptop; `after` is the last sequence number it has per device."""
    known = after or {}
    rows = connection.execute(
        "SELECT a.id, a.letter, g.volgnummer, g.hlc, g.id, g.dossier, g.soort, g.op, g.vastgelegd, g.door,"
        " g.inhoud_hash, g.hash, i.zout, i.bytes FROM gebeurtenis g JOIN apparaat a ON a.nr = g.apparaat"
        " LEFT JOIN inhoud i ON i.nr = g.nr ORDER BY g.nr"
    )
    for (
        device,
        letter,
        number,
        hlc,
        event,
        dossier,
        soort,
        op,
        recorded,
        door,
        digest,
        chain,
        salt,
        stored,
    ) in rows:
        if number > known.get(UUID(bytes=device), 0):
            yield Chained(
                apparaat=UUID(bytes=device), letter=letter, volgnummer=number, hlc=hlc, id=UUID(bytes=event),
                dossier=UUID(bytes=dossier), soort=soort, op=op, vastgelegd=recorded, door=UUID(bytes=door),
                inhoud_hash=digest, hash=chain, zout=salt, inhoud=stored,
            )  # fmt: skip


def refold(connection: sqlite3.Connection, dossier: UUID) -> None:
    """Fold one dossier again from its events, inside the caller's transaction."""
    projection.clear_dossier(connection, dossier, team=dossier == TEAM)
    projection.apply(connection, _rows(counting(events_of(connection, dossier))))


def counting(events: Sequence[g.Gebeurtenis]) -> tuple[g.Gebeurtenis, ...]:
    """The events of one dossier that were not undone."""
    undone = {
        event for undoing in events if isinstance(undoing.inhoud, g.OngedaanGemaakt)
        for event in undoing.inhoud.gebeurtenissen
    }  # fmt: skip
    return tuple(event for event in events if event.id not in undone) if undone else tuple(events)


def rebuild(connection: sqlite3.Connection) -> int:
    """Rebuild every table from the log, inside the caller's transaction; returns the number of events."""
    projection.clear_all(connection)
    with _roomy(connection), projection.without_indexes(connection):
        undone = _undone(connection)
        for batch in _in_order(connection):
            events = map(_event, batch)
            projection.apply(connection, _rows(event for event in events if (event.dossier, event.id) not in undone))
    (count,) = connection.execute("SELECT count(*) FROM gebeurtenis").fetchone()
    return int(count)


def _undone(connection: sqlite3.Connection) -> set[tuple[UUID, UUID]]:
    """Every event that was undone in the whole log, with its dossier."""
    rows = connection.execute(f"{_EVENTS} WHERE g.soort = ?", (g.SOORTEN[g.OngedaanGemaakt],))
    return {
        (undoing.dossier, event) for undoing in map(_event, rows) if isinstance(undoing.inhoud, g.OngedaanGemaakt)
        for event in undoing.inhoud.gebeurtenissen
    }  # fmt: skip


@contextmanager
def _roomy(connection: sqlite3.Connection) -> Iterator[None]:
    """A larger page cache for a while: the log read past would otherwise drive out the tables being filled."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute("PRAGMA cache_size = -256000")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual:d}")
        connection.execute("PRAGMA shrink_memory")


def _in_order(connection: sqlite3.Connection) -> Iterator[Iterable[_Stored]]:
    """The stored events that leave rows, batch by batch in the order that every laptop agrees on."""
    silent = json.dumps(sorted(projection.SILENT))
    devices, last = connection.execute(
        "SELECT (SELECT count(*) FROM apparaat), (SELECT coalesce(max(nr), 0) FROM gebeurtenis)"
    ).fetchone()
    if devices == 1:
        for start in range(0, last, _BATCH):
            yield connection.execute(_OWN_EVENTS, (start, start + _BATCH, silent))
        return
    order = [row[0] for row in connection.execute(_REPLAY_ORDER, (silent,))]
    for start in range(0, len(order), _BATCH):
        yield connection.execute(_NUMBERED_EVENTS, (json.dumps(order[start : start + _BATCH]),))


class Head(msgspec.Struct, frozen=True):
    """The last event of one device: what is anchored outside, to tell later that nothing was cut off."""

    volgnummer: int
    hash: bytes


def heads(connection: sqlite3.Connection) -> dict[UUID, Head]:
    """The head of every device's chain."""
    rows = connection.execute(
        "SELECT a.id, max(g.volgnummer), g.hash FROM gebeurtenis g JOIN apparaat a ON a.nr = g.apparaat GROUP BY a.nr"
    )
    return {UUID(bytes=device): Head(number, digest) for device, number, digest in rows}


def verify_chain(connection: sqlite3.Connection, anchors: dict[UUID, Head] | None = None) -> int:
    """Recompute every header's hash, each device's chain by itself; returns the number of events.

    A log that was cut at its end still chains: that shows from content without a header, or from `anchors`, heads
    noted outside the vault earlier.

    Raises:
        KnownError: KETEN_GEBROKEN with the device's letter and sequence number of the first header that is wrong
            or missing.
    """
    noted = anchors or {}
    chains = {
        nr: _Chain(device, letter, noted.get(UUID(bytes=device)))
        for nr, device, letter in connection.execute("SELECT nr, id, letter FROM apparaat")
    }
    count = 0
    # In order of arrival, which is each device's own order too: the whole table is read once, from front to back.
    for nr, number, hlc, event, dossier, soort, op, recorded, door, digest, stored in connection.execute(_HEADERS):
        chain = chains[nr]
        chain.hash = header_hash(
            chain.hash, event, chain.device, number, hlc, dossier, soort, op, recorded, door, digest
        )
        chain.volgnummer += 1
        if chain.hash != stored or number != chain.volgnummer or number == chain.noted_at:
            chain.check(number, stored)
        count += 1
    for chain in chains.values():
        chain.end()
    _require_headers(connection, count)
    return count


class _Chain:
    """One device's chain while it is verified."""

    def __init__(self, device: bytes, letter: str, anchor: Head | None) -> None:
        self.device = device
        self.hash = _NO_HASH
        self.volgnummer = 0
        self.noted_at = anchor.volgnummer if anchor else 0
        self._letter = letter
        self._anchor = anchor

    def check(self, number: int, stored: bytes) -> None:
        """Refuse a header that does not follow the one before it, or is not the one that was noted outside."""
        anchor = self._anchor
        follows = self.hash == stored and number == self.volgnummer
        if not follows or (anchor is not None and anchor.volgnummer == number and anchor.hash != stored):
            raise KnownError("KETEN_GEBROKEN", apparaat=self._letter, volgnummer=number)

    def end(self) -> None:
        """Refuse a chain that ends before what was noted outside."""
        if self.noted_at > self.volgnummer:
            raise KnownError("KETEN_GEBROKEN", apparaat=self._letter, volgnummer=self.volgnummer + 1)


def _require_headers(connection: sqlite3.Connection, count: int) -> None:
    """Headers are numbered without a gap in order of arrival, and no content stands beyond the last."""
    last, content = connection.execute(
        "SELECT coalesce((SELECT max(nr) FROM gebeurtenis), 0), coalesce((SELECT max(nr) FROM inhoud), 0)"
    ).fetchone()
    if last != count or content > last:
        letter, number = connection.execute(
            "SELECT a.letter, coalesce((SELECT max(volgnummer) FROM gebeurtenis WHERE apparaat = a.nr), 0) + 1"
            " FROM kluis k JOIN apparaat a ON a.nr = k.apparaat"
        ).fetchone()
        raise KnownError("KETEN_GEBROKEN", apparaat=letter, volgnummer=number)


def verify_contents(connection: sqlite3.Connection) -> int:
    """Recompute the hash of every stored content; returns how many there are.

    Raises:
        KnownError: INHOUD_GEWIJZIGD with the place in the log.
    """
    count = 0
    for number, digest, salt, stored in connection.execute(
        "SELECT g.nr, g.inhoud_hash, i.zout, i.bytes FROM inhoud i JOIN gebeurtenis g ON g.nr = i.nr"
    ):
        if _content_hash(salt, stored) != digest:
            raise KnownError("INHOUD_GEWIJZIGD", nr=number)
        count += 1
    return count


def _content_hash(salt: bytes, stored: bytes) -> bytes:
    return hashlib.sha256(salt + stored).digest()


def _readable(event: Chained) -> bool:
    """Whether the content is of the kind that its header says, as far as this program knows the kind."""
    if event.inhoud is None or event.soort not in g.TAGS:
        return True
    try:
        inhoud = g.decode(event.soort, event.inhoud)
    except msgspec.DecodeError:
        return False
    return inhoud is not None and g.SOORTEN[type(inhoud)] == event.soort


_Stored = tuple[bytes, bytes, str, int, int, bytes, bytes | None]
_who = lru_cache(uuid_of)
"""The few people behind a million events."""


def _event(row: _Stored) -> g.Gebeurtenis:
    event, dossier, soort, op, recorded, door, stored = row
    return g.Gebeurtenis(
        id=uuid_of(event),
        dossier=uuid_of(dossier),
        soort=soort,
        op=instant(op),
        vastgelegd=instant(recorded),
        door=_who(door),
        inhoud=None if stored is None else g.decode(soort, stored),
    )


def _rows(events: Iterable[g.Gebeurtenis]) -> Iterator[projection.Row]:
    for event in events:
        if event.soort in g.TAGS:
            yield from projection.rows(event)
        else:
            yield projection.unreadable(event.dossier)
