"""A plan van aanpak from a JSON file, as a colleague or a script delivers it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from db.errors import KnownError
from db.model.bedrag import Bedrag
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from desktop.intake.velden import MAX_CENT

_MAX_BYTES = 1_000_000
_CENT = Decimal("0.01")


class _Schuld(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schuldeiser: str
    bedrag: Decimal
    regeling: str = ""


class _Afspraak(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wie: str
    wat: str
    uiterlijk: date
    gedaan: bool = False


class _Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schulden: tuple[_Schuld, ...] = ()
    inkomen_per_maand: Decimal | None = None
    vaste_lasten_per_maand: Decimal | None = None
    afspraken: tuple[_Afspraak, ...] = ()
    evaluatiedatum: date | None = None
    toelichting: str = ""


_decoder = msgspec.json.Decoder(_Plan)


def read_plan(content: bytes) -> PlanVanAanpak:
    """A plan out of JSON in UTF-8, amounts in euros.

    All of it may be absent: `schulden` (schuldeiser, bedrag, regeling), `inkomen_per_maand`,
    `vaste_lasten_per_maand`, `afspraken` (wie, wat, uiterlijk, gedaan), `evaluatiedatum`, `toelichting`.

    Raises:
        KnownError: PLAN_ONGELDIG with the place in the file.
    """
    if len(content) > _MAX_BYTES:
        raise KnownError("PLAN_ONGELDIG", plaats="bestand te groot")
    try:
        plan = _decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise KnownError("PLAN_ONGELDIG", plaats=_place(error)) from None
    return PlanVanAanpak(
        schulden=tuple(
            Schuld(
                schuldeiser=debt.schuldeiser,
                bedrag=_cents(debt.bedrag, f"schulden[{row}].bedrag"),
                regeling=debt.regeling,
            )
            for row, debt in enumerate(plan.schulden)
        ),
        inkomen_per_maand=_optional(plan.inkomen_per_maand, "inkomen_per_maand"),
        vaste_lasten_per_maand=_optional(plan.vaste_lasten_per_maand, "vaste_lasten_per_maand"),
        afspraken=tuple(
            Afspraak(wie=made.wie, wat=made.wat, uiterlijk=made.uiterlijk, gedaan=made.gedaan)
            for made in plan.afspraken
        ),
        evaluatiedatum=plan.evaluatiedatum,
        toelichting=plan.toelichting,
    )


def _optional(amount: Decimal | None, place: str) -> Bedrag | None:
    return None if amount is None else _cents(amount, place)


def _cents(amount: Decimal, place: str) -> Bedrag:
    # Bounded before anything is computed with it: JSON may write 1e999999999.
    if not (amount.is_finite() and 0 <= amount <= MAX_CENT // 100) or amount != amount.quantize(_CENT):
        raise KnownError("PLAN_ONGELDIG", plaats=place)
    return Bedrag(int(amount * 100))


def _place(error: Exception) -> str:
    """Where in the file, without what stands there: msgspec ends its message with the path."""
    if not isinstance(error, msgspec.ValidationError):
        return "geen geldige JSON"
    path = str(error).partition(" - at `")[2].rstrip("`").removeprefix("$.")
    return path or "een veld is onbekend of ontbreekt"
