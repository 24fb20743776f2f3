"""What a day of work brings back by itself and leaves behind: each asks for one stretch of one index."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from uuid import UUID

from db.journal import transaction
from db.model.ids import instant, milliseconds
from db.queries.zaken import ZaakRegel, regels

_OPEN = "z.gesloten_op IS NULL"
_UNDECIDED = f"FROM zaak z WHERE {_OPEN} AND z.antwoord = 'bedenktijd'"
_UNDECIDED_LIST = f"SELECT z.id {_UNDECIDED} ORDER BY z.aanbod_op, z.id LIMIT ?"
_UNDECIDED_COUNT = f"SELECT count(*) {_UNDECIDED}"
_LYING = (
    f"SELECT count(*) FROM zaak z WHERE {_OPEN} AND z.brief_op IS NOT NULL AND z.antwoord IS NULL"
    " AND z.eerst_bereikt_op IS NULL AND z.brief_op >= ?3"
    " AND (z.fase = 'afsluiten' OR z.fase = 'laatste-bellen' AND z.pogingen >= ?1 AND z.geprobeerd >= ?2)"
)
_REVIEW = "min(ifnull(z.niet_bezoeken, '9999-12-31'), ifnull(z.niet_alleen, '9999-12-31'))"
_LIMITS = (
    f"SELECT z.id, {_REVIEW} FROM zaak z WHERE {_OPEN} AND (z.niet_bezoeken IS NOT NULL OR z.niet_alleen IS NOT NULL)"
    f" AND {_REVIEW} <= ?1 ORDER BY {_REVIEW}, z.id LIMIT ?2"
)
_LATEST = (
    "max(z.geopend_op, ifnull(z.laatste_poging_op, 0), ifnull(z.aanbod_op, 0), ifnull(z.gesprek_op, 0),"
    " ifnull(z.plan_op, 0))"
)
_SILENT = (
    f"SELECT z.id, {_LATEST} FROM zaak z INDEXED BY zaak_stil WHERE {_OPEN} AND z.termijn = '9999-12-31'"
    " AND z.belofte_op IS NULL AND z.bezoek_op IS NULL AND z.nakijken_op IS NULL AND z.evaluatie_op IS NULL"
    f" AND z.antwoord IS NOT 'bedenktijd' AND {_LATEST} < ?1 ORDER BY {_LATEST}, z.id LIMIT ?2"
)
# Seen by a colleague and not free is an answer too; a check that was taken back leaves the row out, not the block.
_HIDDEN = (
    "SELECT z.id FROM zaak z WHERE z.gesloten_op IS NULL AND NOT z.adres_akkoord"
    " AND (z.afgeschermd OR z.brp = 'geheim') AND NOT EXISTS (SELECT 1 FROM gebeurtenis g"
    " WHERE g.dossier = z.id AND g.soort >= 'AdresGecontroleerd/' AND g.soort < 'AdresGecontroleerd0')"
    " ORDER BY z.termijn, z.id LIMIT ?"
)
_THREAT = (
    "SELECT json_extract(CAST(i.bytes AS TEXT), '$.dreiging') FROM gebeurtenis g JOIN inhoud i ON i.nr = g.nr"
    " WHERE g.dossier = ? AND g.soort >= 'HulpaanbodGedaan/' AND g.soort < 'HulpaanbodGedaan0'"
    " ORDER BY g.hlc DESC LIMIT 1"
)
_ANYTHING = "SELECT EXISTS (SELECT 1 FROM zaak), EXISTS (SELECT 1 FROM signaal)"
# A form keeps its draft under `<form>:<zaak>`; what a day keeps under its own name is none.
_DRAFTS = "SELECT DISTINCT substr(plek, instr(plek, ':') + 1) FROM concept WHERE length(plek) - instr(plek, ':') = 36"
_DAYS_OF = "SELECT plek FROM concept WHERE plek >= ?1 || ':' AND plek < ?1 || ';' AND tekst = ?2 ORDER BY plek"
_FORGET = "DELETE FROM concept WHERE plek >= ?1 || ':' AND plek < ?1 || ':' || ?2 AND tekst <> ?3"


def undecided(connection: sqlite3.Connection, *, limiet: int) -> tuple[ZaakRegel, ...]:
    """Open zaken in which help was offered and the resident thinks about it, the oldest offer first."""
    return regels(connection, (UUID(bytes=key) for (key,) in connection.execute(_UNDECIDED_LIST, (limiet,))))


def awaited(connection: sqlite3.Connection, *, pogingen: int, dagdelen: int, sinds: datetime) -> int:
    """How many residents may still answer: they think about help, or their letter lies there since `sinds` or later.

    `pogingen` and `dagdelen` are the settings.
    """
    (thinking,) = connection.execute(_UNDECIDED_COUNT).fetchone()
    (lying,) = connection.execute(_LYING, (pogingen, dagdelen, milliseconds(sinds))).fetchone()
    return int(thinking) + int(lying)


def limits_to_review(
    connection: sqlite3.Connection, *, tot_en_met: date, limiet: int
) -> tuple[tuple[ZaakRegel, date], ...]:
    """Open zaken with a limit for safety that somebody looks at again by that day: the zaak and the day."""
    rows = connection.execute(_LIMITS, (tot_en_met.isoformat(), limiet)).fetchall()
    found = regels(connection, (UUID(bytes=key) for key, _ in rows))
    return tuple((regel, date.fromisoformat(day)) for regel, (_, day) in zip(found, rows, strict=True))


def silent(connection: sqlite3.Connection, *, voor: datetime, limiet: int) -> tuple[tuple[ZaakRegel, datetime], ...]:
    """Open zaken without a term or a plan in which nothing was done since before an instant: the zaak and when."""
    rows = connection.execute(_SILENT, (milliseconds(voor), limiet)).fetchall()
    found = regels(connection, (UUID(bytes=key) for key, _ in rows))
    return tuple((regel, instant(latest)) for regel, (_, latest) in zip(found, rows, strict=True))


def unchecked_addresses(connection: sqlite3.Connection, *, limiet: int) -> tuple[ZaakRegel, ...]:
    """Open zaken whose hidden address no colleague looked at yet, the nearest term first."""
    return regels(connection, (UUID(bytes=key) for (key,) in connection.execute(_HIDDEN, (limiet,))))


def threatened(connection: sqlite3.Connection, zaak: UUID) -> bool:
    """Whether eviction, cut-off or the end of the health insurance threatened when help was last offered."""
    row = connection.execute(_THREAT, (zaak.bytes,)).fetchone()
    return bool(row and row[0])


def drafts(connection: sqlite3.Connection) -> tuple[ZaakRegel, ...]:
    """Zaken in which something was typed that is not recorded yet."""
    return regels(connection, (UUID(key) for (key,) in connection.execute(_DRAFTS)))


def begun(connection: sqlite3.Connection) -> tuple[bool, bool]:
    """Whether there is any zaak, and any signal."""
    zaak, signaal = connection.execute(_ANYTHING).fetchone()
    return bool(zaak), bool(signaal)


def remember(
    connection: sqlite3.Connection, wat: str, dag: date, tekst: str, now: datetime, *, blijft: str = ""
) -> None:
    """Keep something of one day beside the log, such as `route`; that of earlier days goes, but for one text.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone.
    """
    with transaction(connection):
        connection.execute(
            "INSERT INTO concept (plek, tekst, bewaard) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (plek) DO UPDATE SET tekst = ?2, bewaard = ?3",
            (f"{wat}:{dag.isoformat()}", tekst, milliseconds(now)),
        )
        connection.execute(_FORGET, (wat, now.date().isoformat(), blijft))


def days_of(connection: sqlite3.Connection, wat: str, tekst: str) -> tuple[date, ...]:
    """The days of which exactly this was kept, the earliest first."""
    found = connection.execute(_DAYS_OF, (wat, tekst)).fetchall()
    return tuple(date.fromisoformat(place.partition(":")[2]) for (place,) in found)


def remembered(connection: sqlite3.Connection, wat: str, dag: date) -> str:
    """What was kept of one day; empty when there is nothing."""
    row = connection.execute("SELECT tekst FROM concept WHERE plek = ?", (f"{wat}:{dag.isoformat()}",)).fetchone()
    return row[0] if row else ""
