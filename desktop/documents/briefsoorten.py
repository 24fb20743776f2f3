"""Which kinds of letter there are, and what each needs; knows nothing of PDF, so that a window may ask at once."""

from __future__ import annotations

from types import MappingProxyType

import msgspec

from db.errors import KnownError


class Briefsoort(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of letter: its slug, its name on a button, what the worker must fill in, and when it may be made.

    `aan_de_deur` is left at the door by the worker, for nobody but the resident; `plan` needs a recorded plan.
    """

    soort: str
    titel: str
    nodig: tuple[str, ...] = ()
    gesloten: bool = False
    gereed: bool = True
    aan_de_deur: bool = False
    plan: bool = False


_KINDS = (
    Briefsoort(soort="eerste-brief", titel="Eerste brief"),
    Briefsoort(soort="waarom-wij-belden", titel="Waarom wij u belden"),
    Briefsoort(soort="aankondiging-huisbezoek", titel="Aankondiging huisbezoek", nodig=("datum", "dagdeel")),
    Briefsoort(soort="kaartje", titel="Kaartje: wij waren bij u", aan_de_deur=True),
    Briefsoort(soort="bevestiging-gesprek", titel="Bevestiging eerste gesprek"),
    Briefsoort(soort="plan-van-aanpak", titel="Plan van aanpak", plan=True),
    Briefsoort(soort="besluit", titel="Besluit", gereed=False),
    Briefsoort(soort="afsluitbrief", titel="Afsluitbrief", gesloten=True),
    Briefsoort(soort="toestemming", titel="Toestemming om gegevens door te geven", nodig=("aan",)),
    Briefsoort(soort="doorverwijzing", titel="Doorverwijzing", gereed=False),
)
_BY_NAME = MappingProxyType({kind.soort: kind for kind in _KINDS})


def kinds() -> tuple[Briefsoort, ...]:
    """Every kind of letter, those that come later too (`gereed` is False)."""
    return _KINDS


def kind_of(soort: str) -> Briefsoort:
    """The kind with that slug.

    Raises:
        KnownError: BRIEFSOORT_ONBEKEND, or NOG_NIET_BESCHIKBAAR for a kind that comes later.
    """
    kind = _BY_NAME.get(soort)
    if kind is None:
        raise KnownError("BRIEFSOORT_ONBEKEND", bekend=", ".join(_BY_NAME))
    if not kind.gereed:
        raise KnownError("NOG_NIET_BESCHIKBAAR", wat=kind.titel)
    return kind


def titel_van(soort: str) -> str:
    """The name of a kind; the slug itself for one that this program does not know."""
    kind = _BY_NAME.get(soort)
    return kind.titel if kind else soort
