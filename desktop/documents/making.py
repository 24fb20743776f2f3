"""Making a letter of a zaak: may it be made, render it, record that it was made, and hand it over."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from db.durable import write_durably
from db.errors import RegelOvertreding
from db.model.codes import BrpUitkomst, Dagdeel
from db.model.gebeurtenis import BriefGemaakt, Entry
from db.queries.dossier import Dossier
from db.queries.instellingen import medewerkers
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import load
from desktop.documents.briefsoorten import kind_of
from desktop.documents.letters import Afzender, Letter, make_letter

_NO_PAPER = {
    BrpUitkomst.VERHUISD: Regel.ADRES_VERSCHILT,
    BrpUitkomst.OVERLEDEN: Regel.INWONER_OVERLEDEN,
}


def make(
    vault: Vault,
    zaak: UUID,
    soort: str,
    *,
    event_id: UUID,
    datum: date | None = None,
    dagdeel: Dagdeel | None = None,
    aan: str = "",
) -> bytes:
    """Render a letter, record it, and give the PDF; without a record there is no letter.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND, ALLEEN_LEZEN, ZAAK_NIET_GESLOTEN (afsluitbrief), INWONER_MINDERJARIG, or what
            the last BRP check forbids: ADRES_GEHEIM, ADRES_VERSCHILT, INWONER_OVERLEDEN.
        KnownError: BRIEFSOORT_ONBEKEND, NOG_NIET_BESCHIKBAAR, ARGUMENT_ONTBREEKT, VASTLEGGEN_MISLUKT.
    """
    letter = _render(vault, zaak, soort, datum=datum, dagdeel=dagdeel, aan=aan)
    _record(vault, zaak, soort, letter, event_id=event_id, aan=aan)
    return letter.pdf


def make_file(
    vault: Vault,
    zaak: UUID,
    soort: str,
    path: Path,
    *,
    event_id: UUID,
    datum: date | None = None,
    dagdeel: Dagdeel | None = None,
    aan: str = "",
) -> None:
    """As `make`, into a file. When it cannot be written nothing is recorded; when not recorded no file stays.

    Raises:
        RegelOvertreding, KnownError: as `make`; and SCHIJF_VOL, GEEN_SCHRIJFRECHT, SCHIJF_FOUT.
    """
    letter = _render(vault, zaak, soort, datum=datum, dagdeel=dagdeel, aan=aan)
    write_durably(path, letter.pdf)
    try:
        _record(vault, zaak, soort, letter, event_id=event_id, aan=aan)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def afzender(vault: Vault) -> Afzender:
    """Who writes: the person who works with this vault, for its municipality."""
    current = instellingen.load(vault.connection)
    return Afzender(
        gemeente=current.gemeentenaam,
        medewerker=medewerkers(vault.connection)[vault.door].naam,
        teamnummer=current.teamnummer,
        direct_nummer=current.direct_nummer,
        werkdagen=current.werkdagen,
        adres=current.gemeente_adres,
        fg_contact=current.fg_contact,
    )


def may_make(dossier: Dossier, soort: str, vandaag: date) -> None:
    """Refuse paper that must not exist now (handbook sections 1 and 4).

    Raises:
        RegelOvertreding: see `make`.
    """
    kind = kind_of(soort)
    if dossier.alleen_lezen:
        raise RegelOvertreding(Regel.ALLEEN_LEZEN, zaak=dossier.nummer)
    if dossier.stand.adres_geblokkeerd:
        raise RegelOvertreding(Regel.ADRES_GEHEIM, zaak=dossier.nummer)
    if dossier.stand.brp in _NO_PAPER:
        raise RegelOvertreding(_NO_PAPER[dossier.stand.brp], zaak=dossier.nummer)
    if dossier.inwoner.minderjarig(vandaag):
        raise RegelOvertreding(Regel.INWONER_MINDERJARIG, zaak=dossier.nummer)
    if kind.gesloten and dossier.stand.gesloten_op is None:
        raise RegelOvertreding(Regel.ZAAK_NIET_GESLOTEN, zaak=dossier.nummer)


def _render(vault: Vault, zaak: UUID, soort: str, *, datum: date | None, dagdeel: Dagdeel | None, aan: str) -> Letter:
    kind_of(soort)
    dossier = load(vault, zaak)
    vandaag = lokale_datum(vault.clock())
    may_make(dossier, soort, vandaag)
    proef = instellingen.load(vault.connection).proef
    return make_letter(
        dossier, soort, afzender(vault), vandaag=vandaag, proef=proef, datum=datum, dagdeel=dagdeel, aan=aan
    )


def _record(vault: Vault, zaak: UUID, soort: str, letter: Letter, *, event_id: UUID, aan: str) -> None:
    inhoud = BriefGemaakt(brief=soort, tekstversie=letter.tekstversie, aan=aan.strip())
    vault.journal.append([Entry(id=event_id, dossier=zaak, op=vault.clock(), inhoud=inhoud)], door=vault.door)
