"""The resident's situation as far as it decides how to call, write and visit: no diagnosis, no names of a household."""

from __future__ import annotations

from datetime import date

import msgspec

from db.model.codes import Dagdelen, Huisgenoot, Vertegenwoordiging, Woonsituatie


class Vertegenwoordiger(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who acts for the resident; `post` when letters go to this person, at `adres` (lines as on an envelope)."""

    hoedanigheid: Vertegenwoordiging
    naam: str
    telefoonnummer: str = ""
    adres: str = ""
    post: bool = False


class VeiligContact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the resident can be reached without harm.

    `wanneer` are the cells of the dagdeel grid in which may be called, none meaning any; `telefoonnummer` replaces the
    number of the signal; `neemt_op` are those in the household who may pick up and be asked for the resident.
    """

    wanneer: Dagdelen = Dagdelen(0)
    telefoonnummer: str = ""
    voicemail: bool = True
    neemt_op: tuple[Huisgenoot, ...] = ()
    let_op: str = ""


class Veiligheidsgrens(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A limit for the worker's safety, why, and the day on which somebody looks again whether it is still needed."""

    reden: str
    herzien_op: date


class Situatie(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A resident's situation, whole; a new version replaces the one before.

    `afgeschermd` hides the address behind a reveal with a reason, and stops visits, cards and letters until a
    colleague has checked (handbook section 4, step 2).
    """

    woonsituatie: Woonsituatie | None = None
    instelling: str = ""
    huishouden: tuple[Huisgenoot, ...] = ()
    vertegenwoordigers: tuple[Vertegenwoordiger, ...] = ()
    tolk: bool = False
    tolktaal: str = ""
    veilig_contact: VeiligContact = VeiligContact()
    niet_bezoeken: Veiligheidsgrens | None = None
    niet_alleen: Veiligheidsgrens | None = None
    afgeschermd: bool = False
    wensen: str = ""
