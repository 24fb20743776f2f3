"""Taking a signal up, which makes a zaak, or refusing it with a ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.codes import Bak, Vrijgave, Weigergrond
from db.model.gebeurtenis import (
    AnyInhoud,
    Entry,
    SignaalGeaccepteerd,
    SignaalGeweigerd,
    SignaalToegevoegd,
    SituatieVastgelegd,
    Terugmelding,
    ZaakGeopend,
)
from db.model.signaal import Signaal, zaak_id
from db.model.situatie import Situatie
from db.queries import signalen as queries
from db.queries.dossier import Dossier, load
from db.queries.intake import opgepakte_signalen
from db.queries.signalen import Wachtend
from db.vault import Vault
from desktop.casework import instellingen, quotum
from desktop.casework.afsluiten import reopened
from desktop.casework.herhaling import Eerder, no_repetition
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.outcomes import WEIGERINGEN
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note

HOGER_BEDRAG = "Nieuw signaal over dezelfde schuld, met een hoger bedrag"
"""Why a zaak goes on by itself."""

_TAKES_UP = frozenset({Bak.NIEUW, Bak.HERHAALD, Bak.CONTROLEREN, Bak.WACHT, Bak.GEWIJZIGD})


class Opgepakt(msgspec.Struct, frozen=True):
    """A signal and the zaak it was taken up in."""

    zaak: UUID
    nummer: str
    signaal: str


def accept_all(vault: Vault) -> tuple[Opgepakt, ...]:
    """Take up every signal of the tray *nieuw*."""
    return accept(vault, [regel.id for regel in queries.tray(vault.connection, Bak.NIEUW)])


def accept(vault: Vault, signalen: Sequence[UUID]) -> tuple[Opgepakt, ...]:
    """Take signals up, all in one transaction: a zaak per resident, or the open zaak the resident has.

    A debt that was taken up lately, and closed, and has grown since goes on in the zaak it had.

    Raises:
        RegelOvertreding: SIGNAAL_ONBEKEND, SIGNAAL_NIET_OPEN (taken up, refused or withdrawn already).
    """
    settings = instellingen.load(vault.connection)
    now = vault.clock()
    numbers = _Numbers(vault, now)
    open_zaken: dict[UUID, tuple[UUID, str]] = {}
    entries: list[Entry] = []
    taken: list[Opgepakt] = []
    for wachtend in _waiting(vault, dict.fromkeys(signalen)):
        zaak = open_zaken.get(wachtend.inwoner) or _open_zaak(vault, wachtend.inwoner)
        closed = None if zaak else _grown(vault, wachtend, settings)
        if closed is not None:
            zaak = (closed.zaak, closed.nummer)
            begun: tuple[AnyInhoud, ...] = (
                reopened(closed, HOGER_BEDRAG, settings, now),
                SignaalToegevoegd(signaal=wachtend.id),
            )
        elif zaak is None:
            zaak = (zaak_id(wachtend.id), numbers.next())
            begun = (_opened(vault, wachtend, zaak[1], settings, now), *_still_known(vault, wachtend.inwoner))
        else:
            begun = (SignaalToegevoegd(signaal=wachtend.id),)
        open_zaken[wachtend.inwoner] = zaak
        entries += (Entry(id=vault.new_id(), dossier=zaak[0], op=now, inhoud=inhoud) for inhoud in begun)
        taken_up = SignaalGeaccepteerd(zaak=zaak[0])
        entries.append(Entry(id=vault.new_id(), dossier=wachtend.id, op=now, inhoud=taken_up))
        if wachtend.bak is Bak.WACHT:  # above the vaste aantal, because a worker said so
            entries.append(quotum.released(vault, wachtend.id, Vrijgave.MEDEWERKER))
        taken.append(Opgepakt(*zaak, wachtend.signaal.id))
    vault.journal.append(entries, door=vault.door)
    return tuple(taken)


def refuse(
    vault: Vault,
    signaal: UUID,
    *,
    event_id: UUID,
    grond: Weigergrond,
    brp_datum: date | None = None,
    notitie: str = "",
) -> Changes:
    """Refuse an admitted signal with a ground; one code for the CAK is queued, never the ground.

    Raises: what `refuse_all` raises.
    """
    return refuse_all(vault, [signaal], event_id=event_id, grond=grond, brp_datum=brp_datum, notitie=notitie)


def refuse_all(
    vault: Vault,
    signalen: Sequence[UUID],
    *,
    event_id: UUID,
    grond: Weigergrond,
    brp_datum: date | None = None,
    notitie: str = "",
) -> Changes:
    """Refuse signals with one ground, all of them or none; `event_id` is that of the first.

    Raises:
        RegelOvertreding: SIGNAAL_ONBEKEND, SIGNAAL_NIET_OPEN, GEEN_BRP_CONTROLE (overleden, geen inwoner),
            GEEN_NOTITIE (onterecht), GEEN_EERDER_SIGNAAL or BEDRAG_HOGER (herhaald).
    """
    if vault.journal.has(event_id):
        return Changes(frozenset(), frozenset())
    now = vault.clock()
    note = checked_note(notitie)
    status, code = WEIGERINGEN[grond]
    entries: list[Entry] = []
    for wachtend in _waiting(vault, dict.fromkeys(signalen)):
        _require_ground(vault, wachtend, grond=grond, brp_datum=brp_datum, note=note, now=now)
        terugmelding = Terugmelding(
            id=vault.new_id(),
            signaal=wachtend.signaal.id,
            klantnummer=wachtend.signaal.klantnummer,
            code=code,
            datum=lokale_datum(now),
        )
        inhoud = SignaalGeweigerd(
            grond=grond, status=status, notitie=note, brp_datum=brp_datum, terugmelding=terugmelding
        )
        own_id = vault.new_id() if entries else event_id
        entries.append(Entry(id=own_id, dossier=wachtend.id, op=now, inhoud=inhoud))
    return vault.journal.append(entries, door=vault.door)


def _require_ground(
    vault: Vault, wachtend: Wachtend, *, grond: Weigergrond, brp_datum: date | None, note: str, now: datetime
) -> None:
    signaal = wachtend.signaal
    match grond:
        case Weigergrond.OVERLEDEN | Weigergrond.GEEN_INWONER:
            if brp_datum is None:
                raise RegelOvertreding(Regel.GEEN_BRP_CONTROLE, signaal=signaal.id)
            if brp_datum > lokale_datum(now):
                raise RegelOvertreding(Regel.OP_IN_TOEKOMST, signaal=signaal.id)
        case Weigergrond.ONTERECHT:
            if not note:
                raise RegelOvertreding(Regel.GEEN_NOTITIE, signaal=signaal.id)
        case Weigergrond.HERHAALD:
            _require_repetition(vault, signaal, wachtend.inwoner)
        case _:
            pass


def _require_repetition(vault: Vault, signaal: Signaal, persoon: UUID) -> None:
    earlier = [
        Eerder(vorig.signaaldatum, vorig.geopend_op, vorig.bedrag)
        for vorig in opgepakte_signalen(vault.connection, [signaal.klantnummer], [persoon])
        if (vorig.signaalpartner, vorig.soort) == (signaal.signaalpartner, signaal.soort)
    ]
    months = instellingen.load(vault.connection).herhaling_maanden
    reason = no_repetition(signaal.signaaldatum, signaal.bedrag, earlier, months)
    if reason is not None:
        raise RegelOvertreding(reason, signaal=signaal.id)


def _waiting(vault: Vault, signalen: Iterable[UUID]) -> Iterable[Wachtend]:
    for signaal in signalen:
        wachtend = queries.wachtend(vault.connection, signaal)
        if wachtend is None:
            raise RegelOvertreding(Regel.SIGNAAL_ONBEKEND)
        if wachtend.bak not in _TAKES_UP or wachtend.zaak is not None:  # a correction may come after taking up
            raise RegelOvertreding(Regel.SIGNAAL_NIET_OPEN, signaal=wachtend.signaal.id)
        yield wachtend


def _opened(vault: Vault, wachtend: Wachtend, nummer: str, settings: Instellingen, now: datetime) -> ZaakGeopend:
    signaal = wachtend.signaal
    return ZaakGeopend(
        nummer=nummer,
        signaal=wachtend.id,
        inwoner=signaal.inwoner,
        inwoner_id=wachtend.inwoner,
        debtsoort=signaal.soort,
        ontvangen_op=wachtend.ontvangen_op,
        contact_voor=settings.contact_voor(now),
        behandelaar=vault.door,
    )


def _still_known(vault: Vault, inwoner: UUID) -> tuple[SituatieVastgelegd, ...]:
    """What an earlier zaak knows of how to call and visit safely; a new zaak must not forget it."""
    earlier = queries.last_zaak_of(vault.connection, inwoner)
    dossier = load(vault.connection, earlier) if earlier else None
    known = dossier is not None and dossier.situatie != Situatie()
    return (SituatieVastgelegd(situatie=dossier.situatie),) if dossier is not None and known else ()


def _grown(vault: Vault, wachtend: Wachtend, settings: Instellingen) -> Dossier | None:
    """The closed zaak of the same debt, when it was taken up lately and the amount is higher now."""
    latest = queries.last_zaak_of(vault.connection, wachtend.inwoner)
    dossier = load(vault.connection, latest) if latest else None
    if dossier is None or dossier.alleen_lezen or dossier.stand.gesloten_op is None:
        return None
    signaal = wachtend.signaal
    earlier = [
        Eerder(vorig.signaaldatum, vorig.opgepakt_op, vorig.bedrag)
        for vorig in dossier.signalen
        if (vorig.signaalpartner, vorig.debtsoort) == (signaal.signaalpartner, signaal.soort) and vorig.opgepakt_op
    ]
    verdict = no_repetition(signaal.signaaldatum, signaal.bedrag, earlier, settings.herhaling_maanden)
    return dossier if verdict is Regel.BEDRAG_HOGER else None


def _open_zaak(vault: Vault, inwoner: UUID) -> tuple[UUID, str] | None:
    zaak = queries.open_zaak_of(vault.connection, inwoner)
    if zaak is None:
        return None
    dossier = load(vault.connection, zaak)
    return (zaak, dossier.nummer) if dossier is not None else None


class _Numbers:
    """Hands out zaak numbers `2024-A0001`: the year, this device's letter, and a count."""

    def __init__(self, vault: Vault, now: datetime) -> None:
        self._prefix = f"{lokale_datum(now).year}-{queries.device_letter(vault.connection)}"
        self._last = queries.last_number(vault.connection, self._prefix)

    def next(self) -> str:
        self._last += 1
        return f"{self._prefix}{self._last:04d}"
