"""How zaken run, week by week: the events that fill a vault of any size with zaken in every stage of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from db.model.bedrag import Bedrag
from db.model.codes import (
    Antwoord,
    Bak,
    Belresultaat,
    BrpUitkomst,
    Contactsoort,
    Dagdelen,
    Eindresultaat,
    Gesprekspartner,
    Terugmeldcode,
)
from db.model.gebeurtenis import (
    AnyInhoud,
    BriefGemaakt,
    BrpGecontroleerd,
    ContactpogingGedaan,
    DossierIngezien,
    EersteGesprekGevoerd,
    Entry,
    HulpaanbodGedaan,
    PlanVanAanpakOpgesteld,
    SignaalGeaccepteerd,
    SignaalOntvangen,
    Terugmelding,
    TerugmeldingVerzonden,
    ZaakAfgesloten,
    ZaakGeopend,
)
from db.model.ids import NAMESPACE, uuid5, uuid7
from db.model.plan import Afspraak, PlanVanAanpak
from db.model.signaal import Signaal, inwoner_id, zaak_id
from desktop.bench.residents import signaal

Act = Callable[[Signaal, date], AnyInhoud]
"""One event of a zaak, from its signal and the day it happens."""

LEVERING = uuid5(NAMESPACE, "levering\nbench")
_CELLS = (Dagdelen.WEEK_OCHTEND, Dagdelen.WEEK_MIDDAG, Dagdelen.WEEK_AVOND)
_NOTE = "Niemand nam op. Later in de week op een ander moment nog eens proberen."


def _seen(_: Signaal, __: date) -> AnyInhoud:
    return DossierIngezien(scherm="zaak")


def _call(attempt: int) -> Act:
    made = ContactpogingGedaan(
        contactsoort=Contactsoort.TELEFOON, bereikt=False, resultaat=Belresultaat.GEEN_GEHOOR,
        dagdeel=_CELLS[attempt % len(_CELLS)], notitie=_NOTE,
    )  # fmt: skip
    return lambda _, __: made


def _promise(_: Signaal, day: date) -> AnyInhoud:
    back = datetime.fromisoformat(f"{day + timedelta(days=3)}T09:00:00+00:00")
    return ContactpogingGedaan(
        contactsoort=Contactsoort.TELEFOON, bereikt=False, resultaat=Belresultaat.TERUGBELLEN,
        dagdeel=Dagdelen.WEEK_OCHTEND, terugbellen_op=back,
    )  # fmt: skip


def _reached(_: Signaal, __: date) -> AnyInhoud:
    return ContactpogingGedaan(
        contactsoort=Contactsoort.TELEFOON, bereikt=True, gesproken_met=Gesprekspartner.INWONER,
        resultaat=Belresultaat.GESPROKEN, dagdeel=Dagdelen.WEEK_AVOND, notitie="Wil er over nadenken. " * 4,
    )  # fmt: skip


def _visit(_: Signaal, __: date) -> AnyInhoud:
    return ContactpogingGedaan(
        contactsoort=Contactsoort.HUISBEZOEK, bereikt=False, resultaat=Belresultaat.NIEMAND_THUIS,
        dagdeel=Dagdelen.WEEK_MIDDAG,
    )  # fmt: skip


def _letter(_: Signaal, __: date) -> AnyInhoud:
    return BriefGemaakt(brief="eerste-brief", tekstversie="a1b2c3d4e5f60718")


def _brp(_: Signaal, day: date) -> AnyInhoud:
    return BrpGecontroleerd(uitkomst=BrpUitkomst.KLOPT, datum=day)


def _offer(antwoord: Antwoord) -> Act:
    def act(_: Signaal, day: date) -> AnyInhoud:
        term = day + timedelta(weeks=4) if antwoord is Antwoord.AANVAARD else None
        return HulpaanbodGedaan(antwoord=antwoord, gesprek_voor=term)

    return act


def _talk(_: Signaal, day: date) -> AnyInhoud:
    return EersteGesprekGevoerd(plan_voor=day + timedelta(weeks=8))


def _plan(_: Signaal, day: date) -> AnyInhoud:
    agreed = Afspraak(wie="inwoner", wat="Zet alle brieven bij elkaar", uiterlijk=day + timedelta(days=14))
    return PlanVanAanpakOpgesteld(versie=1, plan=PlanVanAanpak(afspraken=(agreed,)))


def _close(eindresultaat: Eindresultaat, code: Terugmeldcode) -> Act:
    def act(found: Signaal, day: date) -> AnyInhoud:
        answer = Terugmelding(
            id=uuid5(NAMESPACE, found.id), signaal=found.id, klantnummer=found.klantnummer, code=code, datum=day
        )
        return ZaakAfgesloten(eindresultaat=eindresultaat, terugmeldingen=(answer,))

    return act


def _sent(found: Signaal, _: date) -> AnyInhoud:
    return TerugmeldingVerzonden(levering=LEVERING, terugmeldingen=(uuid5(NAMESPACE, found.id),))


_NO_CONTACT = _close(Eindresultaat.GEEN_CONTACT, Terugmeldcode.GEEN_CONTACT)
_NO_HELP = _close(Eindresultaat.REGELT_ZELF, Terugmeldcode.CONTACT_GEEN_HULP)
_HELPED = _close(Eindresultaat.VERVOLGHULP_FINANCIEEL, Terugmeldcode.HULP)
_ACCEPTED, _DECLINED, _WAITS = map(_offer, (Antwoord.AANVAARD, Antwoord.GEEN_HULP, Antwoord.BEDENKTIJD))
_FIRST, _SECOND, _THIRD = map(_call, range(3))

# What happens in the weeks after a zaak was opened, and how many in twenty go so; the last nine stay open.
_COURSES: tuple[tuple[int, tuple[tuple[Act, ...], ...]], ...] = (
    (6, ((_seen, _FIRST, _letter), (_seen, _SECOND), (_THIRD, _visit), (_brp, _letter, _NO_CONTACT), (_sent,))),
    (4, ((_seen, _FIRST), (_seen, _SECOND, _letter), (_seen, _reached, _DECLINED), (_brp, _seen, _NO_HELP), (_sent,))),
    (1, ((_seen, _FIRST), (_reached, _ACCEPTED), (_seen, _talk), (_seen, _plan, _brp, _letter, _HELPED), (_sent,))),
    (2, ((_seen, _FIRST, _letter), (_seen,))),
    (1, ((_seen,),)),
    (1, ((_seen, _FIRST), (_seen, _promise))),
    (2, ((_seen, _FIRST, _letter), (_seen, _SECOND), (_seen, _THIRD))),
    (1, ((_seen, _FIRST), (_seen, _SECOND, _THIRD), (_seen, _visit, _letter))),
    (1, ((_seen, _FIRST), (_seen, _reached, _WAITS))),
    (1, ((_seen, _FIRST), (_seen, _reached, _ACCEPTED), (_seen, _talk))),
)  # fmt: skip
_BY_NUMBER = tuple(course for share, course in _COURSES for _ in range(share))
_WEEKS = max(len(course) for course in _BY_NUMBER)


def entries_of(numbers: range, week: int, moment: datetime, door: UUID) -> Iterator[Entry]:
    """What happens to these residents in a week after their signals came (0: received and taken up).

    Args:
        numbers: residents, see `residents.signaal`.
        week: 0 up to and including `last_week()`.
        moment: when, aware; signals of week 0 are dated the day before.
        door: who works the zaken.
    """
    day = moment.date()

    def entry(dossier: UUID, inhoud: AnyInhoud) -> Entry:
        return Entry(id=uuid7(lambda: moment), dossier=dossier, op=moment, inhoud=inhoud)

    received = day - timedelta(weeks=week)
    for number in numbers:
        found = signaal(number, received)
        dossier = found.dossier
        zaak = zaak_id(dossier)
        if week == 0:
            yield entry(dossier, _received(found, number))
            yield entry(zaak, _opened(found, dossier, number, moment, door))
            yield entry(dossier, SignaalGeaccepteerd(zaak=zaak))
            continue
        course = _BY_NUMBER[number % len(_BY_NUMBER)]
        for act in course[week - 1] if week <= len(course) else ():
            yield entry(zaak, act(found, day))


def last_week() -> int:
    """The last week in which anything happens to a zaak."""
    return _WEEKS


def _received(found: Signaal, number: int) -> SignaalOntvangen:
    return SignaalOntvangen(
        signaal=found, levering=LEVERING, rij=number + 1, artikel="2.4 lid 1 a", maanden=6, minimum_maanden=5,
        drempel=Bedrag(100_00), bak=Bak.NIEUW,
    )  # fmt: skip


def _opened(found: Signaal, dossier: UUID, number: int, moment: datetime, door: UUID) -> ZaakGeopend:
    return ZaakGeopend(
        nummer=f"{moment.year}-A{number + 1:04d}", signaal=dossier, inwoner=found.inwoner,
        inwoner_id=inwoner_id(found.bron, found.klantnummer, found.inwoner.geboortedatum), debtsoort=found.soort,
        ontvangen_op=moment, contact_voor=moment.date() + timedelta(days=14), behandelaar=door,
    )  # fmt: skip
