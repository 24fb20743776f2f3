"""Terugmeldingen that wait, left or were refused."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.codes import Berichtstaat
from db.model.ids import instant
from db.queries.dossier import Bericht, bericht

_COLUMNS = "id, signaal, klantnummer, code, datum, vervangt, staat"


def berichten(connection: sqlite3.Connection) -> tuple[Bericht, ...]:
    """Every terugmelding, by date."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM terugmelding ORDER BY datum, id")
    return tuple(map(bericht, rows))


def between(connection: sqlite3.Connection, van: date, tot: date) -> tuple[tuple[UUID, Bericht], ...]:
    """Terugmeldingen dated from `van` up to and including `tot` that were not withdrawn, with their dossier."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, dossier FROM terugmelding WHERE datum >= ? AND datum <= ? AND staat <> 'ingetrokken'"
        " ORDER BY datum, id",
        (van.isoformat(), tot.isoformat()),
    )
    return tuple((UUID(bytes=row[-1]), bericht(row[:-1])) for row in rows)


class Bestand(msgspec.Struct, frozen=True, kw_only=True):
    """A terugmeldbestand that was made, and when."""

    levering: UUID
    gemaakt_op: datetime


_SENT = "soort >= 'TerugmeldingVerzonden/' AND soort < 'TerugmeldingVerzonden0'"
_WITH = "json_extract(CAST(i.bytes AS TEXT), '$.levering')"
_LEFT_IN = (
    f"SELECT {_WITH}, g.op FROM gebeurtenis g JOIN inhoud i ON i.nr = g.nr WHERE g.{_SENT}"
    " AND g.dossier = (SELECT dossier FROM terugmelding WHERE id = ?1)"
    " AND instr(CAST(i.bytes AS TEXT), ?2) ORDER BY g.hlc DESC LIMIT 1"
)
_TOGETHER = (
    "SELECT DISTINCT json_each.value FROM gebeurtenis g JOIN inhoud i ON i.nr = g.nr,"
    " json_each(CAST(i.bytes AS TEXT), '$.terugmeldingen')"
    f" WHERE g.{_SENT} AND {_WITH} = ?1"
)


def left_in(connection: sqlite3.Connection, terugmelding: UUID) -> Bestand | None:
    """The file in which a terugmelding left last, or None when it did not."""
    row = connection.execute(_LEFT_IN, (terugmelding.bytes, str(terugmelding))).fetchone()
    return Bestand(levering=UUID(row[0]), gemaakt_op=instant(row[1])) if row else None


def together(connection: sqlite3.Connection, levering: UUID) -> tuple[Bericht, ...]:
    """The terugmeldingen that left in one file and were not withdrawn since, by date. Reads the whole log."""
    keys = [UUID(key).bytes for (key,) in connection.execute(_TOGETHER, (str(levering),))]
    found = [
        row
        for key in keys
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM terugmelding WHERE id = ? AND staat <> 'ingetrokken'", (key,)
        )
    ]
    return tuple(sorted(map(bericht, found), key=lambda one: (one.datum, one.id.bytes)))


class Uitgaand(msgspec.Struct, frozen=True, kw_only=True):
    """A terugmelding as the outbox shows it: about whom, and in which zaak; None when the signal was refused."""

    bericht: Bericht
    lijstnaam: str
    nummer: str
    zaak: UUID | None


_UITGAAND = (
    "SELECT t.id, t.signaal, t.klantnummer, t.code, t.datum, t.vervangt, t.staat,"
    " coalesce(z.lijstnaam, s.lijstnaam, ''), coalesce(z.nummer, ''), z.id FROM terugmelding t"
    " LEFT JOIN zaak z ON z.id = t.dossier LEFT JOIN signaal s ON s.id = t.dossier WHERE t.staat = ?1"
)
# What asks for somebody comes first; of the rest the latest are enough.
_TO_DO = f"{_UITGAAND} ORDER BY t.datum, t.id LIMIT ?2"
_LATEST = f"{_UITGAAND} ORDER BY t.datum DESC, t.id LIMIT ?2"
_STATES = (
    (Berichtstaat.GEWEIGERD, _TO_DO),
    (Berichtstaat.ONZEKER, _TO_DO),
    (Berichtstaat.KLAAR, _TO_DO),
    (Berichtstaat.WORDT_VERZONDEN, _LATEST),
    (Berichtstaat.AANGEKOMEN, _LATEST),
    (Berichtstaat.INGETROKKEN, _LATEST),
)


def outgoing(connection: sqlite3.Connection, *, limiet: int = 200) -> tuple[Uitgaand, ...]:
    """The outbox: refused and uncertain ones first, then those that wait, then what left; at most so many per state."""
    return tuple(
        Uitgaand(bericht=bericht(row[:7]), lijstnaam=row[7], nummer=row[8], zaak=UUID(bytes=row[9]) if row[9] else None)
        for staat, query in _STATES
        for row in connection.execute(query, (staat.value, limiet))
    )


def days_waiting(connection: sqlite3.Connection) -> tuple[date, date] | None:
    """The first and the last day of the terugmeldingen that wait, or None when none does."""
    first, last = connection.execute(
        "SELECT min(datum), max(datum) FROM terugmelding WHERE staat = ?", (Berichtstaat.KLAAR.value,)
    ).fetchone()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first else None


def waiting(connection: sqlite3.Connection) -> int:
    """How many terugmeldingen wait to leave."""
    row = connection.execute(
        "SELECT count(*) FROM terugmelding WHERE staat = ?", (Berichtstaat.KLAAR.value,)
    ).fetchone()
    return int(row[0])


def troubled(connection: sqlite3.Connection) -> int:
    """How many terugmeldingen were refused, or left without a word whether they arrived."""
    row = connection.execute(
        "SELECT count(*) FROM terugmelding WHERE staat IN (?, ?)",
        (Berichtstaat.GEWEIGERD.value, Berichtstaat.ONZEKER.value),
    ).fetchone()
    return int(row[0])
