"""Closing and reopening a zaak, with what the CAK is told queued in the same transaction; and asking afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.codes import Berichtstaat, Eindresultaat, Gelukt, Terugmeldcode, Weigergrond
from db.model.gebeurtenis import NazorgGedaan, Terugmelding, ZaakAfgesloten, ZaakHeropend
from db.model.ids import IdFactory
from db.queries.dossier import Dossier
from db.queries.zaken import Stand
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.outcomes import Opgave, require_allowed, terugmeldcode
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note, perform, require_open


def preview(
    instellingen: Instellingen, eindresultaat: Eindresultaat, schuldhulp_loopt: date | None = None
) -> Terugmeldcode:
    """What stands under "Dit gaat naar het CAK" before the worker closes."""
    return terugmeldcode(eindresultaat, schuldhulp_loopt=schuldhulp_loopt, volledige_set=instellingen.volledige_set)


def terugmeldingen(dossier: Dossier, code: Terugmeldcode, datum: date, new_id: IdFactory) -> tuple[Terugmelding, ...]:
    """One terugmelding per signal; a correction names the last one that left for that signal."""
    left = [bericht for bericht in dossier.berichten if bericht.staat is not Berichtstaat.INGETROKKEN]
    replaced = {bericht.vervangt for bericht in left}
    last = {bericht.signaal: bericht.id for bericht in left if bericht.id not in replaced}
    return tuple(
        Terugmelding(
            id=new_id(),
            signaal=signaal.extern_id,
            klantnummer=signaal.klantnummer,
            code=code,
            datum=datum,
            vervangt=last.get(signaal.extern_id),
        )
        for signaal in dossier.signalen
    )


def close_zaak(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    eindresultaat: Eindresultaat,
    hulp_aanvaard: bool | None = None,
    schuldhulp_loopt: date | None = None,
    bevestigd_door: str = "",
    reden: Weigergrond | None = None,
    notitie: str = "",
    op: datetime | None = None,
) -> Changes:
    """Close a zaak with an eindresultaat that the recorded facts allow, and queue its terugmeldingen.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, GEEN_BEVESTIGING or OP_IN_TOEKOMST of `schuldhulp_loopt`, or the rule of
            the eindresultaat that fails.
    """

    def decide(dossier: Dossier, instellingen: Instellingen, happened: datetime) -> ZaakAfgesloten:
        require_open(dossier)
        if schuldhulp_loopt is not None and not bevestigd_door.strip():
            raise RegelOvertreding(Regel.GEEN_BEVESTIGING, zaak=dossier.nummer)
        if schuldhulp_loopt is not None and schuldhulp_loopt > lokale_datum(happened):
            raise RegelOvertreding(Regel.OP_IN_TOEKOMST, zaak=dossier.nummer)
        note = checked_note(notitie)
        opgave = Opgave(notitie=note, reden=reden, schuldhulp_loopt=schuldhulp_loopt, bevestigd_door=bevestigd_door)
        require_allowed(dossier, instellingen, happened, eindresultaat, opgave)
        code = preview(instellingen, eindresultaat, schuldhulp_loopt)
        return ZaakAfgesloten(
            eindresultaat=eindresultaat,
            hulp_aanvaard=hulp_aanvaard,
            schuldhulp_loopt=schuldhulp_loopt,
            bevestigd_door=checked_note(bevestigd_door),
            reden=reden,
            notitie=note,
            terugmeldingen=terugmeldingen(dossier, code, lokale_datum(happened), vault.new_id),
        )

    return perform(vault, zaak, event_id, decide, op=op)


def reopen_zaak(vault: Vault, zaak: UUID, *, event_id: UUID, reden: str) -> Changes:
    """Open a closed zaak again. What had not left for the CAK is withdrawn; what had left is replaced at closing.

    Raises:
        RegelOvertreding: ZAAK_NIET_GESLOTEN, GEEN_REDEN, ANDERE_ZAAK_OPEN (a newer zaak of the same resident).
    """

    def decide(dossier: Dossier, settings: Instellingen, now: datetime) -> ZaakHeropend:
        if dossier.stand.gesloten_op is None:
            raise RegelOvertreding(Regel.ZAAK_NIET_GESLOTEN, zaak=dossier.nummer)
        if not reden.strip():
            raise RegelOvertreding(Regel.GEEN_REDEN, zaak=dossier.nummer)
        if dossier.andere_zaak_open:
            raise RegelOvertreding(Regel.ANDERE_ZAAK_OPEN, zaak=dossier.nummer)
        return reopened(dossier, checked_note(reden), settings, now)

    return perform(vault, zaak, event_id, decide)


def reopened(dossier: Dossier, reden: str, settings: Instellingen, now: datetime) -> ZaakHeropend:
    """That a closed zaak goes on, with a new term to seek contact; its terugmeldingen that wait are withdrawn."""
    waiting = tuple(bericht.id for bericht in dossier.berichten if bericht.staat is Berichtstaat.KLAAR)
    return ZaakHeropend(reden=reden, ingetrokken=waiting, contact_voor=settings.contact_voor(now))


NAZORG_NA = timedelta(days=30)
"""How long after closing *Is het gelukt?* is asked (handbook section 4, step 5)."""
NAZORG_TOT = timedelta(days=120)
"""After this it is too late to ask; the question leaves the list by itself."""
NAZORG_BIJ = (
    Eindresultaat.REGELT_ZELF,
    Eindresultaat.ZELF_BETAALD,
    Eindresultaat.ADVIES_QUICK_FIX,
    Eindresultaat.VERVOLGHULP,
    Eindresultaat.VERVOLGHULP_FINANCIEEL,
    Eindresultaat.VERVOLGHULP_NIET_FINANCIEEL,
)
"""The outcomes after which there is something that may have worked."""


def nazorg_due(stand: Stand, now: datetime) -> bool:
    """Whether it is time to ask *Is het gelukt?* now."""
    if stand.gesloten_op is None or stand.nazorg_op is not None or stand.eerst_bereikt_op is None:
        return False
    return stand.eindresultaat in NAZORG_BIJ and NAZORG_NA <= now - stand.gesloten_op < NAZORG_TOT


def record_nazorg(vault: Vault, zaak: UUID, *, event_id: UUID, gelukt: Gelukt, notitie: str = "") -> Changes:
    """Record the answer to the question *Is het gelukt?* of step 5.

    Raises:
        RegelOvertreding: ZAAK_NIET_GESLOTEN.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> NazorgGedaan:
        if dossier.stand.gesloten_op is None:
            raise RegelOvertreding(Regel.ZAAK_NIET_GESLOTEN, zaak=dossier.nummer)
        return NazorgGedaan(gelukt=gelukt, notitie=checked_note(notitie))

    return perform(vault, zaak, event_id, decide)
