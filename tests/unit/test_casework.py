"""Casework by example: what the handbook says about steps, terms, the sixteen eindresultaten and what leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.errors import KnownError, RegelOvertreding
from db.model.codes import (
    Antwoord,
    Bak,
    Belresultaat,
    Berichtstaat,
    BrpUitkomst,
    Contactsoort,
    Dagdelen,
    Eindresultaat,
    Gesprekspartner,
    Handeling,
    Richting,
    Signaalstatus,
    Stap,
    Terugmeldcode,
    Weigergrond,
)
from db.model.gebeurtenis import Entry, SignaalGewijzigd
from db.model.plan import PlanVanAanpak
from db.queries import outbox, zaken
from db.queries import signalen as trays
from db.queries.dossier import Bericht
from desktop.casework import afsluiten, contact, hulp, instellingen, inzien, signalen, workflow
from desktop.casework.intrekking import Intrekking, withdraw
from desktop.casework.outcomes import UITKOMSTEN, terugmeldcode
from desktop.casework.regels import Regel
from tests.casework_steps import Werk, local
from tests.factories import signaal as make_signaal


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    with world.vault.filling():
        yield world
    world.close()


def refused(act: Callable[..., object], *arguments: Any, **fields: Any) -> str:  # noqa: ANN401  # arguments of any action
    """The rule that refuses this."""
    with pytest.raises(RegelOvertreding) as error:
        act(*arguments, **fields)
    return error.value.code


def stap(werk: Werk, zaak: Any) -> Stap:  # noqa: ANN401  # a zaak
    return workflow.stap(werk.dossier(zaak).stand, werk.instellingen)


def zin(werk: Werk, zaak: Any) -> str:  # noqa: ANN401  # a zaak
    dossier = werk.dossier(zaak)
    return workflow.advies(dossier.inwoner.naam, dossier.stand, werk.instellingen, werk.klok.now).zin


# --- from the first call to the end -------------------------------------------------------------------------


def test_three_calls_in_two_dagdelen_and_then_a_visit(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.set(2024, 5, 8, 10)
    werk.contact(zaak)
    werk.klok.set(2024, 5, 9, 11)
    werk.contact(zaak)
    werk.klok.set(2024, 5, 10, 9)
    werk.contact(zaak)
    assert stap(werk, zaak) is Stap.BELLEN, "three calls, one dagdeel"
    werk.klok.set(2024, 5, 11, 9)
    werk.contact(zaak)
    assert stap(werk, zaak) is Stap.BELLEN, "Saturday morning is a morning too"
    werk.klok.set(2024, 5, 13, 12)
    werk.contact(zaak)
    assert stap(werk, zaak) is Stap.HUISBEZOEK


def test_the_steps_of_a_zaak_that_goes_well(werk: Werk) -> None:
    zaak = werk.zaak()
    seen = [stap(werk, zaak)]
    werk.reached(zaak)
    seen.append(stap(werk, zaak))
    werk.offer(zaak, Antwoord.BEDENKTIJD)
    seen.append(stap(werk, zaak))
    werk.offer(zaak, Antwoord.AANVAARD)
    seen.append(stap(werk, zaak))
    werk.talk(zaak)
    seen.append(stap(werk, zaak))
    werk.skip(zaak, Stap.PLAN, "schuldhulp maakt het plan")
    seen.append(stap(werk, zaak))
    werk.end(zaak, Eindresultaat.VERVOLGHULP_FINANCIEEL, hulp_aanvaard=True)
    seen.append(stap(werk, zaak))
    assert seen == [
        Stap.BELLEN, Stap.HULPAANBOD, Stap.HULPAANBOD, Stap.EERSTE_GESPREK, Stap.PLAN, Stap.AFSLUITEN, Stap.AFGESLOTEN,
    ]  # fmt: skip


def test_who_has_no_working_telephone_is_visited(werk: Werk) -> None:
    without, wrong = werk.zaak(telefoonnummer=""), werk.zaak()
    werk.contact(wrong, resultaat=Belresultaat.NUMMER_ONBRUIKBAAR)
    assert stap(werk, without) is stap(werk, wrong) is Stap.HUISBEZOEK


def test_lists_count_dagdelen_as_the_dossier_does(werk: Werk) -> None:
    # Three calls on week days in different dagdelen are enough; one dagdeel, weekend or not, is one.
    enough, one = werk.zaak(), werk.zaak(id="CM-2", klantnummer="2")
    werk.calls_in_vain(enough)
    for _ in range(3):
        werk.klok.forward(hours=24)
        werk.contact(one)
    connection = werk.vault.connection
    assert [zaken.stap_of(connection, z, pogingen=3, dagdelen=2) for z in (enough, one)] == [
        stap(werk, enough),
        stap(werk, one),
    ]
    assert (stap(werk, enough), stap(werk, one)) == (Stap.HUISBEZOEK, Stap.BELLEN)
    (listed,) = zaken.step_page(connection, Stap.HUISBEZOEK, pogingen=3, dagdelen=2)[0]
    assert listed.id == enough


def test_a_visit_may_come_before_a_call(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.contact(zaak, Contactsoort.HUISBEZOEK, bereikt=True)
    assert stap(werk, zaak) is Stap.HULPAANBOD


def test_a_secret_address_is_not_visited_and_is_still_called(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.brp(zaak, BrpUitkomst.GEHEIM)
    assert stap(werk, zaak) is Stap.BELLEN
    (listed,) = zaken.to_call(werk.vault.connection, Dagdelen.WEEK_MIDDAG, pogingen=3, dagdelen=2)
    assert listed.id == zaak
    werk.calls_in_vain(zaak)
    assert stap(werk, zaak) is Stap.AFSLUITEN


def test_who_died_or_moved_is_neither_called_nor_promised(werk: Werk) -> None:
    for outcome in (BrpUitkomst.OVERLEDEN, BrpUitkomst.VERHUISD):
        zaak = werk.zaak()
        werk.contact(zaak, terugbellen_op=werk.klok.now + timedelta(hours=2))
        werk.brp(zaak, outcome)
        assert stap(werk, zaak) is Stap.AFSLUITEN
        assert zin(werk, zaak).startswith("Sluit de zaak af")
    assert zaken.promised(werk.vault.connection, voor=werk.klok.now + timedelta(days=9)) == ()


@pytest.mark.parametrize("partner", [Gesprekspartner.MENTOR, Gesprekspartner.ANDER])
def test_a_mentor_or_another_is_never_reached(werk: Werk, partner: Gesprekspartner) -> None:
    zaak = werk.zaak()
    werk.reached(zaak, gesproken_met=partner)
    assert not werk.dossier(zaak).stand.bereikt
    assert refused(werk.offer, zaak) == Regel.NIET_BEREIKT


@pytest.mark.parametrize(
    "partner", [None, Gesprekspartner.INWONER, Gesprekspartner.CURATOR, Gesprekspartner.BEWINDVOERDER,
                Gesprekspartner.GEMACHTIGDE],
)  # fmt: skip
def test_the_resident_and_who_speaks_about_money_are_reached(werk: Werk, partner: Gesprekspartner | None) -> None:
    zaak = werk.zaak()
    werk.reached(zaak, gesproken_met=partner)
    assert werk.dossier(zaak).stand.bereikt


def test_a_call_that_comes_in_counts_as_contact_and_not_as_an_attempt(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak, richting=Richting.IN)
    stand = werk.dossier(zaak).stand
    assert (stand.bereikt, stand.pogingen, stand.dagdelen) == (True, 0, 0)


def test_a_promise_is_the_next_step_until_the_call_is_made(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.contact(zaak, terugbellen_op=local(2024, 5, 16, 15, 0))
    assert "je beloofde te bellen op 16 mei" in zin(werk, zaak)
    werk.klok.set(2024, 5, 17)
    assert "je had beloofd te bellen op 16 mei" in zin(werk, zaak)
    werk.contact(zaak)
    assert werk.dossier(zaak).stand.belofte_op is None


def test_the_advice_names_the_dagdeel_that_was_not_tried(werk: Werk) -> None:
    zaak = werk.zaak()
    assert "nog niet gebeld" in zin(werk, zaak)
    werk.klok.set(2024, 5, 8, 10)
    werk.contact(zaak)
    werk.klok.set(2024, 5, 8, 14)
    assert "middag nog niet geprobeerd" in zin(werk, zaak)
    werk.contact(zaak)
    assert "avond nog niet geprobeerd" in zin(werk, zaak)
    assert "oppakken vóór 21 mei" in zin(werk, zaak)


def test_the_part_of_the_week_to_try_is_an_untried_dagdeel_before_an_untried_weekend(werk: Werk) -> None:
    zaak = werk.zaak()
    for hour in (10, 14):
        werk.klok.set(2024, 5, 8, hour)
        werk.contact(zaak)
    assert workflow.cell_to_try(werk.dossier(zaak).stand, werk.klok.now) is Dagdelen.WEEK_AVOND


def test_before_closing_without_contact_a_letter_is_due_and_then_patience(werk: Werk) -> None:
    zaak = werk.zaak(telefoonnummer="")
    werk.contact(zaak, Contactsoort.HUISBEZOEK)
    assert zin(werk, zaak) == "Schrijf A.B. van der Meer; zonder brief of kaartje kun je niet afsluiten"
    werk.klok.set(2024, 5, 8)
    werk.letter(zaak)
    assert zin(werk, zaak) == "Wacht op A.B. van der Meer; afsluiten kan vanaf 24 mei"
    werk.klok.set(2024, 5, 23)
    assert Eindresultaat.GEEN_CONTACT not in werk.allowed(zaak)
    werk.klok.set(2024, 5, 24)
    assert zin(werk, zaak) == "Sluit de zaak af; alle pogingen zijn gedaan"
    assert Eindresultaat.GEEN_CONTACT in werk.allowed(zaak)
    werk.klok.forward(days=90)
    assert zin(werk, zaak) == "Sluit de zaak af; alle pogingen zijn gedaan"


def test_nobody_writes_to_a_secret_address_before_a_colleague_looked(werk: Werk) -> None:
    zaak = werk.zaak(telefoonnummer="")
    werk.brp(zaak, BrpUitkomst.GEHEIM)
    assert zin(werk, zaak).startswith("Laat een collega het adres controleren")


def test_what_happened_earlier_keeps_its_time_and_the_future_is_refused(werk: Werk) -> None:
    zaak = werk.zaak()
    earlier = werk.klok.now - timedelta(hours=5)
    werk.contact(zaak, op=earlier)
    assert werk.dossier(zaak).stand.dagdelen is Dagdelen.WEEK_OCHTEND
    assert refused(werk.contact, zaak, op=werk.klok.now + timedelta(minutes=1)) == Regel.OP_IN_TOEKOMST


def test_pressing_a_button_twice_records_one_event(werk: Werk) -> None:
    zaak = werk.zaak()
    event = werk.vault.new_id()
    for _ in range(2):
        contact.record_contactpoging(
            werk.vault, zaak, event_id=event, contactsoort=Contactsoort.TELEFOON, bereikt=False
        )
    assert werk.dossier(zaak).stand.pogingen == 1


def test_a_step_is_skipped_only_with_a_reason(werk: Werk) -> None:
    zaak = werk.zaak()
    assert refused(werk.skip, zaak, Stap.BELLEN, "  ") == Regel.GEEN_REDEN
    werk.skip(zaak, Stap.BELLEN, "op verzoek van de inwoner")
    assert stap(werk, zaak) is Stap.HUISBEZOEK
    werk.skip(zaak, Stap.HUISBEZOEK, "honden")
    assert stap(werk, zaak) is Stap.AFSLUITEN


def test_a_note_is_cleaned_and_not_endless(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.contact(zaak, notitie="Bel lang aan.\x00\u202e\n")
    (event,) = [event for event in werk.dossier(zaak).gebeurtenissen if event.naam == "ContactpogingGedaan"]
    assert getattr(event.inhoud, "notitie", "") == "Bel lang aan."
    assert refused(werk.contact, zaak, notitie="x" * 20_001) == Regel.NOTITIE_TE_LANG


def test_looking_at_a_dossier_is_recorded_before_it_is_shown(werk: Werk) -> None:
    dossier = inzien.open_dossier(werk.vault, werk.zaak(), scherm="Zaak")
    assert [event.naam for event in dossier.gebeurtenissen][-1] == "DossierIngezien"


# --- terms of WGS 4 and 4a ----------------------------------------------------------------------------------


def test_the_first_talk_is_due_four_weeks_after_receipt_also_while_the_signal_waited(werk: Werk) -> None:
    waiting = werk.receive()
    werk.klok.forward(days=10)
    zaak = werk.take_up(waiting)
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    assert werk.dossier(zaak).stand.termijn == date(2024, 6, 4)
    assert "eerste gesprek vóór 4 jun" in zin(werk, zaak)


def test_a_threat_shortens_the_term_to_three_working_days(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.set(2024, 5, 8)  # Wednesday; Thursday is Hemelvaartsdag
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD, dreiging=True)
    assert werk.dossier(zaak).stand.termijn == date(2024, 5, 14)


def test_accepted_after_the_term_is_said_and_planned_within_ten_working_days(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.set(2024, 6, 10)
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    event = werk.dossier(zaak).gebeurtenissen[-1].inhoud
    assert getattr(event, "te_laat", False)
    assert werk.dossier(zaak).stand.termijn == date(2024, 6, 24)


@pytest.mark.parametrize(("day", "late"), [(4, False), (5, True)])
def test_the_last_day_of_the_term_is_still_in_time(werk: Werk, *, day: int, late: bool) -> None:
    zaak = werk.zaak()
    werk.klok.set(2024, 6, day, 23, 50)
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    assert getattr(werk.dossier(zaak).gebeurtenissen[-1].inhoud, "te_laat", None) is late


def test_saying_yes_again_gives_no_new_term_and_a_threat_still_shortens_it(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.klok.set(2024, 6, 10)
    werk.offer(zaak, Antwoord.AANVAARD)
    assert werk.dossier(zaak).stand.termijn == date(2024, 6, 4)


def test_a_yes_after_a_no_counts_as_a_new_acceptance(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.offer(zaak, Antwoord.GEEN_HULP)
    werk.klok.set(2024, 6, 10)
    werk.offer(zaak, Antwoord.AANVAARD)
    assert werk.dossier(zaak).stand.termijn == date(2024, 6, 24)


def test_the_plan_is_due_eight_weeks_after_the_first_talk_and_a_second_talk_moves_nothing(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.talk(zaak)
    werk.klok.forward(days=20)
    werk.talk(zaak)
    assert werk.dossier(zaak).stand.termijn == date(2024, 7, 2)


def test_no_plan_is_due_when_the_resident_declined_in_the_first_talk(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.talk(zaak, afgezien=True)
    stand = werk.dossier(zaak).stand
    assert stand.termijn is None
    assert Handeling.PLAN not in workflow.mag(stand)
    assert stap(werk, zaak) is Stap.AFSLUITEN


def test_a_plan_needs_an_acceptance_a_talk_and_something_in_it(werk: Werk) -> None:
    zaak = werk.zaak()

    def plan() -> None:
        hulp.draw_up_plan(werk.vault, zaak, event_id=werk.vault.new_id(), plan=PlanVanAanpak())

    werk.reached(zaak)
    assert refused(plan) == Regel.GEEN_AANBOD_AANVAARD
    werk.offer(zaak, Antwoord.AANVAARD)
    assert refused(plan) == Regel.GEEN_EERSTE_GESPREK
    werk.talk(zaak)
    assert refused(plan) == Regel.PLAN_LEEG


# --- the sixteen eindresultaten -----------------------------------------------------------------------------


def reach(werk: Werk, zaak: Any) -> None:  # noqa: ANN401  # a zaak
    werk.reached(zaak)


def accept_help(werk: Werk, zaak: Any) -> None:  # noqa: ANN401  # a zaak
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)


def all_in_vain(werk: Werk, zaak: Any) -> None:  # noqa: ANN401  # a zaak
    werk.calls_in_vain(zaak)
    werk.contact(zaak, Contactsoort.HUISBEZOEK)
    werk.contact(zaak, Contactsoort.KAARTJE)
    werk.klok.forward(days=18)


def died(werk: Werk, zaak: Any) -> None:  # noqa: ANN401  # a zaak
    werk.brp(zaak, BrpUitkomst.OVERLEDEN)


def moved(werk: Werk, zaak: Any) -> None:  # noqa: ANN401  # a zaak
    werk.brp(zaak, BrpUitkomst.VERHUISD)


def nothing(werk: Werk, zaak: Any) -> None:  # noqa: ANN401  # a zaak
    pass


NOTE = {"notitie": "met reden"}
KNOWN = {"schuldhulp_loopt": date(2024, 2, 1), "bevestigd_door": "J. Bos"}
E, R = Eindresultaat, Regel


@pytest.mark.parametrize(
    ("result", "facts", "given", "without", "rule"),
    [
        (E.ONTERECHT, nothing, NOTE, {}, R.GEEN_NOTITIE),
        (E.ANDERE_REDEN, nothing, {"reden": Weigergrond.ADRES_ONBEKEND}, {}, R.GEEN_REDEN),
        (E.ANDERE_REDEN, nothing, {"reden": Weigergrond.INGETROKKEN}, {"reden": Weigergrond.OVERLEDEN}, R.GEEN_REDEN),
        (E.BEKEND_BIJ_SCHULDHULP, nothing, KNOWN, {}, R.SCHULDHULP_NIET_VASTGELEGD),
        (E.BEKEND_BIJ_SCHULDHULP, nothing, KNOWN, {"schuldhulp_loopt": date(2024, 2, 1)}, R.GEEN_BEVESTIGING),
        (E.ANDER_TRAJECT, reach, NOTE, {}, R.GEEN_NOTITIE),
        (E.VERWIJZING_ZONDER_INWONER, nothing, NOTE | {"bevestigd_door": "T. Visser"}, NOTE, R.GEEN_BEVESTIGING),
        (E.VERWIJZING_ZONDER_INWONER, nothing, NOTE | {"bevestigd_door": "T. Visser"}, {}, R.GEEN_NOTITIE),
    ],
)  # fmt: skip
def test_an_eindresultaat_asks_the_worker_for_what_is_not_on_record(
    werk: Werk,
    *,
    result: Eindresultaat,
    facts: Callable[[Werk, Any], None],
    given: dict[str, Any],
    without: dict[str, Any],
    rule: Regel,
) -> None:
    zaak = werk.zaak()
    facts(werk, zaak)
    assert result in werk.allowed(zaak)
    assert refused(werk.end, zaak, result, **without) == rule
    werk.end(zaak, result, **given)
    assert werk.dossier(zaak).stand.eindresultaat is result


@pytest.mark.parametrize(
    ("result", "facts", "too_little", "rule"),
    [
        (E.OVERLEDEN, died, nothing, R.GEEN_BRP_CONTROLE),
        (E.OVERLEDEN, died, moved, R.BRP_ZEGT_ANDERS),
        (E.GEEN_INWONER, moved, nothing, R.GEEN_BRP_CONTROLE),
        (E.GEEN_INWONER, moved, died, R.BRP_ZEGT_ANDERS),
        (E.GEEN_CONTACT, all_in_vain, nothing, R.TE_WEINIG_POGINGEN),
        (E.GEEN_CONTACT, all_in_vain, reach, R.WEL_BEREIKT),
        (E.GEEN_REACTIE_NA_CONTACT, reach, all_in_vain, R.NIET_BEREIKT),
        (E.REGELT_ZELF, reach, nothing, R.NIET_BEREIKT),
        (E.ZELF_BETAALD, reach, nothing, R.NIET_BEREIKT),
        (E.ADVIES_QUICK_FIX, accept_help, reach, R.GEEN_AANBOD_AANVAARD),
        (E.ADVIES_QUICK_FIX, accept_help, nothing, R.NIET_BEREIKT),
        (E.VERVOLGHULP, accept_help, reach, R.GEEN_AANBOD_AANVAARD),
        (E.VERVOLGHULP_FINANCIEEL, accept_help, reach, R.GEEN_AANBOD_AANVAARD),
        (E.VERVOLGHULP_NIET_FINANCIEEL, accept_help, reach, R.GEEN_AANBOD_AANVAARD),
        (E.HERHAALDE_MELDING, None, nothing, R.GEEN_EERDER_SIGNAAL),
    ],
)  # fmt: skip
def test_an_eindresultaat_is_allowed_by_its_facts_and_refused_with_its_rule_without_them(
    werk: Werk,
    result: Eindresultaat,
    facts: Callable[[Werk, Any], None] | None,
    too_little: Callable[[Werk, Any], None],
    rule: Regel,
) -> None:
    bare = werk.zaak()
    too_little(werk, bare)
    assert result not in werk.allowed(bare)
    assert refused(werk.end, bare, result, **NOTE) == rule
    if facts is not None:
        zaak = werk.zaak()
        facts(werk, zaak)
        assert result in werk.allowed(zaak)
        werk.end(zaak, result, **NOTE)


def test_no_contact_asks_for_each_thing_in_turn(werk: Werk) -> None:
    zaak = werk.zaak()

    def missing() -> str:
        return refused(werk.end, zaak, Eindresultaat.GEEN_CONTACT)

    werk.klok.set(2024, 5, 8, 9)
    for _ in range(3):
        assert missing() == Regel.TE_WEINIG_POGINGEN
        werk.contact(zaak)
    assert missing() == Regel.TE_WEINIG_DAGDELEN
    werk.klok.set(2024, 5, 8, 14)
    werk.contact(zaak)
    assert missing() == Regel.GEEN_BEZOEK
    werk.contact(zaak, Contactsoort.HUISBEZOEK)
    assert missing() == Regel.GEEN_BRIEF
    werk.contact(zaak, Contactsoort.KAARTJE)
    werk.klok.set(2024, 5, 23)  # nine working days: Hemelvaartsdag and Tweede Pinksterdag do not count
    assert missing() == Regel.BRIEF_TE_KORT_GELEDEN
    werk.klok.set(2024, 5, 24)
    werk.end(zaak, Eindresultaat.GEEN_CONTACT)


def test_a_second_letter_does_not_start_the_waiting_again(werk: Werk) -> None:
    zaak = werk.zaak()
    all_in_vain(werk, zaak)
    werk.letter(zaak)
    assert Eindresultaat.GEEN_CONTACT in werk.allowed(zaak)


def test_without_a_working_number_no_calls_are_asked_for(werk: Werk) -> None:
    zaak = werk.zaak(telefoonnummer="")
    werk.skip(zaak, Stap.HUISBEZOEK, "geen collega beschikbaar")
    werk.letter(zaak)
    werk.klok.forward(days=20)
    assert Eindresultaat.GEEN_CONTACT in werk.allowed(zaak)


@pytest.mark.parametrize(("bedrag", "days", "allowed"), [(20_000, 30, True), (20_001, 30, False), (20_000, 200, False)])
def test_a_repeated_report_is_of_the_same_debt_not_higher_and_recent(
    werk: Werk, *, bedrag: int, days: int, allowed: bool
) -> None:
    first = werk.zaak(klantnummer="1", bedrag=20_000)
    werk.reached(first)
    werk.end(first, Eindresultaat.REGELT_ZELF)
    werk.klok.forward(days=days)
    again = werk.zaak(klantnummer="1", bedrag=bedrag)
    assert (Eindresultaat.HERHAALDE_MELDING in werk.allowed(again)) is allowed


def test_a_zaak_with_one_new_debt_is_no_repeated_report(werk: Werk) -> None:
    first = werk.zaak(klantnummer="1", bedrag=20_000)
    werk.reached(first)
    werk.end(first, Eindresultaat.REGELT_ZELF)
    werk.klok.forward(days=30)
    again = werk.zaak(klantnummer="1", bedrag=20_000)
    werk.take_up(werk.receive(klantnummer="1", soort="wlz", bedrag=15_000))
    assert refused(werk.end, again, Eindresultaat.HERHAALDE_MELDING) == Regel.GEEN_EERDER_SIGNAAL


def test_every_eindresultaat_has_a_definition_that_one_can_read(werk: Werk) -> None:
    assert set(UITKOMSTEN) == set(Eindresultaat)
    assert all(outcome.definitie.endswith(".") for outcome in UITKOMSTEN.values())


def test_schuldhulp_that_is_still_to_start_does_not_run(werk: Werk) -> None:
    zaak = werk.zaak()
    accept_help(werk, zaak)
    tomorrow = {"schuldhulp_loopt": werk.vandaag + timedelta(days=1), "bevestigd_door": "J. Bos"}
    assert refused(werk.end, zaak, Eindresultaat.VERVOLGHULP_FINANCIEEL, **tomorrow) == Regel.OP_IN_TOEKOMST


def test_a_closed_zaak_takes_no_work(werk: Werk) -> None:
    zaak = werk.zaak()
    reach(werk, zaak)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    assert refused(werk.contact, zaak) == Regel.ZAAK_GESLOTEN
    assert refused(werk.end, zaak, Eindresultaat.REGELT_ZELF) == Regel.ZAAK_GESLOTEN
    assert refused(afsluiten.reopen_zaak, werk.vault, zaak, event_id=werk.vault.new_id(), reden=" ") == Regel.GEEN_REDEN


# --- what leaves for the CAK --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "loopt", "minimal", "full"),
    [
        (E.HERHAALDE_MELDING, None, "HERHAALD", "HERHAALD"),
        (E.ONTERECHT, None, "ONTERECHT", "ONTERECHT"),
        (E.ANDERE_REDEN, None, "NIET_OPGEPAKT", "NIET_OPGEPAKT"),
        (E.OVERLEDEN, None, "OVERLEDEN", "OVERLEDEN"),
        (E.GEEN_INWONER, None, "GEEN_INWONER", "GEEN_INWONER"),
        (E.BEKEND_BIJ_SCHULDHULP, date(2024, 1, 1), "HULP", "HULP"),
        (E.ANDER_TRAJECT, None, "AFGEROND", "CONTACT_ANDERE_HULP"),
        (E.GEEN_CONTACT, None, "AFGEROND", "GEEN_CONTACT"),
        (E.GEEN_REACTIE_NA_CONTACT, None, "AFGEROND", "GEEN_CONTACT"),
        (E.REGELT_ZELF, None, "AFGEROND", "CONTACT_GEEN_HULP"),
        (E.ZELF_BETAALD, None, "AFGEROND", "CONTACT_GEEN_HULP"),
        (E.ADVIES_QUICK_FIX, None, "AFGEROND", "CONTACT_ANDERE_HULP"),
        (E.VERVOLGHULP, None, "AFGEROND", "CONTACT_ANDERE_HULP"),
        (E.VERVOLGHULP, date(2024, 1, 1), "HULP", "HULP"),
        (E.VERVOLGHULP_FINANCIEEL, None, "AFGEROND", "CONTACT_ANDERE_HULP"),
        (E.VERVOLGHULP_FINANCIEEL, date(2024, 1, 1), "HULP", "HULP"),
        (E.VERVOLGHULP_NIET_FINANCIEEL, None, "AFGEROND", "CONTACT_ANDERE_HULP"),
        (E.VERVOLGHULP_NIET_FINANCIEEL, date(2024, 1, 1), "AFGEROND", "CONTACT_ANDERE_HULP"),
        (E.VERWIJZING_ZONDER_INWONER, None, "AFGEROND", "GEEN_CONTACT"),
    ],
)  # fmt: skip
def test_what_the_cak_hears(result: Eindresultaat, loopt: date | None, minimal: str, full: str) -> None:
    assert terugmeldcode(result, schuldhulp_loopt=loopt, volledige_set=False).value == minimal
    assert terugmeldcode(result, schuldhulp_loopt=loopt, volledige_set=True).value == full


def test_signals_of_one_resident_join_one_zaak_and_each_is_told_about(werk: Werk) -> None:
    first, second = werk.receive(klantnummer="1"), werk.receive(klantnummer="1", soort="wlz")
    one, two = signalen.accept(werk.vault, [first, second])
    assert (one.zaak, one.nummer) == (two.zaak, two.nummer)
    werk.klok.forward(days=1)
    assert werk.take_up(werk.receive(klantnummer="1", bedrag=30_000)) == one.zaak
    reach(werk, one.zaak)
    werk.end(one.zaak, Eindresultaat.REGELT_ZELF)
    told = sorted(bericht.signaal for bericht in werk.dossier(one.zaak).berichten)
    assert told == ["CM-000001", "CM-000002", "CM-000003"]


def test_the_partner_of_a_resident_has_a_zaak_of_their_own(werk: Werk) -> None:
    assert werk.zaak(klantnummer="1") != werk.zaak(klantnummer="1", geboortedatum=date(1949, 2, 3))


def close_again(werk: Werk, zaak: Any, result: Eindresultaat, **given: Any) -> Bericht:  # noqa: ANN401  # a zaak, arguments
    """Reopen, reach and close; returns what was queued."""
    werk.klok.forward(days=1)
    werk.reopen(zaak)
    reach(werk, zaak)
    werk.end(zaak, result, **given)
    return werk.dossier(zaak).berichten[-1]


def test_reopening_withdraws_what_waited_and_replaces_what_left(werk: Werk) -> None:
    zaak = werk.zaak()
    reach(werk, zaak)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    left = close_again(werk, zaak, Eindresultaat.REGELT_ZELF)
    assert [bericht.staat for bericht in werk.dossier(zaak).berichten] == [Berichtstaat.INGETROKKEN, Berichtstaat.KLAAR]
    assert left.vervangt is None
    werk.export()
    second = close_again(werk, zaak, Eindresultaat.BEKEND_BIJ_SCHULDHULP, **KNOWN)
    assert (second.vervangt, second.code, second.staat) == (left.id, Terugmeldcode.HULP, Berichtstaat.KLAAR)
    third = close_again(werk, zaak, Eindresultaat.ZELF_BETAALD)
    assert third.vervangt == left.id, "the second never left"


def test_a_correction_dated_earlier_still_replaces_the_last_that_left(werk: Werk) -> None:
    zaak = werk.zaak()
    reach(werk, zaak)
    werk.klok.forward(days=10)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    werk.export()
    werk.reopen(zaak)
    reach(werk, zaak)
    werk.end(zaak, Eindresultaat.ZELF_BETAALD, op=werk.klok.now - timedelta(days=5))
    werk.export()
    correction = next(bericht for bericht in werk.dossier(zaak).berichten if bericht.vervangt)
    werk.reopen(zaak)
    reach(werk, zaak)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    assert {bericht.vervangt for bericht in werk.dossier(zaak).berichten} == {None, correction.vervangt, correction.id}


def take_back(werk: Werk, signaal: Any) -> None:  # noqa: ANN401  # a signal
    """Let the CAK withdraw a signal."""
    result = withdraw(
        werk.vault.connection, [Intrekking(signaal=signaal, datum=werk.vandaag)], levering=werk.vault.vault_id,
        nieuw=(), now=werk.klok.now, new_id=werk.vault.new_id,
    )  # fmt: skip
    werk.vault.journal.append(result.entries, door=werk.vault.door)


def test_a_withdrawal_by_the_cak_replaces_what_it_was_told_before(werk: Werk) -> None:
    signaal = werk.receive()
    zaak = werk.take_up(signaal)
    all_in_vain(werk, zaak)
    werk.end(zaak, Eindresultaat.GEEN_CONTACT)
    werk.export()
    (told,) = werk.dossier(zaak).berichten
    werk.klok.forward(days=1)
    werk.reopen(zaak)
    take_back(werk, signaal)
    assert werk.dossier(zaak).stand.eindresultaat is Eindresultaat.ANDERE_REDEN
    last = werk.dossier(zaak).berichten[-1]
    assert (last.code, last.vervangt) == (Terugmeldcode.NIET_OPGEPAKT, told.id)


def test_after_contact_a_withdrawal_leaves_the_zaak_to_the_worker(werk: Werk) -> None:
    signaal = werk.receive()
    zaak = werk.take_up(signaal)
    reach(werk, zaak)
    take_back(werk, signaal)
    assert werk.dossier(zaak).stand.gesloten_op is None
    assert werk.dossier(zaak).signalen[0].ingetrokken_op == werk.vandaag


def test_reopening_starts_a_new_round_and_keeps_what_was_known(werk: Werk) -> None:
    zaak = werk.zaak()
    all_in_vain(werk, zaak)
    werk.end(zaak, Eindresultaat.GEEN_CONTACT)
    werk.reopen(zaak)
    assert stap(werk, zaak) is Stap.BELLEN
    assert Eindresultaat.GEEN_CONTACT in werk.allowed(zaak)


def test_a_zaak_stays_closed_while_the_resident_has_a_newer_one(werk: Werk) -> None:
    first = werk.zaak(id="CM-1", klantnummer="4410882")
    reach(werk, first)
    werk.end(first, Eindresultaat.REGELT_ZELF)
    second = werk.zaak(id="CM-2", klantnummer="4410882")
    assert second != first
    refusal = refused(afsluiten.reopen_zaak, werk.vault, first, event_id=werk.vault.new_id(), reden="belde terug")
    assert refusal == Regel.ANDERE_ZAAK_OPEN


def test_the_full_set_leaves_only_after_approval_outside_a_trial(werk: Werk) -> None:
    instellingen.change(werk.vault, "volledige_set", "ja")
    zaak = werk.zaak()
    reach(werk, zaak)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    assert werk.dossier(zaak).berichten[0].code is Terugmeldcode.CONTACT_GEEN_HULP
    with pytest.raises(KnownError):
        instellingen.change(werk.vault, "proef", "nee")


# --- taking up and refusing ---------------------------------------------------------------------------------


def refuse(werk: Werk, signaal: Any, grond: Weigergrond, **fields: Any) -> None:  # noqa: ANN401  # a signal, arguments
    signalen.refuse(werk.vault, signaal, event_id=werk.vault.new_id(), grond=grond, **fields)


@pytest.mark.parametrize(
    ("grond", "given", "without", "status", "code"),
    [
        ("onterecht", NOTE, R.GEEN_NOTITIE, Signaalstatus.ONTERECHT, "ONTERECHT"),
        ("overleden", {"brp_datum": date(2024, 5, 6)}, R.GEEN_BRP_CONTROLE, Signaalstatus.OVERLEDEN, "OVERLEDEN"),
        ("geen-inwoner", {"brp_datum": date(2024, 5, 6)}, R.GEEN_BRP_CONTROLE, Signaalstatus.GEEN_INWONER,
         "GEEN_INWONER"),
        ("tijdelijk-niet-bereikbaar", {}, None, Signaalstatus.ANDERE_REDEN, "NIET_OPGEPAKT"),
        ("bezoek-niet-veilig", {}, None, Signaalstatus.ANDERE_REDEN, "NIET_OPGEPAKT"),
        ("geen-capaciteit", {}, None, Signaalstatus.ANDERE_REDEN, "NIET_OPGEPAKT"),
        ("adres-onbekend", {}, None, Signaalstatus.ANDERE_REDEN, "NIET_OPGEPAKT"),
        ("ingetrokken", {}, None, Signaalstatus.ANDERE_REDEN, "NIET_OPGEPAKT"),
    ],
)  # fmt: skip
def test_a_signal_is_refused_with_a_ground_and_only_a_code_leaves(
    werk: Werk, *, grond: str, given: dict[str, Any], without: Regel | None, status: Signaalstatus, code: str
) -> None:
    signaal = werk.receive()
    if without is not None:
        assert refused(refuse, werk, signaal, Weigergrond(grond)) == without
    refuse(werk, signaal, Weigergrond(grond), **given)
    (bericht,) = outbox.berichten(werk.vault.connection)
    assert (bericht.signaal, bericht.code.value, bericht.staat) == ("CM-000001", code, Berichtstaat.KLAAR)
    row = werk.vault.connection.execute("SELECT bak, geweigerd FROM signaal").fetchone()
    assert row == (Bak.GEWEIGERD.value, status.value)
    assert refused(refuse, werk, signaal, Weigergrond.GEEN_CAPACITEIT) == Regel.SIGNAAL_NIET_OPEN


def test_a_repeated_signal_is_refused_only_when_there_was_an_earlier_one_not_lower(werk: Werk) -> None:
    assert refused(refuse, werk, werk.receive(), Weigergrond.HERHAALD) == Regel.GEEN_EERDER_SIGNAAL
    werk.zaak(klantnummer="1", bedrag=20_000)
    werk.klok.forward(days=30)
    higher = werk.receive(klantnummer="1", bedrag=20_001, bak=Bak.HERHAALD)
    assert refused(refuse, werk, higher, Weigergrond.HERHAALD) == Regel.BEDRAG_HOGER
    refuse(werk, werk.receive(klantnummer="1", bedrag=20_000, bak=Bak.HERHAALD), Weigergrond.HERHAALD)


def test_a_signal_that_was_reported_later_is_no_earlier_one(werk: Werk) -> None:
    werk.zaak(klantnummer="1", bedrag=20_000)
    werk.klok.forward(days=20)
    waiting = werk.receive(klantnummer="1", bedrag=20_000, bak=Bak.HERHAALD)
    werk.klok.forward(days=20)
    werk.take_up(werk.receive(klantnummer="1", bedrag=15_000))
    refuse(werk, waiting, Weigergrond.HERHAALD)


def test_what_was_taken_up_last_counts_also_when_it_joined_an_open_zaak(werk: Werk) -> None:
    zaak = werk.zaak(klantnummer="1", bedrag=20_000)
    werk.klok.forward(days=10)
    assert werk.take_up(werk.receive(klantnummer="1", bedrag=25_000)) == zaak
    werk.klok.forward(days=30)
    refuse(werk, werk.receive(klantnummer="1", bedrag=24_000, bak=Bak.HERHAALD), Weigergrond.HERHAALD)


def test_a_brp_check_of_tomorrow_was_not_made(werk: Werk) -> None:
    tomorrow = werk.vandaag + timedelta(days=1)
    code = refused(refuse, werk, werk.receive(), Weigergrond.OVERLEDEN, brp_datum=tomorrow)
    assert code == Regel.OP_IN_TOEKOMST


def test_accept_all_takes_the_tray_of_new_signals_and_no_other(werk: Werk) -> None:
    werk.receive()
    werk.receive()
    werk.receive(bak=Bak.HERHAALD)
    assert [opgepakt.nummer for opgepakt in signalen.accept_all(werk.vault)] == ["2024-A0001", "2024-A0002"]
    assert trays.counts(werk.vault.connection) == {Bak.OPGEPAKT: 2, Bak.HERHAALD: 1}
    assert signalen.accept_all(werk.vault) == ()


def test_a_signal_is_taken_up_once_also_when_a_correction_waits(werk: Werk) -> None:
    signaal = werk.receive()
    zaak = werk.take_up(signaal)
    changed = make_signaal(id="CM-000001", klantnummer="4000001", bedrag=99_999)
    inhoud = SignaalGewijzigd(signaal=changed, levering=werk.vault.vault_id)
    entry = Entry(id=werk.vault.new_id(), dossier=signaal, op=werk.klok.now, inhoud=inhoud)
    werk.vault.journal.append([entry], door=werk.vault.door)
    assert refused(werk.take_up, signaal) == Regel.SIGNAAL_NIET_OPEN
    assert refused(refuse, werk, signaal, Weigergrond.GEEN_CAPACITEIT) == Regel.SIGNAAL_NIET_OPEN
    assert len(werk.dossier(zaak).signalen) == 1


def test_an_unknown_signal_or_zaak_is_named_as_such(werk: Werk) -> None:
    assert refused(signalen.accept, werk.vault, [werk.vault.new_id()]) == Regel.SIGNAAL_ONBEKEND
    assert refused(werk.contact, werk.vault.new_id()) == Regel.ZAAK_ONBEKEND
