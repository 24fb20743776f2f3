"""Visits: planning one, calling it off, and the order in which a day's doors are walked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.codes import Bezoekdoel, Dagdeel
from db.model.gebeurtenis import BezoekAfgezegd, BezoekGepland
from db.queries.dossier import Dossier
from db.queries.zaken import Stand, ZaakRegel
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note, perform, require_open

_ORDER = tuple(Dagdeel)
_HOUSE = re.compile(r"(.*)\s([0-9]{1,9})(.*)", re.DOTALL)
"""Street, house number as a number, and its additions."""


def why_no_visit(stand: Stand, met: str = "") -> Regel | None:
    """The rule that stands in the way of a visit now, or None (handbook section 4, step 2).

    `met` is the colleague who comes along; without one, a resident who must not be visited alone is not visited.
    """
    if stand.adres_geblokkeerd:
        return Regel.ADRES_GEHEIM
    if stand.niet_bezoeken is not None:
        return Regel.NIET_BEZOEKEN
    return Regel.NIET_ALLEEN if stand.niet_alleen is not None and not met.strip() else None


def plan_bezoek(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    datum: date,
    dagdeel: Dagdeel,
    doel: Bezoekdoel = Bezoekdoel.HUISBEZOEK,
    tijd: str = "",
    aangekondigd: bool = False,
    met: str = "",
) -> Changes:
    """Plan a visit by day and dagdeel; it replaces the plan there was. `tijd` is empty or `14:30`.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, DATUM_VOORBIJ, TIJD_ONGELDIG, ADRES_GEHEIM, NIET_BEZOEKEN, NIET_ALLEEN.
    """

    def decide(dossier: Dossier, _: Instellingen, happened: datetime) -> BezoekGepland:
        require_open(dossier)
        reason = why_no_visit(dossier.stand, met)
        if reason is not None:
            raise RegelOvertreding(reason, zaak=dossier.nummer)
        if datum < lokale_datum(happened):
            raise RegelOvertreding(Regel.DATUM_VOORBIJ, zaak=dossier.nummer)
        if tijd and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", tijd, re.ASCII):
            raise RegelOvertreding(Regel.TIJD_ONGELDIG, zaak=dossier.nummer)
        return BezoekGepland(
            doel=doel, datum=datum, dagdeel=dagdeel, tijd=tijd, aangekondigd=aangekondigd, met=checked_note(met)
        )

    return perform(vault, zaak, event_id, decide)


def cancel_bezoek(vault: Vault, zaak: UUID, *, event_id: UUID, reden: str = "") -> Changes:
    """Call a planned visit off.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, GEEN_BEZOEK_GEPLAND.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> BezoekAfgezegd:
        require_open(dossier)
        if dossier.stand.bezoek is None:
            raise RegelOvertreding(Regel.GEEN_BEZOEK_GEPLAND, zaak=dossier.nummer)
        return BezoekAfgezegd(reden=checked_note(reden))

    return perform(vault, zaak, event_id, decide)


def walking_order(regels: Iterable[ZaakRegel]) -> tuple[ZaakRegel, ...]:
    """Doors as one walks past them: by dagdeel and agreed time, then postcode, street and house number as a number."""
    return tuple(sorted(regels, key=_door))


def _door(regel: ZaakRegel) -> tuple[object, ...]:
    planned = regel.stand.bezoek
    when = (_ORDER.index(planned.dagdeel), planned.tijd) if planned else (len(_ORDER), "")
    found = _HOUSE.fullmatch(regel.straatregel)
    street, number, rest = (found[1], int(found[2]), found[3]) if found else (regel.straatregel, 0, "")
    return (*when, regel.postcode, street, number, rest, regel.id)
