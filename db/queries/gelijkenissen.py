"""Who in the vault may be the resident of a new signal, and what was found and decided about it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from db.model.codes import Overeenkomst, Zekerheid
from db.model.ids import instant, uuid_of
from db.model.kenmerken import Kenmerken, Sleutels

_FIELDS = (
    "n.i, k.nr, k.namen, k.voorletters, k.geboren, k.postcode, k.huisnummer, k.toevoeging, k.telefoon, k.klantnummer"
)
# Four ways to come upon somebody; whoever one of them gives, the next does not give again. On a day of birth many
# are found, so that there initials that cannot be one person's are passed over. CROSS: SQLite is to go from the new
# signals to the vault, never the other way.
_KANDIDATEN = (
    "WITH n AS MATERIALIZED (SELECT key AS i, value ->> 0 AS dag, value ->> 1 AS thuis, value ->> 2 AS klank,"
    " value ->> 3 AS klantnummer, value ->> 4 AS letters FROM json_each(?1))"
    f" SELECT {_FIELDS} FROM n CROSS JOIN kenmerk k ON k.geboortedag = n.dag"
    " AND (substr(k.voorletters, 1, 1) = substr(n.letters, 1, 1) OR n.letters = '' OR k.voorletters = ''"
    " OR (length(k.voorletters) > 1 AND length(k.voorletters) = length(n.letters)))"
    f" UNION ALL SELECT {_FIELDS} FROM n CROSS JOIN kenmerk k ON k.thuis = n.thuis AND k.geboortedag <> n.dag"
    f" UNION ALL SELECT {_FIELDS} FROM n CROSS JOIN kenmerk k ON k.klank = n.klank AND k.geboortedag <> n.dag"
    " AND k.thuis <> n.thuis"
    f" UNION ALL SELECT {_FIELDS} FROM n CROSS JOIN kenmerk k ON k.klantnummer = n.klantnummer"
    " AND k.geboortedag <> n.dag AND k.thuis <> n.thuis AND k.klank <> n.klank"
)
_NAMEN = "SELECT namen, count(*) FROM (SELECT namen FROM kenmerk ORDER BY nr DESC LIMIT ?) GROUP BY namen"
_AANTAL = "SELECT coalesce(max(nr), 0) FROM kenmerk"
# The sounds at a house number follow a slash; a nought is the next sign.
_NAMEN_IN_HUIS = (
    "SELECT value, (SELECT count(DISTINCT k.thuis) FROM kenmerk k WHERE k.thuis >= value || '/'"
    " AND k.thuis < value || '0') FROM json_each(?)"
)
_SIGNALEN = "SELECT s.nr, s.id, s.persoon FROM json_each(?) j CROSS JOIN signaal s ON s.nr = j.value"
_GELIJKENIS = "SELECT g.signaal, g.ander, g.zekerheid, g.redenen, g.gevonden_op, g.zelfde FROM gelijkenis g"
# Nobody is asked about a signal that was refused or withdrawn, or about one of which nothing is left.
_TE_BESLISSEN = (
    "FROM gelijkenis g JOIN signaal s ON s.id = g.signaal JOIN signaal a ON a.id = g.ander"
    " WHERE g.zelfde IS NULL AND g.zekerheid = 'waarschijnlijk' AND s.bak NOT IN ('geweigerd', 'ingetrokken')"
    " AND s.persoon <> a.persoon"
)
_ONBESLIST = f"SELECT g.signaal, g.ander, g.zekerheid, g.redenen, g.gevonden_op, g.zelfde {_TE_BESLISSEN}"
_BIJ_ZAAK = (
    f"SELECT count(*) {_TE_BESLISSEN} AND (g.signaal IN (SELECT id FROM signaal WHERE zaak = ?1)"
    " OR g.ander IN (SELECT id FROM signaal WHERE zaak = ?1))"
)
_VAN_SIGNALEN = (
    f"{_GELIJKENIS} WHERE g.signaal IN (SELECT unhex(value) FROM json_each(?1))"
    " OR g.ander IN (SELECT unhex(value) FROM json_each(?1)) ORDER BY g.gevonden_op, g.signaal, g.ander"
)
_PERSOON = "SELECT persoon FROM signaal WHERE id = ?"
_EIGEN = "SELECT inwoner FROM signaal WHERE id = ?"
_SIGNALEN_VAN = "SELECT id FROM signaal WHERE persoon = ? ORDER BY nr"
# Whoever was joined because of a signal that is let go, goes with it; NULL for the resident's own signals.
_MEE = (
    "WITH RECURSIVE los (id, om) AS (SELECT s.id, NULL FROM signaal zelf JOIN signaal s ON s.inwoner = zelf.inwoner"
    " AND s.gekoppeld = zelf.gekoppeld WHERE zelf.id = ?1"
    " UNION SELECT g.signaal, g.ander FROM los l JOIN gelijkenis g ON g.ander = l.id JOIN signaal s ON s.id = g.signaal"
    " JOIN signaal zelf ON zelf.id = ?1 AND s.gekoppeld = zelf.gekoppeld AND s.inwoner <> zelf.inwoner"
    " WHERE coalesce(g.zelfde, g.zekerheid = 'zeker')) SELECT id, min(om) FROM los GROUP BY id"
)
_SAMEN = (
    "SELECT z.nummer FROM signaal s JOIN zaak z ON z.id = s.zaak WHERE s.id IN (SELECT unhex(value) FROM json_each(?1))"
    " AND EXISTS (SELECT 1 FROM signaal o WHERE o.zaak = s.zaak"
    " AND o.id NOT IN (SELECT unhex(value) FROM json_each(?1))) LIMIT 1"
)
_BEKEND = (
    "SELECT unhex(j.value), NULL, NULL FROM json_each(?1) j"
    " WHERE EXISTS (SELECT 1 FROM signaal s WHERE s.persoon = unhex(j.value) AND s.gekoppeld IS NULL)"
    " UNION ALL SELECT s.inwoner, min(s.id), s.gekoppeld FROM json_each(?1) j CROSS JOIN signaal s"
    " ON s.inwoner = unhex(j.value) AND s.gekoppeld IS NOT NULL GROUP BY s.inwoner"
)


class Kandidaat(NamedTuple):
    """An earlier signal, by its row in this vault, that may be about the resident of the `i`th new one."""

    i: int
    nr: int
    kenmerken: Kenmerken


class Koppeling(msgspec.Struct, frozen=True):
    """A resident of an earlier signal is known under another klantnummer too: since which signal, and as whom."""

    signaal: UUID
    persoon: UUID


def kandidaten(connection: sqlite3.Connection, zoek: Iterable[tuple[Sleutels, Kenmerken]]) -> Iterator[Kandidaat]:
    """Earlier signals that share a key or the klantnummer with one of these, each once per new signal."""
    asked = json.dumps([(*keys, of.klantnummer, of.voorletters) for keys, of in zoek])
    for i, nr, *fields in connection.execute(_KANDIDATEN, (asked,)):
        yield Kandidaat(i, nr, Kenmerken._make(fields))


def familienamen(connection: sqlite3.Connection, *, latest: int) -> dict[str, int]:
    """How often each family name, as compared, stands among the latest signals."""
    return dict(connection.execute(_NAMEN, (latest,)).fetchall())


def aantal(connection: sqlite3.Connection) -> int:
    """About how many signals there are."""
    return int(connection.execute(_AANTAL).fetchone()[0])


def namen_per_huis(connection: sqlite3.Connection, huizen: Collection[str]) -> dict[str, int]:
    """How many different family names were reported at each of these house numbers (postcode and number)."""
    return dict(connection.execute(_NAMEN_IN_HUIS, (json.dumps(sorted(huizen)),)).fetchall())


def signalen(connection: sqlite3.Connection, rows: Collection[int]) -> dict[int, tuple[UUID, UUID]]:
    """The signals in these rows, and the resident each is about."""
    found = connection.execute(_SIGNALEN, (json.dumps(sorted(rows)),))
    return {nr: (uuid_of(signaal), uuid_of(persoon)) for nr, signaal, persoon in found}


def bekende_inwoners(connection: sqlite3.Connection, inwoners: Sequence[UUID]) -> dict[UUID, Koppeling | None]:
    """Which of these residents had a signal before; with the other resident they were found to be, if any."""
    rows = connection.execute(_BEKEND, (_hex(inwoners),))
    return {
        uuid_of(inwoner): None if signaal is None else Koppeling(uuid_of(signaal), uuid_of(persoon))
        for inwoner, signaal, persoon in rows
    }


class Gelijkenis(msgspec.Struct, frozen=True):
    """Two signals that are, or may be, about one resident: why, since when, and what a worker decided about it."""

    signaal: UUID
    ander: UUID
    zekerheid: Zekerheid
    redenen: tuple[Overeenkomst, ...]
    gevonden_op: datetime
    zelfde: bool | None


def gelijkenis(connection: sqlite3.Connection, signaal: UUID, ander: UUID) -> Gelijkenis | None:
    """What was found about these two, the later one first; None when nothing was."""
    key = (signaal.bytes, ander.bytes)
    row = connection.execute(f"{_GELIJKENIS} WHERE g.signaal = ? AND g.ander = ?", key).fetchone()
    return _gelijkenis(row) if row else None


def onbeslist(connection: sqlite3.Connection, *, limiet: int = -1) -> tuple[Gelijkenis, ...]:
    """Likely pairs about which nobody decided yet, the oldest first; -1 means all."""
    found = connection.execute(f"{_ONBESLIST} ORDER BY g.gevonden_op, g.signaal, g.ander LIMIT ?", (limiet,))
    return tuple(map(_gelijkenis, found))


def aantal_onbeslist(connection: sqlite3.Connection) -> int:
    """How many likely pairs wait for a decision."""
    return int(connection.execute(f"SELECT count(*) {_TE_BESLISSEN}").fetchone()[0])


def aantal_bij_zaak(connection: sqlite3.Connection, zaak: UUID) -> int:
    """How many likely pairs with a signal of this zaak wait for a decision."""
    return int(connection.execute(_BIJ_ZAAK, (zaak.bytes,)).fetchone()[0])


def van_signalen(connection: sqlite3.Connection, ids: Iterable[UUID]) -> tuple[Gelijkenis, ...]:
    """Everything that was found about these signals, in either place."""
    return tuple(map(_gelijkenis, connection.execute(_VAN_SIGNALEN, (_hex(ids),))))


def persoon_van(connection: sqlite3.Connection, signaal: UUID) -> UUID | None:
    """The resident a signal is about; None when there is no such signal."""
    row = connection.execute(_PERSOON, (signaal.bytes,)).fetchone()
    return uuid_of(row[0]) if row else None


def eigen_inwoner(connection: sqlite3.Connection, signaal: UUID) -> UUID:
    """The resident of a signal's own klantnummer and birth date, whomever they were joined with."""
    return uuid_of(connection.execute(_EIGEN, (signaal.bytes,)).fetchone()[0])


def signalen_van(connection: sqlite3.Connection, persoon: UUID) -> tuple[UUID, ...]:
    """All signals about a resident, in the order in which they came."""
    return tuple(uuid_of(row[0]) for row in connection.execute(_SIGNALEN_VAN, (persoon.bytes,)))


def wie_meegaan(connection: sqlite3.Connection, signaal: UUID) -> dict[UUID, UUID | None]:
    """The signals that are let go when this joined one is: its resident's own, and who was joined by one of those.

    Of the latter the signal because of which they were; None for the resident's own.
    """
    rows = connection.execute(_MEE, (signaal.bytes,))
    return {uuid_of(key): uuid_of(because) if because else None for key, because in rows}


def zaak_van_meer(connection: sqlite3.Connection, ids: Iterable[UUID]) -> str | None:
    """The number of a zaak that holds one of these signals and another one beside; None when there is none."""
    row = connection.execute(_SAMEN, (_hex(ids),)).fetchone()
    return str(row[0]) if row else None


def _gelijkenis(row: tuple[bytes, bytes, str, str, int, int | None]) -> Gelijkenis:
    signaal, ander, zekerheid, redenen, gevonden_op, zelfde = row
    return Gelijkenis(
        signaal=uuid_of(signaal),
        ander=uuid_of(ander),
        zekerheid=Zekerheid(zekerheid),
        redenen=tuple(map(Overeenkomst, redenen.split())),
        gevonden_op=instant(gevonden_op),
        zelfde=None if zelfde is None else bool(zelfde),
    )


def _hex(ids: Iterable[UUID]) -> str:
    return json.dumps([identifier.hex for identifier in ids])
