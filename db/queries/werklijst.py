"""The work list as somebody filters and sorts it: pages by key, whatever the order."""

from __future__ import annotations

import sqlite3
from datetime import date
from enum import StrEnum

import msgspec

from db.model.codes import Stap
from db.queries.brieven import ZONDER_TEKST
from db.queries.zaken import COLUMNS, STAP_SQL, START, Cursor, ZaakRegel, open_page, regel_of, step_page


class Volgorde(StrEnum):
    """By what the list is sorted; each follows an index."""

    TERMIJN = "termijn"
    NAAM = "naam"
    OPGEPAKT = "opgepakt"


class Keuze(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which open zaken, and in what order. `termijn_tot` is the last day of a term that is wanted; None is any.

    `zonder_uitleg` asks for those whose resident did not get the text of AVG 14, closed ones too, who came first first.
    """

    stap: Stap | None = None
    soort: str = ""
    termijn_tot: date | None = None
    volgorde: Volgorde = Volgorde.TERMIJN
    zonder_uitleg: bool = False


# ?1 attempts and ?2 dagdelen that are asked for, ?3 and ?4 where the page before ended, ?5 how many, then the filters
_WANTED = (
    f"(?6 = '' OR {STAP_SQL} = ?6) AND (?7 = '' OR z.debtsoort = ?7) AND (?8 = '' OR z.termijn <= ?8)"
    " AND z.gesloten_op IS NULL"
)
_PAGES = {
    Volgorde.TERMIJN: (
        f"SELECT {COLUMNS}, z.termijn FROM zaak z WHERE (z.termijn, z.id) > (?3, ?4) AND {_WANTED}"
        " ORDER BY z.termijn, z.id LIMIT ?5"
    ),
    Volgorde.NAAM: (
        f"SELECT {COLUMNS}, z.sorteernaam FROM zaak z WHERE (z.sorteernaam, z.id) > (?3, ?4) AND {_WANTED}"
        " ORDER BY z.sorteernaam, z.id LIMIT ?5"
    ),
    # numbers are given out in the order of taking up
    Volgorde.OPGEPAKT: (
        f"SELECT {COLUMNS}, z.nummer FROM zaak z WHERE (z.nummer, z.id) > (?3, ?4) AND {_WANTED}"
        " ORDER BY z.nummer, z.id LIMIT ?5"
    ),
}
# A cursor is text; before the first page it is empty, which counts as 0.
_UNTOLD = (
    f"SELECT {COLUMNS}, z.ontvangen_op FROM zaak z WHERE (z.ontvangen_op, z.id) > (CAST(?3 AS INTEGER), ?4)"
    f" AND {ZONDER_TEKST} AND (?6 = '' OR {STAP_SQL} = ?6) AND (?7 = '' OR z.debtsoort = ?7) AND ?8 = ''"
    " ORDER BY z.ontvangen_op, z.id LIMIT ?5"
)


def page(
    connection: sqlite3.Connection, keuze: Keuze, *, pogingen: int, dagdelen: int, na: Cursor = START, limiet: int = 100
) -> tuple[tuple[ZaakRegel, ...], Cursor]:
    """A page of open zaken and where it ended; `pogingen` and `dagdelen` are the settings.

    By term, with no filter but a step, it reads one stretch of an index. Any other filter reads on past what is not
    wanted until the page is full.
    """
    if keuze == Keuze(stap=keuze.stap):
        if keuze.stap is None:
            return open_page(connection, na=na, limiet=limiet)
        return step_page(connection, keuze.stap, pogingen=pogingen, dagdelen=dagdelen, na=na, limiet=limiet)
    rows = connection.execute(
        _UNTOLD if keuze.zonder_uitleg else _PAGES[keuze.volgorde],
        (
            pogingen,
            dagdelen,
            na.termijn,
            na.id,
            limiet,
            keuze.stap.value if keuze.stap else "",
            keuze.soort,
            keuze.termijn_tot.isoformat() if keuze.termijn_tot else "",
        ),
    ).fetchall()
    return tuple(regel_of(row[:-1]) for row in rows), Cursor(str(rows[-1][-1]), rows[-1][0]) if rows else na
