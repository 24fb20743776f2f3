"""Giving an inzage: the access and the identity check are recorded, and both files are written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from db.durable import disk_error, replaced
from db.errors import RegelOvertreding
from db.model import gebeurtenis as g
from db.model.codes import Identiteitsbewijs
from db.model.ids import uuid5
from db.queries import inzage as dossiers
from db.queries.dossier import Dossier, berichten_of
from db.queries.instellingen import medewerkers
from db.queries.zaken import regels
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.inzien import open_dossier
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.regels import Regel
from desktop.casework.retention import bewaard_tot
from desktop.casework.rulebook import regelboek
from desktop.casework.uitvoeren import load
from desktop.casework.vergelijken import bewaard_over
from desktop.documents.inzage import ConceptInzage, Inzage, VergelijkingInzage, as_json, as_pdf, compose
from desktop.documents.making import afzender
from desktop.documents.woorden import woord


class Uitdraai(msgspec.Struct, frozen=True, kw_only=True):
    """An inzage that is ready and was given to nobody yet: on paper, as a file, and what is recorded once it is."""

    zaak: UUID
    event_id: UUID
    op: datetime
    inhoud: g.InzageVerstrekt
    pdf: bytes
    machine: bytes
    weggelaten: int

    @property
    def naam(self) -> str:
        """The file name of the paper; it tells nothing about anybody."""
        return f"inzage-{self.inhoud.nummer}.pdf"


def prepare(
    vault: Vault, zaak: UUID, identiteit: Identiteitsbewijs, *, event_id: UUID, weglaten: Sequence[str] = ()
) -> Uitdraai:
    """Put an inzage together. The identity check and the access are recorded before anything is read.

    `weglaten` is what tells of somebody else, see `compose`.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND, ALLEEN_LEZEN (an event of a newer program could not be shown),
            WEGLATEN_NIET_GEVONDEN (what should be left out stands nowhere).
        KnownError: VASTLEGGEN_MISLUKT.
    """
    asked = load(vault, zaak)
    if asked.alleen_lezen:
        raise RegelOvertreding(Regel.ALLEEN_LEZEN, zaak=asked.nummer)
    _checked(vault, zaak, identiteit, event_id)
    dossier = open_dossier(vault, zaak, scherm="inzage")
    inhoud, op = _number(vault, dossier, identiteit, event_id)
    document = _document(vault, dossier, inhoud, event_id=event_id, op=op, weglaten=weglaten)
    return Uitdraai(
        zaak=zaak,
        event_id=event_id,
        op=op,
        inhoud=inhoud,
        pdf=as_pdf(document, afzender(vault)),
        machine=as_json(document),
        weggelaten=document.weggelaten,
    )


def record(vault: Vault, uitdraai: Uitdraai) -> None:
    """Write in the log that the inzage was given, with its number; once, however often.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT.
    """
    entry = g.Entry(id=uitdraai.event_id, dossier=uitdraai.zaak, op=uitdraai.op, inhoud=uitdraai.inhoud)
    vault.journal.append([entry], door=vault.door)


def save(vault: Vault, uitdraai: Uitdraai, pdf: Path) -> Path:
    """Write the paper there and `inzage-<number>.json` beside it, and record it; returns the path of the second.

    Raises:
        KnownError: SCHIJF_VOL, GEEN_SCHRIJFRECHT, BESTAND_OPEN, SCHIJF_FOUT, VASTLEGGEN_MISLUKT; what stood there
            before then stands there still.
    """
    # Named by its number, so that it takes the place of nothing else in that folder.
    readable = pdf.with_name(uitdraai.naam).with_suffix(".json")
    with replaced((pdf, uitdraai.pdf), (readable, uitdraai.machine)):
        record(vault, uitdraai)
    return readable


def inzage(
    vault: Vault,
    zaak: UUID,
    identiteit: Identiteitsbewijs,
    out_dir: Path,
    *,
    event_id: UUID,
    weglaten: Sequence[str] = (),
) -> tuple[Path, Path]:
    """As `prepare` and `save`, in a folder: `inzage-<number>.pdf` and the same as `.json`; returns both paths.

    Raises:
        RegelOvertreding, KnownError: as those two.
    """
    ready = prepare(vault, zaak, identiteit, event_id=event_id, weglaten=weglaten)
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error) from error
    pdf = out_dir / ready.naam
    return pdf, save(vault, ready, pdf)


def _number(
    vault: Vault, dossier: Dossier, identiteit: Identiteitsbewijs, event_id: UUID
) -> tuple[g.InzageVerstrekt, datetime]:
    """What will be recorded and when; asked for twice with one id, it is what stands already."""
    for event in dossier.gebeurtenissen:
        if event.id == event_id and isinstance(event.inhoud, g.InzageVerstrekt):
            return event.inhoud, event.op
    now = vault.clock()
    year = now.astimezone(AMSTERDAM).year
    nummer = dossiers.next_nummer(vault.connection, year, datetime(year, 1, 1, tzinfo=AMSTERDAM))
    return g.InzageVerstrekt(nummer=nummer, identiteit=identiteit), now


def _checked(vault: Vault, zaak: UUID, identiteit: Identiteitsbewijs, event_id: UUID) -> None:
    """Record that the identity was checked; once for one request and one proof, however often it is tried."""
    inhoud = g.IdentiteitGecontroleerd(identiteit=identiteit)
    entry = g.Entry(id=uuid5(event_id, f"identiteit {identiteit.value}"), dossier=zaak, op=vault.clock(), inhoud=inhoud)
    vault.journal.append([entry], door=vault.door)


def _document(
    vault: Vault,
    dossier: Dossier,
    inhoud: g.InzageVerstrekt,
    *,
    event_id: UUID,
    op: datetime,
    weglaten: Sequence[str],
) -> Inzage:
    connection = vault.connection
    delen = dossiers.delen(connection, dossier.inwoner_id)
    given = g.Gebeurtenis(
        id=event_id,
        dossier=dossier.zaak,
        soort=g.SOORTEN[g.InzageVerstrekt],
        op=op,
        vastgelegd=op,
        door=vault.door,
        inhoud=inhoud,
    )
    signalen = [
        event.inhoud.signaal
        for deel in delen
        for event in deel.gebeurtenissen
        if isinstance(event.inhoud, g.SignaalOntvangen | g.CorrectieGekozen)
    ]
    people = {person.id: person.rol for person in medewerkers(connection).values()}
    zaken = regels(connection, [deel.dossier for deel in delen if deel.soort == "zaak"])
    return compose(
        (deel.with_event(given) if deel.dossier == dossier.zaak else deel for deel in delen),
        [bericht for deel in delen for bericht in berichten_of(connection, deel.dossier)],
        {regel.nummer: regel.stand for regel in zaken},
        people,
        afzender(vault),
        zaak=dossier.nummer,
        nummer=inhoud.nummer,
        identiteit=inhoud.identiteit,
        opgemaakt=op,
        proef=instellingen.load(connection).proef,
        weglaten=weglaten,
        vergelijking=[
            VergelijkingInzage(
                debtsoort=kept.debtsoort,
                soort=regelboek().omschrijving(kept.debtsoort),
                bedrag=kept.bedrag,
                signaaldatum=kept.signaaldatum,
                herkend=woord(kept.herkend_aan),
                gewist_op=bewaard_tot(kept.signaaldatum),
            )
            for kept in bewaard_over(connection, signalen, op)
        ],
        concepten=[
            ConceptInzage(zaak=regel.nummer, tekst=tekst, bewaard=bewaard)
            for regel in zaken
            for tekst, bewaard in dossiers.concepten_of(connection, regel.id)
        ],
    )
