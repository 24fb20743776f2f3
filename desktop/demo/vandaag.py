"""What the day of the demo has in its diary: visits in the afternoon, a situation that steers, a stranger who rang."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.model.codes import Dagdeel, Stap
from db.model.situatie import Situatie, VeiligContact, Veiligheidsgrens
from db.queries import zaken
from db.vault import Vault
from desktop.casework import bezoek, instellingen
from desktop.casework.kalender import dagdelen_cell, lokale_datum
from desktop.casework.situatie import record_situatie
from desktop.casework.terugbellen import note_terugbelverzoek

_COLLEGA = "T. Visser"


class _Bezoek(msgspec.Struct, frozen=True):
    """How a visit was planned."""

    tijd: str = ""
    aangekondigd: bool = False
    met: str = ""
    niet_alleen: str = ""


_BEZOEKEN = (
    _Bezoek(met=_COLLEGA, niet_alleen="Hond loopt los."),
    _Bezoek(aangekondigd=True),
    _Bezoek(tijd="15:30"),
)


def story(vault: Vault, ochtend: datetime) -> Iterator[datetime]:
    """Plan the visits of an afternoon and note who rang, at a moment in the morning."""
    yield ochtend
    settings = instellingen.load(vault.connection)
    regels, _ = zaken.step_page(
        vault.connection, Stap.HUISBEZOEK, pogingen=settings.pogingen, dagdelen=settings.dagdelen, limiet=20
    )
    planned = iter(_BEZOEKEN)
    wish = next(planned, None)
    for regel in regels:
        if wish is None:
            break
        if _plan(vault, regel.id, wish):
            wish = next(planned, None)
    yield ochtend + timedelta(minutes=40)
    to_call = zaken.to_call(
        vault.connection, dagdelen_cell(vault.clock()), pogingen=settings.pogingen, dagdelen=settings.dagdelen, limiet=1
    )
    for regel in to_call:
        careful = VeiligContact(let_op="Bel niet vóór 14 uur: dan slaapt de baby.", voicemail=False)
        situatie = Situatie(tolk=True, tolktaal="Pools", veilig_contact=careful)
        record_situatie(vault, regel.id, event_id=vault.new_id(), situatie=situatie)
    yield ochtend + timedelta(minutes=95)
    note_terugbelverzoek(
        vault,
        event_id=vault.new_id(),
        naam="mevrouw De Jong",
        telefoonnummer="050-5550166",
        wanneer="na 16 uur",
        notitie="Kreeg een brief voor iemand die daar niet woont.",
    )


def _plan(vault: Vault, zaak: UUID, wish: _Bezoek) -> bool:
    """Whether this resident may be visited so; most may."""
    today = lokale_datum(vault.clock())
    try:
        if wish.niet_alleen:
            limit = Veiligheidsgrens(reden=wish.niet_alleen, herzien_op=today + timedelta(days=90))
            record_situatie(vault, zaak, event_id=vault.new_id(), situatie=Situatie(niet_alleen=limit))
        bezoek.plan_bezoek(
            vault, zaak, event_id=vault.new_id(), datum=today, dagdeel=Dagdeel.MIDDAG,
            tijd=wish.tijd, aangekondigd=wish.aangekondigd, met=wish.met,
        )  # fmt: skip
    except RegelOvertreding:
        return False
    return True
