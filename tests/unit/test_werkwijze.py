"""Visits, situation, hidden address, agreements, aftercare, call-backs, undoing: what may happen and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from db.errors import RegelOvertreding
from db.integrity import digests, rebuilt_digests
from db.model.bedrag import Bedrag
from db.model.codes import (
    Antwoord,
    Belresultaat,
    Bezoekdoel,
    BrpUitkomst,
    Contactsoort,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Gelukt,
    Gesprekspartner,
    Oordeel,
    Stap,
    Vertegenwoordiging,
)
from db.model.gebeurtenis import ContactpogingGedaan, HulpaanbodGedaan, OngedaanGemaakt, ZaakAfgesloten
from db.model.plan import Afspraak, PlanVanAanpak
from db.model.situatie import Situatie, VeiligContact, Veiligheidsgrens, Vertegenwoordiger
from db.queries import inzage, outbox, terugbellen, zaken
from desktop.casework import afsluiten, bezoek, contact, hulp, ongedaan, situatie, workflow
from desktop.casework import terugbellen as verzoeken
from tests.casework_steps import Werk

LATER = date(2024, 11, 1)


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    yield world
    world.close()


def refused(act: Callable[..., object], *arguments: Any, **fields: Any) -> str:  # noqa: ANN401  # arguments of any action
    """The rule that refuses this."""
    with pytest.raises(RegelOvertreding) as error:
        act(*arguments, **fields)
    return error.value.code


def plan(werk: Werk, zaak: UUID, datum: date, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
    fields = {"dagdeel": Dagdeel.MIDDAG} | fields
    bezoek.plan_bezoek(werk.vault, zaak, event_id=werk.vault.new_id(), datum=datum, **fields)


def situate(werk: Werk, zaak: UUID, **fields: Any) -> None:  # noqa: ANN401  # fields of a situation
    situatie.record_situatie(werk.vault, zaak, event_id=werk.vault.new_id(), situatie=Situatie(**fields))


def undo(werk: Werk, zaak: UUID) -> None:
    ongedaan.undo(werk.vault, zaak, event_id=werk.vault.new_id())


def stap(werk: Werk, zaak: UUID) -> Stap:
    """The step, the same in the dossier and in the lists."""
    found = workflow.stap(werk.dossier(zaak).stand, werk.instellingen)
    assert zaken.stap_of(werk.vault.connection, zaak, pogingen=3, dagdelen=2) is found
    return found


# --- visits -------------------------------------------------------------------------------------------------


def test_a_planned_visit_stands_on_its_day_until_it_was_made(werk: Werk) -> None:
    zaak, other = werk.zaak(), werk.zaak()
    plan(werk, zaak, date(2024, 5, 9), met="T. Visser", aangekondigd=True)
    plan(werk, other, date(2024, 5, 10))
    (found,) = zaken.visits(werk.vault.connection, tot_en_met=date(2024, 5, 9))
    assert (found.id, found.stand.bezoek.met if found.stand.bezoek else "") == (zaak, "T. Visser")
    werk.klok.set(2024, 5, 9, 14)
    werk.contact(zaak, Contactsoort.HUISBEZOEK, resultaat=Belresultaat.NIEMAND_THUIS, kaartje=True)
    assert zaken.visits(werk.vault.connection, tot_en_met=date(2024, 5, 9)) == ()
    assert werk.dossier(zaak).stand.brief_op is not None, "the card counts as one"


def test_a_visit_is_not_planned_for_a_day_that_is_over_or_a_time_that_is_none(werk: Werk) -> None:
    zaak = werk.zaak()
    assert refused(plan, werk, zaak, date(2024, 5, 6)) == "DATUM_VOORBIJ"
    assert refused(plan, werk, zaak, date(2024, 5, 8), tijd="25:00") == "TIJD_ONGELDIG"
    plan(werk, zaak, date(2024, 5, 8), tijd="14:30", doel=Bezoekdoel.EERSTE_GESPREK)
    bezoek.cancel_bezoek(werk.vault, zaak, event_id=werk.vault.new_id())
    assert refused(bezoek.cancel_bezoek, werk.vault, zaak, event_id=werk.vault.new_id()) == "GEEN_BEZOEK_GEPLAND"


def test_doors_come_in_walking_order(werk: Werk) -> None:
    homes = (("9711NS", "Oosterstraat", "100"), ("9711NS", "Oosterstraat", "9"), ("9701AA", "Zuiderdiep", "4"))
    doors = [werk.zaak(postcode=code, straatnaam=street, huisnummer=number) for code, street, number in homes]
    for door in doors:
        plan(werk, door, date(2024, 5, 8))
    early = werk.zaak(postcode="9799ZZ")
    plan(werk, early, date(2024, 5, 8), dagdeel=Dagdeel.OCHTEND)
    walked = bezoek.walking_order(zaken.visits(werk.vault.connection, tot_en_met=date(2024, 5, 8)))
    assert [regel.id for regel in walked] == [early, doors[2], doors[1], doors[0]]


# --- the situation ------------------------------------------------------------------------------------------


def test_who_must_not_be_visited_is_called_and_written_to(werk: Werk) -> None:
    zaak = werk.zaak()
    situate(werk, zaak, niet_bezoeken=Veiligheidsgrens(reden="Vroeg erom.", herzien_op=LATER))
    assert refused(plan, werk, zaak, date(2024, 5, 8)) == "NIET_BEZOEKEN"
    werk.calls_in_vain(zaak)
    assert stap(werk, zaak) is Stap.AFSLUITEN
    werk.letter(zaak)
    werk.klok.forward(days=30)
    assert Eindresultaat.GEEN_CONTACT in werk.allowed(zaak)


def test_who_must_not_be_visited_alone_is_visited_with_a_colleague(werk: Werk) -> None:
    zaak = werk.zaak()
    situate(werk, zaak, niet_alleen=Veiligheidsgrens(reden="Hond.", herzien_op=LATER))
    assert refused(plan, werk, zaak, date(2024, 5, 8)) == "NIET_ALLEEN"
    plan(werk, zaak, date(2024, 5, 8), met="T. Visser")


def test_a_limit_needs_a_reason_and_a_day_ahead_but_may_outlive_it(werk: Werk) -> None:
    zaak = werk.zaak()
    limit = Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 5, 8))
    assert refused(situate, werk, zaak, niet_alleen=Veiligheidsgrens(reden=" ", herzien_op=LATER)) == "GEEN_REDEN"
    past = Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 5, 6))
    assert refused(situate, werk, zaak, niet_alleen=past) == "DATUM_VOORBIJ"
    situate(werk, zaak, niet_alleen=limit)
    werk.klok.set(2024, 6, 1)
    situate(werk, zaak, niet_alleen=limit, tolk=True)
    assert refused(plan, werk, zaak, date(2024, 6, 3)) == "NIET_ALLEEN"


def test_a_hidden_address_waits_for_a_colleague(werk: Werk) -> None:
    for hidden in ("afgeschermd", "geheim"):
        zaak = werk.zaak()
        if hidden == "geheim":
            werk.brp(zaak, BrpUitkomst.GEHEIM)
        else:
            situate(werk, zaak, afgeschermd=True)
        assert refused(plan, werk, zaak, date(2024, 5, 8)) == "ADRES_GEHEIM"
        check = situatie.record_adrescontrole
        ids = {"event_id": werk.vault.new_id(), "akkoord": True}
        assert refused(check, werk.vault, zaak, door_wie="f. yıldız", **ids) == "COLLEGA_NODIG"
        assert refused(check, werk.vault, zaak, door_wie="  ", **ids) == "GEEN_BEVESTIGING"
        check(werk.vault, zaak, event_id=werk.vault.new_id(), door_wie="T. Visser", akkoord=True)
        plan(werk, zaak, date(2024, 5, 8))
        assert werk.dossier(zaak).stand.adres_verborgen, "it stays behind the reveal"
        werk.brp(zaak, BrpUitkomst.GEHEIM)
        assert werk.dossier(zaak).stand.adres_geblokkeerd, "a new finding asks for a new check"


def test_a_reveal_asks_why(werk: Werk) -> None:
    zaak = werk.zaak()
    reveal = situatie.reveal_adres
    assert refused(reveal, werk.vault, zaak, event_id=werk.vault.new_id(), reden=" \x00") == "GEEN_REDEN"
    reveal(werk.vault, zaak, event_id=werk.vault.new_id(), reden="De post kwam terug.")


def test_somebody_is_called_when_it_is_safe(werk: Werk) -> None:
    zaak = werk.zaak()
    situate(werk, zaak, veilig_contact=VeiligContact(wanneer=Dagdelen.WEEK_OCHTEND | Dagdelen.WEEK_AVOND))
    connection = werk.vault.connection
    assert zaken.to_call(connection, Dagdelen.WEEK_MIDDAG, pogingen=3, dagdelen=2) == ()
    (found,) = zaken.to_call(connection, Dagdelen.WEEK_AVOND, pogingen=3, dagdelen=2)
    assert workflow.cell_to_try(found.stand, werk.klok.now) is Dagdelen.WEEK_OCHTEND, "never the afternoon"


def test_a_number_that_the_resident_gave_goes_before_the_one_of_the_signal(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.contact(zaak, resultaat=Belresultaat.NUMMER_ONBRUIKBAAR)
    assert stap(werk, zaak) is Stap.HUISBEZOEK
    situate(werk, zaak, veilig_contact=VeiligContact(telefoonnummer="050-5550188"))
    assert (stap(werk, zaak), werk.dossier(zaak).telefoonnummer) == (Stap.BELLEN, "050-5550188")
    werk.contact(zaak, resultaat=Belresultaat.NUMMER_ONBRUIKBAAR)
    assert stap(werk, zaak) is Stap.HUISBEZOEK, "now neither works"


def test_a_representative_has_a_name(werk: Werk) -> None:
    acting = Vertegenwoordiger(hoedanigheid=Vertegenwoordiging.CURATOR, naam=" ")
    assert refused(situate, werk, werk.zaak(), vertegenwoordigers=(acting,)) == "VERTEGENWOORDIGER_ZONDER_NAAM"


def test_the_same_situation_is_not_recorded_twice(werk: Werk) -> None:
    zaak = werk.zaak()
    situate(werk, zaak, tolk=True, wensen=" Bel lang aan. ")
    before = len(werk.dossier(zaak).logboek)
    situate(werk, zaak, tolk=True, wensen="Bel lang aan.")
    assert len(werk.dossier(zaak).logboek) == before


def test_a_new_zaak_remembers_how_to_visit_safely(werk: Werk) -> None:
    first = werk.zaak(klantnummer="4410882")
    situate(werk, first, niet_alleen=Veiligheidsgrens(reden="Hond.", herzien_op=LATER), afgeschermd=True)
    werk.brp(first, BrpUitkomst.VERHUISD)
    werk.end(first, Eindresultaat.GEEN_INWONER)
    again = werk.zaak(klantnummer="4410882")
    assert werk.dossier(again).situatie == werk.dossier(first).situatie
    assert werk.dossier(again).stand.adres_geblokkeerd, "checked once is not checked for ever"


# --- help ---------------------------------------------------------------------------------------------------


def test_who_wants_to_think_is_asked_again_on_the_day_that_was_promised(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    moment = werk.klok.now + timedelta(days=3)
    yesterday = werk.klok.now - timedelta(days=1)
    assert refused(werk.offer, zaak, Antwoord.BEDENKTIJD, vraag_op=yesterday) == "DATUM_VOORBIJ"
    calls = werk.dossier(zaak).stand.pogingen
    werk.offer(zaak, Antwoord.BEDENKTIJD, vraag_op=moment)
    stand = werk.dossier(zaak).stand
    assert (stand.belofte_op, stand.pogingen) == (moment, calls), "a promise is no attempt"
    assert zaken.promised(werk.vault.connection, voor=moment + timedelta(minutes=1))
    werk.klok.forward(days=3)
    werk.offer(zaak, Antwoord.AANVAARD)
    assert werk.dossier(zaak).stand.belofte_op is None, "the answer came; nobody waits for a call"
    assert digests(werk.vault.connection) == rebuilt_digests(werk.vault.connection)


def test_a_second_yes_moves_no_term_and_the_screen_shows_what_will_be_recorded(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    shown = (date.max, False)
    for threat in (False, True, False):
        shown = hulp.term_if_accepted(werk.dossier(zaak), werk.instellingen, werk.vandaag, dreiging=threat)
        werk.offer(zaak, Antwoord.AANVAARD, dreiging=threat)
        recorded = [e.inhoud for e in werk.dossier(zaak).gebeurtenissen if isinstance(e.inhoud, HulpaanbodGedaan)][-1]
        assert (recorded.gesprek_voor, recorded.te_laat) == shown
        werk.klok.forward(days=1)
    assert shown == (date(2024, 5, 14), False), "three working days after 8 mei; Hemelvaart is none"


def with_plan(werk: Werk, *agreements: Afspraak) -> UUID:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.talk(zaak)
    draw_up(werk, zaak, *agreements)
    return zaak


def draw_up(werk: Werk, zaak: UUID, *agreements: Afspraak) -> None:
    made = PlanVanAanpak(afspraken=agreements, evaluatiedatum=date(2024, 8, 1))
    hulp.draw_up_plan(werk.vault, zaak, event_id=werk.vault.new_id(), plan=made)


def check(werk: Werk, zaak: UUID, versie: int, nummer: int, *, gedaan: bool = True) -> None:
    hulp.check_afspraak(werk.vault, zaak, event_id=werk.vault.new_id(), versie=versie, nummer=nummer, gedaan=gedaan)


def overdue(werk: Werk) -> list[tuple[UUID, int, date]]:
    found = zaken.overdue_afspraken(werk.vault.connection, voor=werk.vandaag)
    return [(regel.id, count, day) for regel, count, day in found]


def test_agreements_that_were_not_kept_come_back(werk: Werk) -> None:
    first = Afspraak(wie="inwoner", wat="belt het CAK", uiterlijk=date(2024, 5, 20))
    second = Afspraak(wie="F. Yıldız", wat="vraagt bijstand aan", uiterlijk=date(2024, 5, 22))
    zaak = with_plan(werk, first, second)
    assert overdue(werk) == []
    werk.klok.set(2024, 5, 23)
    assert overdue(werk) == [(zaak, 2, date(2024, 5, 20))]
    check(werk, zaak, 1, 1)
    assert overdue(werk) == [(zaak, 1, date(2024, 5, 22))]
    current = hulp.current_plan(werk.dossier(zaak))
    assert current is not None
    assert [made.gedaan for made in current.plan.afspraken] == [True, False]
    check(werk, zaak, 1, 1, gedaan=False)
    draw_up(werk, zaak, first)
    assert overdue(werk) == [(zaak, 1, date(2024, 5, 20))], "only the version that holds counts"
    assert refused(check, werk, zaak, 1, 1) == "AFSPRAAK_ONBEKEND"
    assert refused(check, werk, zaak, 2, 2) == "AFSPRAAK_ONBEKEND"
    assert digests(werk.vault.connection) == rebuilt_digests(werk.vault.connection)


def test_a_plan_comes_back_to_be_evaluated(werk: Werk) -> None:
    zaak = with_plan(werk, Afspraak(wie="inwoner", wat="belt", uiterlijk=date(2024, 5, 20)))
    connection = werk.vault.connection
    assert zaken.plans_to_review(connection, tot_en_met=date(2024, 7, 31)) == ()
    assert [regel.id for regel in zaken.plans_to_review(connection, tot_en_met=date(2024, 8, 1))] == [zaak]


def test_an_arrangement_with_the_cak_is_looked_at_again(werk: Werk) -> None:
    zaak = werk.zaak()
    act = hulp.record_cak_gebeld
    assert refused(act, werk.vault, zaak, event_id=werk.vault.new_id()) == "NIET_BEREIKT"
    werk.reached(zaak)
    yesterday = werk.vandaag - timedelta(days=1)
    assert refused(act, werk.vault, zaak, event_id=werk.vault.new_id(), nakijken_op=yesterday) == "DATUM_VOORBIJ"
    day = date(2024, 6, 5)
    act(werk.vault, zaak, event_id=werk.vault.new_id(), bedrag_per_maand=Bedrag(25_00), nakijken_op=day)
    connection = werk.vault.connection
    assert [regel.id for regel in zaken.arrangements_to_check(connection, tot_en_met=day)] == [zaak]
    hulp.check_regeling(werk.vault, zaak, event_id=werk.vault.new_id(), gelukt=Gelukt.JA)
    assert zaken.arrangements_to_check(connection, tot_en_met=date(2025, 1, 1)) == ()


def test_the_bill_itself_is_looked_into_once_there_is_contact(werk: Werk) -> None:
    zaak = werk.zaak()
    act = hulp.record_eigen_bijdrage
    asked: dict[str, Any] = {"event_id": werk.vault.new_id(), "rekening_klopt": Oordeel.NEE}
    assert refused(act, werk.vault, zaak, **asked) == "NIET_BEREIKT"
    werk.reached(zaak)
    assert refused(act, werk.vault, zaak, event_id=werk.vault.new_id()) == "NOTITIE_LEEG"
    act(werk.vault, zaak, **asked)


def test_after_thirty_days_somebody_asks_whether_it_worked(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    act = afsluiten.record_nazorg
    asked: dict[str, Any] = {"event_id": werk.vault.new_id(), "gelukt": Gelukt.JA}
    assert refused(act, werk.vault, zaak, **asked) == "ZAAK_NIET_GESLOTEN"
    werk.end(zaak, Eindresultaat.REGELT_ZELF, hulp_aanvaard=False)

    def due() -> bool:
        now = werk.klok.now
        listed = zaken.aftercare(
            werk.vault.connection, afsluiten.NAZORG_BIJ, van=now - afsluiten.NAZORG_TOT, tot=now - afsluiten.NAZORG_NA
        )
        assert afsluiten.nazorg_due(werk.dossier(zaak).stand, now) is (zaak in {regel.id for regel in listed})
        return bool(listed)

    werk.klok.forward(days=29)
    assert not due()
    werk.klok.forward(days=1)
    assert due()
    act(werk.vault, zaak, **asked)
    assert not due()


# --- undoing ------------------------------------------------------------------------------------------------


def test_undoing_leaves_the_tables_as_if_it_had_not_happened_and_the_log_as_it_was(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.forward(minutes=1)
    before = digests(werk.vault.connection)
    werk.contact(
        zaak, Contactsoort.HUISBEZOEK, resultaat=Belresultaat.NIEMAND_THUIS, kaartje=True, notitie="Verkeerde deur."
    )
    werk.klok.forward(seconds=30)
    undo(werk, zaak)
    assert digests(werk.vault.connection) == before == rebuilt_digests(werk.vault.connection)
    dossier = werk.dossier(zaak)
    assert not any(isinstance(event.inhoud, ContactpogingGedaan) for event in dossier.gebeurtenissen)
    assert sum(isinstance(event.inhoud, ContactpogingGedaan) for event in dossier.logboek) == 2, "visit and card"
    assert isinstance(dossier.logboek[-1].inhoud, OngedaanGemaakt)


def test_after_a_minute_or_another_action_it_stands(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.forward(minutes=5)
    assert refused(undo, werk, zaak) == "NIETS_ONGEDAAN_TE_MAKEN", "taking a signal up is not undone"
    werk.contact(zaak)
    werk.klok.forward(seconds=61)
    assert refused(undo, werk, zaak) == "NIETS_ONGEDAAN_TE_MAKEN"
    werk.contact(zaak)
    werk.klok.forward(seconds=1)
    werk.letter(zaak)
    assert refused(undo, werk, zaak) == "NIETS_ONGEDAAN_TE_MAKEN", "the letter is on paper"


def test_what_was_undone_once_is_not_undone_again(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.forward(minutes=5)
    werk.contact(zaak)
    werk.klok.forward(seconds=5)
    undo(werk, zaak)
    assert refused(undo, werk, zaak) == "NIETS_ONGEDAAN_TE_MAKEN"


def test_a_closing_is_undone_with_its_terugmelding_until_that_has_left(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.klok.forward(minutes=5)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    assert outbox.waiting(werk.vault.connection) == 1
    werk.klok.forward(seconds=5)
    undo(werk, zaak)
    assert (outbox.waiting(werk.vault.connection), stap(werk, zaak)) == (0, Stap.HULPAANBOD)
    werk.klok.forward(seconds=5)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    werk.export()
    assert refused(undo, werk, zaak) == "NIETS_ONGEDAAN_TE_MAKEN"
    assert isinstance(werk.dossier(zaak).gebeurtenissen[-2].inhoud, ZaakAfgesloten)


# --- call-backs ---------------------------------------------------------------------------------------------


def note(werk: Werk, number: str = "050-5550199") -> UUID:
    verzoek = werk.vault.new_id()
    verzoeken.note_terugbelverzoek(werk.vault, event_id=verzoek, naam="P. Łukaszewicz", telefoonnummer=number)
    return verzoek


def settle(werk: Werk, verzoek: UUID, zaak: UUID | None = None) -> None:
    verzoeken.settle_terugbelverzoek(werk.vault, verzoek, event_id=werk.vault.new_id(), zaak=zaak)


def test_a_call_back_waits_until_it_is_settled(werk: Werk) -> None:
    assert refused(note, werk, "geen") == "GEEN_NUMMER"
    verzoek = note(werk)
    assert [found.id for found in terugbellen.waiting(werk.vault.connection)] == [verzoek]
    settle(werk, verzoek)
    assert terugbellen.waiting(werk.vault.connection) == ()
    assert refused(settle, werk, verzoek) == "VERZOEK_NIET_OPEN"


def test_the_inzage_tells_a_call_back_that_was_theirs_and_nobody_elses(werk: Werk) -> None:
    zaak = werk.zaak(telefoonnummer="050 555 01 42")
    linked, same_number, stranger = note(werk), note(werk, "+31 50 5550142"), note(werk, "050-5550100")
    plain = note(werk, "0505550142")
    settle(werk, linked, zaak)
    delen = inzage.delen(werk.vault.connection, werk.dossier(zaak).inwoner_id)
    found = {deel.dossier for deel in delen if deel.soort == "terugbelverzoek"}
    assert {linked, plain, same_number} == found
    assert stranger not in found


# --- notes --------------------------------------------------------------------------------------------------


def test_a_note_may_stand_by_itself_and_in_a_closed_zaak_too(werk: Werk) -> None:
    zaak = werk.zaak()
    assert (
        refused(contact.record_notitie, werk.vault, zaak, event_id=werk.vault.new_id(), tekst=" \n") == "NOTITIE_LEEG"
    )
    werk.contact(zaak, bereikt=True, gesproken_met=Gesprekspartner.INWONER)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    contact.record_notitie(werk.vault, zaak, event_id=werk.vault.new_id(), tekst="Belde nog eens.")
