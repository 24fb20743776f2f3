"""The vaste aantal: how many signals of a kind a month takes in, and who goes first when more come (handbook 1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from uuid import UUID

import msgspec

from db.journal import TEAM
from db.model.codes import Quotumregel, Vrijgave
from db.model.gebeurtenis import Entry, QuotumToegepast, SignaalVrijgegeven
from db.queries import signalen as queries
from db.queries.signalen import Kandidaat
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, lokale_datum


class Verdeling(msgspec.Struct, frozen=True):
    """Who may come in now and who waits, each by the id of the signal."""

    gekozen: frozenset[UUID]
    wachten: frozenset[UUID]


class Ruimte(msgspec.Struct, frozen=True, kw_only=True):
    """What the month still takes in of one kind; `vast_aantal` None is without a limit."""

    soort: str
    maand: str
    vast_aantal: int | None
    gebruikt: int

    @property
    def plaatsen(self) -> int | None:
        """How many more may come in this month; None is any number."""
        return None if self.vast_aantal is None else max(0, self.vast_aantal - self.gebruikt)


def divide(kandidaten: Collection[Kandidaat], plaatsen: int | None, regel: Quotumregel) -> Verdeling:
    """Who of these comes in, when so many may. Pure, and the same whatever order they come in.

    Oldest claim first, then the highest amount, or the other way round; equal ones by their own id.
    """

    def oldest(one: Kandidaat) -> tuple[date, int, str]:
        return one.ontstaansdatum, -one.bedrag, one.signaal

    def highest(one: Kandidaat) -> tuple[int, date, str]:
        return -one.bedrag, one.ontstaansdatum, one.signaal

    order = sorted(kandidaten, key=oldest) if regel is Quotumregel.OUDSTE_VORDERING else sorted(kandidaten, key=highest)
    first = len(order) if plaatsen is None else plaatsen
    return Verdeling(
        frozenset(one.id for one in order[:first]),
        frozenset(one.id for one in order[first:]),
    )


def ruimte(vault: Vault, settings: Instellingen, soort: str) -> Ruimte:
    """What this month still takes in of a kind."""
    since, until = _month(vault.clock())
    return Ruimte(
        soort=soort,
        maand=maand_van(vault.clock()),
        vast_aantal=settings.vast_aantal(soort),
        gebruikt=queries.gebruikt(vault.connection, soort, since, until),
    )


def maand_van(moment: datetime) -> str:
    """The month in which a moment falls in the Netherlands: `2024-05`."""
    return f"{lokale_datum(moment):%Y-%m}"


def choose(
    vault: Vault, settings: Instellingen, soort: str, nieuw: Iterable[Kandidaat] = ()
) -> tuple[Verdeling, list[Entry]]:
    """Who of the new signals of one kind and of those that wait comes in, and the events that tell it.

    The events concern those that waited, and the choice itself; the caller gives the new ones their tray.
    """
    place = ruimte(vault, settings, soort)
    waiting = queries.wachtenden(vault.connection, soort)
    verdeling = divide((*nieuw, *waiting), place.plaatsen, settings.quotum_keuze)
    now = vault.clock()
    entries = [released(vault, one.id, Vrijgave.VAST_AANTAL) for one in waiting if one.id in verdeling.gekozen]
    if place.vast_aantal is not None and (verdeling.wachten or entries):
        inhoud = QuotumToegepast(
            debtsoort=soort, maand=place.maand, vast_aantal=place.vast_aantal, gebruikt=place.gebruikt,
            gekozen=len(verdeling.gekozen), wachten=len(verdeling.wachten), regel=settings.quotum_keuze,
        )  # fmt: skip
        entries.append(Entry(id=vault.new_id(), dossier=TEAM, op=now, inhoud=inhoud))
    return verdeling, entries


def released(vault: Vault, signaal: UUID, reden: Vrijgave) -> Entry:
    """The event that a signal waits no longer."""
    now = vault.clock()
    inhoud = SignaalVrijgegeven(maand=maand_van(now), reden=reden)
    return Entry(id=vault.new_id(), dossier=signaal, op=now, inhoud=inhoud)


def fill(vault: Vault) -> int:
    """Let in whoever waits and fits in this month; returns how many."""
    settings = instellingen.load(vault.connection)
    entries: list[Entry] = []
    for soort in queries.wachtende_soorten(vault.connection):
        verdeling, made = choose(vault, settings, soort)
        if verdeling.gekozen:
            entries += made
    vault.journal.append(entries, door=vault.door)
    return sum(isinstance(entry.inhoud, SignaalVrijgegeven) for entry in entries)


def _month(moment: datetime) -> tuple[datetime, datetime]:
    """The first moment of the month in the Netherlands, and of the next one."""
    day = lokale_datum(moment)
    following = (day.year + day.month // 12, day.month % 12 + 1)
    return (
        datetime.combine(date(day.year, day.month, 1), time(), AMSTERDAM),
        datetime.combine(date(*following, 1), time(), AMSTERDAM),
    )
