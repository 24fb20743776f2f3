"""A worker decides whether two signals are about one resident, and everything that hangs on it follows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.gebeurtenis import Entry, PersoonBeslist
from db.model.signaal import Signaal
from db.queries import gelijkenissen as queries
from db.queries.gelijkenissen import Gelijkenis
from db.queries.signalen import signaal_of
from db.vault import Vault
from desktop.casework.regels import Regel


class Paar(msgspec.Struct, frozen=True, kw_only=True):
    """Two signals to hold beside each other, the new one and the one that came before."""

    gelijkenis: Gelijkenis
    nieuw: Signaal
    eerder: Signaal


def paren(connection: sqlite3.Connection, found: Iterable[Gelijkenis]) -> tuple[Paar, ...]:
    """What both signals of each pair say; a pair of which one was erased is left out."""
    read = ((each, signaal_of(connection, each.signaal), signaal_of(connection, each.ander)) for each in found)
    return tuple(
        Paar(gelijkenis=each, nieuw=nieuw, eerder=eerder)
        for each, nieuw, eerder in read
        if nieuw is not None and eerder is not None
    )


def decide(vault: Vault, signaal: UUID, ander: UUID, *, event_id: UUID, zelfde: bool) -> Changes:
    """Join the resident of a signal with that of an earlier one, or keep them apart; a later decision replaces it.

    All signals of the resident go along, each with an event of its own. What joined by itself can be parted too, and
    whoever was joined because of it goes along.

    Raises:
        RegelOvertreding: GEEN_GELIJKENIS (nothing was found about these two, or one of them was erased),
            SAMEN_OPGEPAKT (they were taken up in one zaak, which has to be one resident's).
    """
    if vault.journal.has(event_id):
        return Changes(frozenset(), frozenset())
    found = queries.gelijkenis(vault.connection, signaal, ander)
    zelf, persoon = (queries.persoon_van(vault.connection, each) for each in (signaal, ander))
    if found is None or zelf is None or persoon is None:
        raise RegelOvertreding(Regel.GEEN_GELIJKENIS)
    if found.zelfde is zelfde:
        return Changes(frozenset(), frozenset())
    beslist = {signaal: PersoonBeslist(ander=ander, persoon=persoon, zelfde=zelfde)}
    if zelfde and zelf != persoon:
        beslist |= dict.fromkeys(queries.signalen_van(vault.connection, zelf), beslist[signaal])
    elif not zelfde and zelf == persoon:
        beslist |= _parted(vault.connection, signaal, beslist[signaal])
    now = vault.clock()
    entries = [
        Entry(id=event_id if dossier == signaal else vault.new_id(), dossier=dossier, op=now, inhoud=inhoud)
        for dossier, inhoud in beslist.items()
    ]
    return vault.journal.append(entries, door=vault.door)


def _parted(connection: sqlite3.Connection, signaal: UUID, inhoud: PersoonBeslist) -> dict[UUID, PersoonBeslist]:
    along = queries.wie_meegaan(connection, signaal)
    nummer = queries.zaak_van_meer(connection, along)
    if nummer is not None:
        raise RegelOvertreding(Regel.SAMEN_OPGEPAKT, zaak=nummer)
    own = queries.eigen_inwoner(connection, signaal)
    return {
        dossier: inhoud if because is None else PersoonBeslist(ander=because, persoon=own, zelfde=True)
        for dossier, because in along.items()
    }
