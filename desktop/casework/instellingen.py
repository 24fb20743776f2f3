"""Settings of one vault: their names, their defaults and what they accept."""

from __future__ import annotations

import base64
import binascii
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import msgspec

from db.errors import KnownError
from db.journal import TEAM, Changes
from db.model.codes import Quotumregel
from db.model.gebeurtenis import Entry, InstellingGewijzigd
from db.queries.instellingen import recorded
from db.vault import Vault
from desktop.casework.kalender import lokale_datum
from desktop.casework.rulebook import regelboek

GEMEENTEN = MappingProxyType({"0363": "Amsterdam", "0014": "Groningen", "0855": "Tilburg", "0637": "Zoetermeer"})
"""The municipalities of TRSB 2.4 lid 2, by GM code."""

_LOGO_MAX = 100_000
"""Bytes of a picture on letters."""

_TEAM_NUMBERS = {"0363": "14 020", "0014": "14 050", "0855": "14 013", "0637": "14 079"}


class Instellingen(msgspec.Struct, frozen=True, kw_only=True):
    """The settings as the program uses them; the comment says what each decides."""

    gemeente: str  # GM code; set when the vault is made
    proef: bool  # a trial vault: synthetic people, no approvals, "Proef" on paper
    pogingen: int = 3  # calls before a visit
    dagdelen: int = 2  # different dagdelen among those calls
    bezoek_aankondigen: bool = True  # a visit is announced by letter, unless the worker says otherwise
    bezoek_samen: bool = False  # two people go
    contact_dagen: int = 14  # days from oppakken to the first attempt
    gesprek_weken: int = 4  # WGS 4 lid 1
    dreiging_werkdagen: int = 3  # WGS 4 lid 2
    te_laat_werkdagen: int = 10  # first talk when the help was accepted after the term
    plan_weken: int = 8  # WGS 4a lid 3: at most eight, as the by-law says
    brief_werkdagen: int = 10  # between a letter or card and "geen contact"
    herhaling_maanden: int = 6  # window of a herhaalde melding
    vaste_aantallen: str = ""  # signals per month and kind: "wlz=20 wmo-abonnementstarief=40"; others without limit
    quotum_keuze: Quotumregel = Quotumregel.OUDSTE_VORDERING  # who goes first within the vaste aantal
    herstelblad_bevestigd: str = ""  # who put the recovery sheet away, and when; a trial vault needs none
    slot_seconden: int = 300  # idle time until the vault locks
    volledige_set: bool = False  # the full set of codes may leave for the CAK
    volledige_set_akkoord: str = ""  # name and date of the FG who approved it
    team_nummer: str = ""  # the team's telephone number
    direct_nummer: str = ""  # the worker's own number
    werkdagen: str = "maandag tot en met vrijdag"
    gemeente_adres: str = ""  # sender on letters
    fg_contact: str = ""  # functionaris gegevensbescherming
    briefhoofd: str = ""  # a line below the name of the municipality on letters
    logo: str = ""  # on letters instead of that name: a PNG or JPEG in base64
    venster: str = "links"  # on which side the envelopes have their window
    mandaat: str = ""  # in whose name a decision is signed
    bezwaar_adres: str = ""  # where an objection goes; the address of the municipality when empty
    cak_werkelijk: str = ""  # procedures per half-year from the CAK: "2024-1=210 2024-2=380"

    @property
    def gemeentenaam(self) -> str:
        """The municipality as one writes it."""
        return GEMEENTEN.get(self.gemeente, self.gemeente)

    @property
    def teamnummer(self) -> str:
        """The number a resident can always call."""
        return self.team_nummer or _TEAM_NUMBERS.get(self.gemeente, "")

    @property
    def logobestand(self) -> bytes:
        """The picture on letters; empty when there is none."""
        return base64.b64decode(self.logo)

    def contact_voor(self, opgepakt: datetime) -> date:
        """The day before which contact must be sought about what was taken up, or opened again, at this moment."""
        return lokale_datum(opgepakt) + timedelta(days=self.contact_dagen)

    def vast_aantal(self, soort: str) -> int | None:
        """How many signals of this kind a month takes in; None when there is no limit."""
        fixed = dict(pair.split("=") for pair in self.vaste_aantallen.split())
        return int(fixed[soort]) if soort in fixed else None


def _number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise KnownError("INSTELLING_ONGELDIG", verwacht=f"{low}-{high}")
        return int(text)

    return parse


def _yes_no(text: str) -> bool:
    if text not in {"ja", "nee"}:
        raise KnownError("INSTELLING_ONGELDIG", verwacht="ja/nee")
    return text == "ja"


def _text(text: str) -> str:
    if len(text) > 500 or not text.isprintable():  # noqa: PLR2004  # a setting stands on a letter
        raise KnownError("INSTELLING_ONGELDIG", verwacht="tekst")
    return text


def _picture(text: str) -> str:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KnownError("INSTELLING_ONGELDIG", verwacht="PNG/JPEG") from error
    if content and (len(content) > _LOGO_MAX or not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))):
        raise KnownError("INSTELLING_ONGELDIG", verwacht="PNG/JPEG")
    return text


def picture_of(path: Path) -> str:
    """The picture in a file, as the setting `logo` holds it.

    Raises:
        KnownError: BESTAND_ONLEESBAAR, and INSTELLING_ONGELDIG when it is no PNG or JPEG, or too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LOGO_MAX + 1)
    except OSError as error:
        raise KnownError("BESTAND_ONLEESBAAR", oorzaak=type(error).__name__) from error
    return _picture(base64.b64encode(content).decode("ascii"))


def _side(text: str) -> str:
    if text not in {"links", "rechts"}:
        raise KnownError("INSTELLING_ONGELDIG", verwacht="links/rechts")
    return text


def _figures_per_half(text: str) -> str:
    if not re.fullmatch(r"(20[0-9]{2}-[12]=[0-9]{1,6}( +|$))*", text, re.ASCII):
        raise KnownError("INSTELLING_ONGELDIG", verwacht="2024-1=210 2024-2=380")
    return text


def _numbers_per_kind(text: str) -> str:
    kinds = [regel.soort for regel in regelboek().regels if regel.intake]
    found = [pair.partition("=") for pair in text.split()]
    named = [soort for soort, _, _ in found]
    fits = all(number.isascii() and number.isdigit() and len(number) <= 5 for _, _, number in found)  # noqa: PLR2004  # digits
    if not fits or len(set(named)) != len(named) or not set(named) <= set(kinds):
        raise KnownError("INSTELLING_ONGELDIG", verwacht=" ".join(f"{soort}=40" for soort in kinds))
    return text


def _quotum_rule(text: str) -> Quotumregel:
    if text not in set(Quotumregel):
        raise KnownError("INSTELLING_ONGELDIG", verwacht="/".join(Quotumregel))
    return Quotumregel(text)


_PARSERS: dict[str, Callable[[str], object]] = {
    "pogingen": _number(1, 10),
    "dagdelen": _number(1, 3),
    "bezoek_aankondigen": _yes_no,
    "bezoek_samen": _yes_no,
    "contact_dagen": _number(1, 60),
    "gesprek_weken": _number(1, 4),
    "dreiging_werkdagen": _number(1, 3),
    "te_laat_werkdagen": _number(1, 20),
    "plan_weken": _number(1, 8),
    "brief_werkdagen": _number(0, 60),
    "herhaling_maanden": _number(1, 12),
    "vaste_aantallen": _numbers_per_kind,
    "quotum_keuze": _quotum_rule,
    "herstelblad_bevestigd": _text,
    "slot_seconden": _number(30, 900),
    "volledige_set": _yes_no,
    "volledige_set_akkoord": _text,
    "team_nummer": _text,
    "direct_nummer": _text,
    "werkdagen": _text,
    "gemeente_adres": _text,
    "fg_contact": _text,
    "briefhoofd": _text,
    "logo": _picture,
    "venster": _side,
    "mandaat": _text,
    "bezwaar_adres": _text,
    "cak_werkelijk": _figures_per_half,
}
_FIXED = {"gemeente": _text, "proef": _yes_no}

NAMES = (*_FIXED, *_PARSERS)
"""Every setting, the two fixed ones first."""


def load(connection: sqlite3.Connection) -> Instellingen:
    """The settings of this vault, defaults included."""
    parsers = _FIXED | _PARSERS
    values = {name: parsers[name](text) for name, text in recorded(connection).items() if name in parsers}
    return msgspec.convert(values, Instellingen)


def require_recovery_sheet(instellingen: Instellingen) -> None:
    """No signal is read in before somebody put the recovery sheet away; a trial vault needs none.

    Raises:
        KnownError: HERSTELBLAD_NIET_BEVESTIGD.
    """
    if not instellingen.proef and not instellingen.herstelblad_bevestigd:
        raise KnownError("HERSTELBLAD_NIET_BEVESTIGD")


def as_text(instellingen: Instellingen, naam: str) -> str:
    """One setting as the command line writes it: `ja`, `3`, text.

    Raises:
        KnownError: INSTELLING_ONBEKEND.
    """
    if naam not in NAMES:
        raise KnownError("INSTELLING_ONBEKEND", naam=naam)
    value = getattr(instellingen, naam)
    return ("ja" if value else "nee") if isinstance(value, bool) else str(value)


def change(vault: Vault, naam: str, waarde: str) -> Changes:
    """Give a setting another value; the log keeps both.

    Raises:
        KnownError: INSTELLING_ONBEKEND, INSTELLING_VAST, INSTELLING_ONGELDIG, AKKOORD_ONTBREEKT.
    """
    current = load(vault.connection)
    was = as_text(current, naam)
    if naam in _FIXED:
        raise KnownError("INSTELLING_VAST", naam=naam)
    _PARSERS[naam](waarde)
    full_set_without_approval = naam == "volledige_set" and waarde == "ja" and not current.volledige_set_akkoord
    if full_set_without_approval and not current.proef:
        raise KnownError("AKKOORD_ONTBREEKT", naam="volledige_set_akkoord")
    inhoud = InstellingGewijzigd(naam=naam, waarde=waarde, was=was)
    entry = Entry(id=vault.new_id(), dossier=TEAM, op=vault.clock(), inhoud=inhoud)
    return vault.journal.append([entry], door=vault.door)
