"""What a worker says on the phone, per person on the line and kind of debt; the words stand in `bellen.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

import resources

REKENING = "rekening"
"""The place in a sentence where the words of the kind of debt come."""
VELDEN = frozenset(
    {
        "groet", "naam", "medewerker", "achternaam", "gemeente", "nummer", "eigen_nummer", "dag",
        "vertegenwoordiger", "taal",
    }
)  # fmt: skip
"""What a sentence may have filled in, beside the kind of debt."""


class Gesprek(StrEnum):
    """Whom the worker has on the line, or what is about to be said."""

    BEGIN = "begin"
    INKOMEND = "inkomend"
    INWONER = "inwoner"
    VOICEMAIL = "voicemail"
    GEEN_VOICEMAIL = "geen-voicemail"
    ANDER = "ander"
    RECEPTIE = "receptie"
    CURATOR = "curator"
    BEWINDVOERDER = "bewindvoerder"
    GEMACHTIGDE = "gemachtigde"
    MENTOR = "mentor"
    TOLK = "tolk"
    TOLK_NODIG = "tolk-nodig"
    WIL_NIET = "wil-niet"
    TERUGBELLEN = "terugbellen"


@dataclass(frozen=True)
class Situatieblok:
    """The words for one person on the line, as they stand in the file."""

    kop: str
    doe: str
    zeg: list[str]
    belofte: str = ""
    rekening: bool = False


@dataclass(frozen=True)
class Soortblok:
    """The words for one kind of debt, and what to think of in the talk."""

    rekening: str
    vraag: str


@dataclass(frozen=True)
class Belscript:
    """What to do and what to say aloud, filled in; `vraag` is empty where no debt may be spoken of."""

    kop: str
    doe: str
    zeg: str
    vraag: str = ""


@dataclass(frozen=True)
class Bestand:
    """The whole file."""

    situaties: dict[Gesprek, Situatieblok] = field(default_factory=dict)
    soorten: dict[str, Soortblok] = field(default_factory=dict)


def belscript(gesprek: Gesprek, soorten: Iterable[str], velden: Mapping[str, str]) -> Belscript:
    """The script for a talk about debts of these kinds.

    Args:
        gesprek: who is on the line.
        soorten: the kinds of debt; only told where the situation allows it.
        velden: a text for each of `VELDEN`; an empty `dag` leaves the promise out.

    Raises:
        KeyError: for a kind or a field without words; a test walks them all.
    """
    found, kinds = bestand().situaties[gesprek], bestand().soorten
    spoken = [*found.zeg, *([found.belofte] if found.belofte and velden["dag"] else [])]
    if not found.rekening:
        return Belscript(found.kop.format(**velden), found.doe.format(**velden), " ".join(spoken).format(**velden))
    debts = [kinds[soort] for soort in dict.fromkeys(soorten)]
    filled = {**velden, REKENING: " en ".join(debt.rekening for debt in debts)}
    return Belscript(
        found.kop.format(**filled),
        found.doe.format(**filled),
        " ".join(spoken).format(**filled),
        " ".join(dict.fromkeys(debt.vraag for debt in debts)),
    )


@cache
def bestand() -> Bestand:
    """The file as it stands."""
    read = tomllib.loads(resources.read_text("scripts/bellen.toml"))
    return Bestand(
        {Gesprek(name): Situatieblok(**block) for name, block in read["situatie"].items()},
        {name: Soortblok(**block) for name, block in read["soort"].items()},
    )
