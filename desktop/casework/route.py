"""The route of a day: its doors in the order in which the worker walks, and the looks that showing them is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from db.journal import Changes
from db.model.gebeurtenis import DossierIngezien, Entry
from db.queries import dag as days
from db.queries import zaken
from db.queries.zaken import ZaakRegel
from db.vault import Vault
from desktop.casework.bezoek import walking_order, why_no_visit
from desktop.casework.dag import BEZOEKMAP, TERUG, WEG
from desktop.casework.kalender import lokale_datum

ROUTE = "route"
_LIMIT = 60


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """The doors of one day in order; `eigen` when the worker chose that order, `mee` while its paper is out."""

    dag: date
    deuren: tuple[ZaakRegel, ...]
    eigen: bool
    mee: bool


def walk(vault: Vault, dag: date, *, scherm: str, gezien: set[tuple[date, UUID]]) -> Route:
    """The route of a day. Who sees an address looks at its dossier, so that is recorded before anything is shown.

    Once per dossier and day is enough (AVG 5 lid 2): the same list comes back all day. `gezien` remembers what was
    recorded, and belongs to the thread of the vault. A hidden address is not shown here, so it is not a look.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    doors, own = in_order(vault.connection, dag)
    today = lokale_datum(vault.clock())
    new = [door.id for door in doors if not door.stand.adres_verborgen and (today, door.id) not in gezien]
    if new:
        look = DossierIngezien(scherm=scherm)
        entries = [Entry(id=vault.new_id(), dossier=zaak, op=vault.clock(), inhoud=look) for zaak in new]
        vault.journal.append(entries, door=vault.door)
        gezien.update((today, zaak) for zaak in new)
    return Route(dag=dag, deuren=doors, eigen=own, mee=days.remembered(vault.connection, BEZOEKMAP, dag) == WEG)


def keep_order(vault: Vault, dag: date, volgorde: Sequence[UUID]) -> None:
    """Keep the worker's own order of a day beside the log; none brings the walking order back.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    text = json.dumps([zaak.hex for zaak in volgorde]) if volgorde else ""
    days.remember(vault.connection, ROUTE, dag, text, vault.clock())


def to_pack(vault: Vault, dag: date) -> tuple[ZaakRegel, ...]:
    """The doors that go on the paper of a day, in the order of its route: those where somebody may go, address open.

    Handbook section 4, step 2: a hidden address stays off it until a colleague has checked, and ours stays off at all.
    """
    doors, _ = in_order(vault.connection, dag)
    return tuple(
        door
        for door in doors
        if not door.stand.adres_verborgen
        and door.stand.bezoek is not None
        and why_no_visit(door.stand, door.stand.bezoek.met) is None
    )


def take_along(vault: Vault, dag: date, zaken: Sequence[UUID]) -> Changes:
    """The bezoekmap of a day is on paper: a look at each dossier in it, and it is out until somebody brings it back.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    look = DossierIngezien(scherm="Bezoekmap")
    entries = [Entry(id=vault.new_id(), dossier=zaak, op=vault.clock(), inhoud=look) for zaak in zaken]
    changes = vault.journal.append(entries, door=vault.door)
    days.remember(vault.connection, BEZOEKMAP, dag, WEG, vault.clock(), blijft=WEG)
    return changes


def bring_back(vault: Vault, dag: date) -> None:
    """The bezoekmap of a day is back and destroyed.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    days.remember(vault.connection, BEZOEKMAP, dag, TERUG, vault.clock(), blijft=WEG)


def in_order(connection: sqlite3.Connection, dag: date) -> tuple[tuple[ZaakRegel, ...], bool]:
    """The doors of a day in order, and whether the worker chose that order. Who shows an address uses `walk`."""
    doors = walking_order(zaken.visits(connection, van=dag, tot_en_met=dag, limiet=_LIMIT))
    kept = json.loads(days.remembered(connection, ROUTE, dag) or "[]")
    place = {UUID(hex=key): number for number, key in enumerate(kept)}
    # What was planned after the order was made comes last, in walking order.
    return tuple(sorted(doors, key=lambda door: place.get(door.id, len(place)))), bool(kept)
