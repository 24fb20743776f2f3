"""The plan van aanpak (WGS 4a): debts, income, and who does what by when."""

from __future__ import annotations

from datetime import date

import msgspec

from db.model.bedrag import Bedrag


class Schuld(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One debt: to whom, how much is left, and what was arranged."""

    schuldeiser: str
    bedrag: Bedrag
    regeling: str = ""


class Afspraak(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agreement: who does what by when."""

    wie: str
    wat: str
    uiterlijk: date
    gedaan: bool = False


class PlanVanAanpak(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole plan; a new version carries whole values. Amounts in cents, per month where said."""

    schulden: tuple[Schuld, ...] = ()
    inkomen_per_maand: Bedrag | None = None
    vaste_lasten_per_maand: Bedrag | None = None
    afspraken: tuple[Afspraak, ...] = ()
    evaluatiedatum: date | None = None
    toelichting: str = ""

    @property
    def totaal(self) -> Bedrag:
        """Sum of all debts in cents."""
        return Bedrag(sum(schuld.bedrag for schuld in self.schulden))
