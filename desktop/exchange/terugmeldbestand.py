"""The terugmeldbestand: what leaves for the CAK in a period, as a file (exchange section 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.codes import Berichtstaat, Terugmeldcode
from db.model.gebeurtenis import Entry, TerugmeldingVerzonden
from db.queries import outbox
from db.queries.dossier import Bericht
from db.queries.outbox import Bestand
from db.vault import Vault
from desktop.casework import instellingen

FORMAAT = "terugmeldbestand/1"


class Levering(msgspec.Struct, frozen=True, kw_only=True):
    """Who delivers, what and when; times carry their zone (RFC 3339)."""

    id: UUID
    aangemaakt: datetime
    gemeentecode: str
    van: date
    tot: date


class Regel(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One terugmelding: nothing else about the resident or the zaak."""

    id: UUID
    signaal: str
    klantnummer: str
    code: Terugmeldcode
    datum: date
    vervangt: UUID | None = None


class Terugmeldbestand(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    formaat: str
    levering: Levering
    terugmeldingen: tuple[Regel, ...]


def write(vault: Vault, van: date, tot: date, *, save: Callable[[bytes], None], only_waiting: bool = False) -> int:
    """Save a file with every terugmelding dated in a period, both days included; returns how many there are.

    Once `save` returned, those that waited are recorded as on their way. The same period again gives the same
    terugmeldingen, which the receiver recognises by their ids; with `only_waiting` what left before stays out.
    """
    found = [
        (dossier, bericht)
        for dossier, bericht in outbox.between(vault.connection, van, tot)
        if not only_waiting or bericht.staat is Berichtstaat.KLAAR
    ]
    delivery = vault.new_id()
    now = vault.clock()
    per_dossier: dict[UUID, list[UUID]] = {}
    for dossier, bericht in found:
        if bericht.staat is Berichtstaat.KLAAR:
            per_dossier.setdefault(dossier, []).append(bericht.id)
    gemeente = instellingen.load(vault.connection).gemeente
    levering = Levering(id=delivery, aangemaakt=now, gemeentecode=gemeente, van=van, tot=tot)
    save(_content(levering, (bericht for _, bericht in found)))
    entries = [
        Entry(
            id=vault.new_id(),
            dossier=dossier,
            op=now,
            inhoud=TerugmeldingVerzonden(levering=delivery, terugmeldingen=tuple(berichten)),
        )
        for dossier, berichten in per_dossier.items()
    ]
    vault.journal.append(entries, door=vault.door)
    return len(found)


def write_again(vault: Vault, bestand: Bestand, *, save: Callable[[bytes], None]) -> int:
    """Save a file that was made before once more, for whoever did not get it; returns how many messages are in it.

    It carries the same delivery and the same ids, so that a receiver who did get it recognises both. What was
    withdrawn since stays out. Nothing else leaves than left already, so nothing is recorded.
    """
    found = outbox.together(vault.connection, bestand.levering)
    if found:
        gemeente = instellingen.load(vault.connection).gemeente
        levering = Levering(
            id=bestand.levering,
            aangemaakt=bestand.gemaakt_op,
            gemeentecode=gemeente,
            van=found[0].datum,
            tot=found[-1].datum,
        )
        save(_content(levering, found))
    return len(found)


def _content(levering: Levering, berichten: Iterable[Bericht]) -> bytes:
    content = Terugmeldbestand(
        formaat=FORMAAT,
        levering=levering,
        terugmeldingen=tuple(
            Regel(
                id=bericht.id,
                signaal=bericht.signaal,
                klantnummer=bericht.klantnummer,
                code=bericht.code,
                datum=bericht.datum,
                vervangt=bericht.vervangt,
            )
            for bericht in berichten
        ),
    )
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
