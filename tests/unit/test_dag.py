"""What comes back on Vandaag, in which order, and what the end of a day finds left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from db.journal import events_of
from db.model import gebeurtenis as g
from db.model.codes import (
    Antwoord,
    Belresultaat,
    Berichtstaat,
    BrpUitkomst,
    Contactsoort,
    Dagdeel,
    Eindresultaat,
    Gelukt,
    Stap,
)
from db.model.plan import Afspraak, PlanVanAanpak
from db.model.situatie import Situatie, Veiligheidsgrens
from db.queries import brieven, concepten
from db.queries import dag as queries
from desktop.casework import afsluiten, bezoek, dag, hulp, route, situatie, terugbellen, verzenden
from desktop.casework.dag import Ernst, Taaksoort
from desktop.casework.kalender import add_working_days
from tests.casework_steps import Werk

TODAY = date(2024, 5, 7)


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    yield world
    world.close()


def listed(werk: Werk) -> list[tuple[UUID, Taaksoort, Ernst]]:
    """What there is to do: zaak, why and how pressing."""
    found = dag.te_doen(werk.vault.connection, werk.instellingen, werk.klok.now)
    return [(taak.regel.id, taak.soort, taak.ernst) for taak in found]


def left(werk: Werk) -> dag.Dagcontrole:
    return dag.dagcontrole(werk.vault.connection, werk.instellingen, werk.klok.now)


def plan(werk: Werk, zaak: UUID, datum: date, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
    fields = {"dagdeel": Dagdeel.MIDDAG} | fields
    bezoek.plan_bezoek(werk.vault, zaak, event_id=werk.vault.new_id(), datum=datum, **fields)


def with_plan(werk: Werk, *days: date) -> UUID:
    """A zaak with a plan: one agreement for each day, to be evaluated on 1 August."""
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.talk(zaak)
    agreements = tuple(Afspraak(wie="inwoner", wat="belt", uiterlijk=day) for day in days)
    made = PlanVanAanpak(afspraken=agreements, evaluatiedatum=date(2024, 8, 1))
    hulp.draw_up_plan(werk.vault, zaak, event_id=werk.vault.new_id(), plan=made)
    return zaak


def test_what_waits_comes_back_one_line_per_zaak_and_the_most_pressing_first(werk: Werk) -> None:
    agreed = with_plan(werk, date(2024, 5, 8), date(2024, 5, 9))
    thinking = werk.zaak()
    werk.reached(thinking)
    werk.offer(thinking, Antwoord.BEDENKTIJD)
    visited = werk.zaak()
    plan(werk, visited, date(2024, 5, 8))
    limited = werk.zaak()
    grens = Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 5, 10))
    situatie.record_situatie(werk.vault, limited, event_id=werk.vault.new_id(), situatie=Situatie(niet_alleen=grens))
    assert listed(werk) == [(thinking, Taaksoort.BEDENKTIJD, Ernst.KOMT)]
    werk.klok.set(2024, 5, 10)
    assert listed(werk) == [
        (agreed, Taaksoort.AFSPRAKEN, Ernst.TE_LAAT),
        (visited, Taaksoort.UITSLAG, Ernst.TE_LAAT),
        (limited, Taaksoort.GRENS, Ernst.NU),
        (thinking, Taaksoort.BEDENKTIJD, Ernst.KOMT),
    ]
    werk.klok.set(2024, 5, 14)
    assert (thinking, Taaksoort.BEDENKTIJD, Ernst.NU) in listed(werk)


def test_a_plan_an_arrangement_and_aftercare_come_back_on_their_day(werk: Werk) -> None:
    planned = with_plan(werk, date(2024, 12, 1))
    arranged = werk.zaak()
    werk.reached(arranged)
    hulp.record_cak_gebeld(werk.vault, arranged, event_id=werk.vault.new_id(), nakijken_op=date(2024, 7, 31))
    closed = werk.zaak()
    werk.reached(closed)
    werk.klok.set(2024, 7, 1)
    werk.end(closed, Eindresultaat.REGELT_ZELF)
    werk.klok.set(2024, 7, 30)
    assert listed(werk) == []
    werk.klok.set(2024, 8, 1)
    assert {(zaak, soort) for zaak, soort, _ in listed(werk)} == {
        (planned, Taaksoort.EVALUATIE), (arranged, Taaksoort.REGELING), (closed, Taaksoort.NAZORG),
    }  # fmt: skip
    werk.klok.set(2024, 8, 9)
    assert (planned, Taaksoort.EVALUATIE, Ernst.TE_LAAT) in listed(werk)
    afsluiten.record_nazorg(werk.vault, closed, event_id=werk.vault.new_id(), gelukt=Gelukt.JA)
    assert closed not in {zaak for zaak, _, _ in listed(werk)}


def test_nobody_falls_through_the_cracks(werk: Werk) -> None:
    talk = werk.zaak()
    werk.reached(talk)
    werk.offer(talk, Antwoord.AANVAARD)
    quiet = werk.zaak()
    werk.reached(quiet)
    called = werk.zaak()
    werk.contact(called)
    assert listed(werk) == []
    werk.klok.set(2024, 5, 20, 14)
    assert listed(werk) == [(called, Taaksoort.TERMIJN, Ernst.TE_LAAT)], "this afternoon was tried: no call list has it"
    werk.klok.set(2024, 5, 20, 10)
    assert listed(werk) == [], "in the morning it stands in the call list"
    assert {taak.regel.id for taak in left(werk).termijnen} == {called}, "at the end of the day it counts all the same"
    werk.klok.set(2024, 6, 3, 10)
    assert (talk, Taaksoort.TERMIJN, Ernst.TE_LAAT) in listed(werk)
    assert (quiet, Taaksoort.STIL, Ernst.NU) in listed(werk)
    plan(werk, quiet, date(2024, 6, 5))
    assert quiet not in {zaak for zaak, _, _ in listed(werk)}


def test_a_visit_that_is_the_next_step_waits_to_be_planned_unless_it_must_not_be_made(werk: Werk) -> None:
    zaak, hidden = werk.zaak(), werk.zaak()
    for each in (zaak, hidden):
        werk.contact(each, resultaat=Belresultaat.NUMMER_ONBRUIKBAAR)
    situatie.record_situatie(werk.vault, hidden, event_id=werk.vault.new_id(), situatie=Situatie(afgeschermd=True))
    assert listed(werk) == [(hidden, Taaksoort.ADRES, Ernst.NU), (zaak, Taaksoort.PLANNEN, Ernst.KOMT)]
    plan(werk, zaak, TODAY)
    assert listed(werk) == [(hidden, Taaksoort.ADRES, Ernst.NU)], "today's visits stand on the route"


def test_what_threatens_comes_before_everything_until_the_first_talk(werk: Werk) -> None:
    late = with_plan(werk, date(2024, 5, 8))
    thinking, accepted, calm = werk.zaak(), werk.zaak(), werk.zaak()
    for each, answer, threat in (
        (thinking, Antwoord.BEDENKTIJD, True), (accepted, Antwoord.AANVAARD, True), (calm, Antwoord.AANVAARD, False),
    ):  # fmt: skip
        werk.reached(each)
        werk.offer(each, answer, dreiging=threat)
    werk.klok.set(2024, 5, 10)
    assert listed(werk)[0] == (thinking, Taaksoort.DREIGING, Ernst.TE_LAAT)
    assert listed(werk)[1] == (accepted, Taaksoort.DREIGING, Ernst.TE_LAAT)
    assert listed(werk)[2] == (late, Taaksoort.AFSPRAKEN, Ernst.TE_LAAT)
    assert calm not in {zaak for zaak, _, _ in listed(werk)}
    plan(werk, accepted, date(2024, 5, 13))
    assert (accepted, Taaksoort.DREIGING, Ernst.TE_LAAT) in listed(werk), "a planned visit takes no threat away"
    werk.talk(accepted)
    werk.offer(thinking, Antwoord.BEDENKTIJD)
    assert Taaksoort.DREIGING not in {soort for _, soort, _ in listed(werk)}


@pytest.mark.parametrize("akkoord", [True, False])
def test_a_hidden_address_waits_for_a_colleague_whatever_the_answer(werk: Werk, akkoord: bool) -> None:
    shielded, secret = werk.zaak(), werk.zaak()
    situatie.record_situatie(werk.vault, shielded, event_id=werk.vault.new_id(), situatie=Situatie(afgeschermd=True))
    werk.brp(secret, BrpUitkomst.GEHEIM)
    assert set(listed(werk)) == {(zaak, Taaksoort.ADRES, Ernst.NU) for zaak in (shielded, secret)}
    for zaak in (shielded, secret):
        situatie.record_adrescontrole(
            werk.vault, zaak, event_id=werk.vault.new_id(), door_wie="T. Visser", akkoord=akkoord
        )
    assert listed(werk) == []


def test_a_promise_of_the_coming_week_is_announced_and_one_of_today_is_in_the_call_list(werk: Werk) -> None:
    today, soon, later = werk.zaak(), werk.zaak(), werk.zaak()
    for zaak, days in ((today, 0), (soon, 2), (later, 9)):
        moment = werk.klok.now + timedelta(days=days, hours=1)
        werk.contact(zaak, resultaat=Belresultaat.TERUGBELLEN, terugbellen_op=moment)
    assert listed(werk) == [(soon, Taaksoort.BELOFTE, Ernst.KOMT)]
    assert [regel.id for regel in left(werk).beloften] == [today]


def test_who_may_still_answer_is_counted_until_the_letter_is_old(werk: Werk) -> None:
    thinking, lying = werk.zaak(), werk.zaak()
    werk.reached(thinking)
    werk.offer(thinking, Antwoord.BEDENKTIJD)
    werk.calls_in_vain(lying)
    werk.skip(lying, Stap.HUISBEZOEK)

    def awaited() -> int:
        return dag.wacht_op_antwoord(werk.vault.connection, werk.instellingen, werk.klok.now)

    assert awaited() == 1
    werk.letter(lying)
    made = werk.vandaag
    assert awaited() == 2
    while werk.vandaag < add_working_days(made, werk.instellingen.brief_werkdagen):
        assert awaited() == 2
        werk.klok.forward(days=1)
    assert awaited() == 1


def test_the_end_of_the_day_finds_what_is_left_and_says_when_nothing_is(werk: Werk) -> None:
    zaak = werk.zaak()
    connection = werk.vault.connection
    assert left(werk).rond
    werk.letter(zaak)
    plan(werk, zaak, TODAY)
    concepten.save(connection, f"notitie:{zaak}", "half", werk.klok.now)
    concepten.save(connection, terugbellen.CONCEPT, "Haile\n\n\n", werk.klok.now)
    queries.remember(connection, dag.BEZOEKMAP, TODAY, dag.WEG, werk.klok.now)
    verzoek = werk.vault.new_id()
    terugbellen.note_terugbelverzoek(werk.vault, event_id=verzoek, naam="", telefoonnummer="050-5550199")
    found = left(werk)
    assert (found.papieren, found.bezoekmap_weg, len(found.terugbellen), found.half_verzoek) == (1, TODAY, 1, True)
    assert [regel.id for regel in found.bezoeken] == [regel.id for regel in found.concepten] == [zaak]
    assert not found.rond
    verzenden.confirm(werk.vault, [letter.id for letter in brieven.unsent(connection)])
    queries.remember(connection, dag.BEZOEKMAP, TODAY, dag.TERUG, werk.klok.now)
    concepten.save(connection, f"notitie:{zaak}", "", werk.klok.now)
    concepten.save(connection, terugbellen.CONCEPT, "\n\n\n", werk.klok.now)
    terugbellen.settle_terugbelverzoek(werk.vault, verzoek, event_id=werk.vault.new_id())
    werk.contact(zaak, Contactsoort.HUISBEZOEK, resultaat=Belresultaat.NIEMAND_THUIS)
    assert left(werk).rond
    werk.letter(zaak)
    assert left(werk).papieren == 1, "one more was made after the others left"


def test_a_bezoekmap_is_asked_back_until_it_is_there(werk: Werk) -> None:
    zaak = werk.zaak()
    assert route.to_pack(werk.vault, TODAY) == ()
    plan(werk, zaak, TODAY)
    (door,) = route.to_pack(werk.vault, TODAY)
    route.take_along(werk.vault, TODAY, [door.id])
    looks = [event.inhoud for event in events_of(werk.vault.connection, zaak)]
    assert looks.count(g.DossierIngezien(scherm="Bezoekmap")) == 1
    werk.klok.now += timedelta(days=3)
    plan(werk, zaak, werk.vandaag)
    route.take_along(werk.vault, werk.vandaag, [door.id])
    assert left(werk).bezoekmap_weg == TODAY, "the oldest first"
    route.bring_back(werk.vault, TODAY)
    assert left(werk).bezoekmap_weg == werk.vandaag
    route.bring_back(werk.vault, werk.vandaag)
    assert left(werk).bezoekmap_weg is None


def test_an_address_where_nobody_may_go_stays_off_paper(werk: Werk) -> None:
    zaken = [werk.zaak() for _ in range(3)]
    for zaak in zaken:
        plan(werk, zaak, TODAY)
    limit = Veiligheidsgrens(reden="Dreigde eerder.", herzien_op=TODAY + timedelta(days=90))
    for zaak, found in zip(zaken, (Situatie(afgeschermd=True), Situatie(niet_bezoeken=limit), Situatie()), strict=True):
        situatie.record_situatie(werk.vault, zaak, event_id=werk.vault.new_id(), situatie=found)
    assert [door.id for door in route.to_pack(werk.vault, TODAY)] == zaken[2:]


def test_what_a_day_kept_goes_with_the_next(werk: Werk) -> None:
    connection = werk.vault.connection
    queries.remember(connection, "route", TODAY, "x", werk.klok.now)
    queries.remember(connection, "route", TODAY + timedelta(days=3), "later", werk.klok.now)
    werk.klok.forward(days=1)
    queries.remember(connection, "route", werk.vandaag, "y", werk.klok.now)
    kept = [queries.remembered(connection, "route", TODAY + timedelta(days=days)) for days in (0, 1, 3)]
    assert kept == ["", "y", "later"]
    assert queries.drafts(connection) == (), "none of it is a draft of a zaak"


@pytest.mark.parametrize(
    ("statement", "parameters", "index"),
    [
        (queries._UNDECIDED_LIST, (25,), "zaak_bedenktijd"),
        (queries._UNDECIDED_COUNT, (), "zaak_bedenktijd"),
        (queries._LYING, (3, 2, 0), "zaak_brief"),
        (queries._LIMITS, ("2024-05-07", 25), "zaak_grens"),
        (queries._SILENT, (0, 25), "zaak_stil"),
        (queries._HIDDEN, (25,), "zaak_adres"),
        (brieven._UNSENT, (25,), "brief_open"),
        (brieven._UNSENT_COUNT, (), "brief_open"),
    ],
)
def test_nothing_of_a_day_is_looked_for_among_everything(
    werk: Werk, statement: str, parameters: tuple[object, ...], index: str
) -> None:
    rows = werk.vault.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    plan = " ".join(str(row[-1]) for row in rows)
    assert index in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("staat", [Berichtstaat.GEWEIGERD, Berichtstaat.ONZEKER])
def test_a_message_that_did_not_arrive_is_no_round_day(werk: Werk, staat: Berichtstaat) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    assert (left(werk).terug_te_melden, left(werk).haperend) == (1, 0)
    werk.vault.connection.execute("UPDATE terugmelding SET staat = ?", (staat.value,))
    assert (left(werk).terug_te_melden, left(werk).haperend) == (0, 1)
    assert not left(werk).rond
