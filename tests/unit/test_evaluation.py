"""The half-yearly figures, counted by hand for small worlds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from db.errors import KnownError
from db.model.codes import (
    Antwoord,
    Bak,
    Bekendheid,
    BrpUitkomst,
    Contactsoort,
    Eindresultaat,
    Gesprekspartner,
    Richting,
    Weigergrond,
)
from db.model.gebeurtenis import Entry, LeveringOntvangen, SignaalIngetrokken
from db.model.plan import Afspraak, PlanVanAanpak
from desktop.casework import contact, hulp, instellingen, signalen
from desktop.evaluation import halfjaar, rapport
from desktop.evaluation.evaluatie import Evaluatie, Procedures, evaluate
from tests.casework_steps import Werk, local


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    yield world
    world.close()


def figures(werk: Werk, half: str = "2024-1") -> Evaluatie:
    return evaluate(werk.vault.connection, half, werk.instellingen, werk.klok.now)


def test_an_empty_half_year_has_zeros_and_no_procedures(werk: Werk) -> None:
    found = figures(werk)
    assert found.trechter.inwoners == found.open == 0
    assert found.eindresultaten == {}
    assert found.indicatoren.procedures is None
    assert found.wachttijden.signaal_tot_poging.mediaan is None


def test_the_answer_has_the_keys_of_the_contract(werk: Werk) -> None:
    werk.zaak()
    answer = msgspec.json.decode(msgspec.json.encode(figures(werk)))
    assert {"halfjaar", "indicatoren", "trechter", "open", "eindresultaten"} <= set(answer)
    assert {"teller", "noemer", "onbekend"} <= set(answer["indicatoren"]["nieuw"])
    assert {"teller", "noemer", "nog_niet_meetbaar", "ruim"} <= set(answer["indicatoren"]["bereikt"])
    assert set(answer["indicatoren"]["bereikt"]["ruim"]) == {"teller", "noemer"}
    assert answer["indicatoren"]["procedures"] is None
    assert set(answer["trechter"]) == {"signalen", "inwoners", "opgepakt", "bereikt", "aanbod", "aanvaard", "plan"}


def test_the_cohort_is_by_signaaldatum_and_not_by_receipt(werk: Werk) -> None:
    werk.klok.set(2024, 7, 1)
    werk.receive(signaaldatum=date(2024, 6, 30))
    werk.receive(signaaldatum=date(2024, 7, 1))
    assert figures(werk, "2024-1").trechter.signalen == 1
    assert figures(werk, "2024-2").trechter.signalen == 1


def test_residents_are_counted_once_however_many_signals_they_have(werk: Werk) -> None:
    werk.zaak(klantnummer="1")
    werk.zaak(klantnummer="1", soort="wlz")
    werk.zaak(klantnummer="2")
    found = figures(werk)
    assert (found.trechter.signalen, found.trechter.inwoners, found.trechter.opgepakt) == (3, 2, 2)
    assert [(kind.soort, kind.signalen, kind.inwoners) for kind in found.soorten] == [
        ("wlz", 1, 1),
        ("wmo-abonnementstarief", 2, 2),
    ]


@pytest.mark.parametrize("half", ["2024", "2024-3", "2024-0", "2023-2", "2029-2", "1e", "", "2024-1 ", "２０２４-1"])
def test_a_half_year_outside_the_experiment_is_refused(werk: Werk, half: str) -> None:
    with pytest.raises(KnownError) as error:
        figures(werk, half)
    assert error.value.code == "HALFJAAR_ONGELDIG"


# --- indicator 1 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schuldhulp", "eerder_gemeld", "new", "unknown"),
    [
        (Bekendheid.NEE, Bekendheid.NEE, 1, 0),
        (Bekendheid.JA, Bekendheid.NEE, 0, 0),
        (Bekendheid.NEE, Bekendheid.JA, 0, 0),
        (Bekendheid.ONBEKEND, Bekendheid.JA, 0, 0),
        (Bekendheid.ONBEKEND, Bekendheid.NEE, 0, 1),
        (Bekendheid.NEE, Bekendheid.ONBEKEND, 0, 1),
        (Bekendheid.ONBEKEND, Bekendheid.ONBEKEND, 0, 1),
    ],
)
@pytest.mark.parametrize("recorded_by_the_worker", [False, True])
def test_new_is_known_nowhere_and_unknown_is_said(
    werk: Werk,
    *,
    schuldhulp: Bekendheid,
    eerder_gemeld: Bekendheid,
    new: int,
    unknown: int,
    recorded_by_the_worker: bool,
) -> None:
    if recorded_by_the_worker:
        contact.record_bekendheid(
            werk.vault, werk.zaak(), event_id=werk.vault.new_id(), schuldhulp=schuldhulp, eerder_gemeld=eerder_gemeld,
            volgens="schuldhulp",
        )  # fmt: skip
    else:
        werk.receive(schuldhulp=schuldhulp, eerder_gemeld=eerder_gemeld)
    nieuw = figures(werk).indicatoren.nieuw
    assert (nieuw.teller, nieuw.noemer, nieuw.onbekend) == (new, 1, unknown)


def test_what_a_second_signal_brings_does_not_make_a_new_resident_known(werk: Werk) -> None:
    werk.receive(klantnummer="1", schuldhulp=Bekendheid.NEE, eerder_gemeld=Bekendheid.NEE)
    werk.klok.forward(days=30)
    werk.receive(klantnummer="1", schuldhulp=Bekendheid.NEE, eerder_gemeld=Bekendheid.JA)
    assert figures(werk).indicatoren.nieuw.teller == 1


def test_schuldhulp_that_ran_before_the_signal_makes_known_and_what_came_of_it_does_not(werk: Werk) -> None:
    not_known = {"schuldhulp": Bekendheid.NEE, "eerder_gemeld": Bekendheid.NEE}
    for since in (werk.vandaag - timedelta(days=1), werk.vandaag):
        zaak = werk.zaak(**not_known)
        werk.reached(zaak)
        werk.offer(zaak, Antwoord.AANVAARD)
        werk.end(zaak, Eindresultaat.VERVOLGHULP_FINANCIEEL, schuldhulp_loopt=since, bevestigd_door="J. Bos")
    assert figures(werk).indicatoren.nieuw.teller == 1


def test_already_known_at_schuldhulp_counts_as_known(werk: Werk) -> None:
    zaak = werk.zaak(eerder_gemeld=Bekendheid.NEE)
    werk.end(zaak, Eindresultaat.BEKEND_BIJ_SCHULDHULP, schuldhulp_loopt=date(2024, 1, 2), bevestigd_door="J. Bos")
    nieuw = figures(werk).indicatoren.nieuw
    assert (nieuw.teller, nieuw.noemer, nieuw.onbekend) == (0, 1, 0)


# --- indicator 2 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "personal"),
    [
        (Contactsoort.TELEFOON, 1),
        (Contactsoort.HUISBEZOEK, 1),
        (Contactsoort.AFSPRAAK_OP_LOCATIE, 1),
        (Contactsoort.MAIL, 0),
        (Contactsoort.SMS_WHATSAPP, 0),
        (Contactsoort.BRIEF, 0),
    ],
)
def test_reached_in_person_and_reached_at_all_are_two_counts(werk: Werk, soort: Contactsoort, personal: int) -> None:
    werk.contact(werk.zaak(), soort, bereikt=True)
    werk.klok.forward(days=90)
    bereikt = figures(werk).indicatoren.bereikt
    assert (bereikt.teller, bereikt.noemer, bereikt.nog_niet_meetbaar) == (personal, 1, 0)
    assert (bereikt.ruim.teller, bereikt.ruim.noemer) == (1, 1)


@pytest.mark.parametrize(("days", "counted"), [(0, 1), (90, 1), (91, 0)])
def test_contact_counts_until_the_end_of_the_ninetieth_day(werk: Werk, days: int, counted: int) -> None:
    werk.klok.set(2024, 5, 2)
    zaak = werk.zaak()
    werk.klok.forward(days=days)
    werk.reached(zaak)
    werk.klok.forward(days=100)
    found = figures(werk)
    assert found.indicatoren.bereikt.teller == counted
    assert found.trechter.bereikt == 1


def test_a_resident_is_measurable_on_the_ninetieth_day_reached_or_not(werk: Werk) -> None:
    werk.reached(werk.zaak())
    werk.zaak()
    werk.klok.forward(days=89)
    young = figures(werk).indicatoren.bereikt
    werk.klok.forward(days=1)
    old = figures(werk).indicatoren.bereikt
    assert (young.teller, young.noemer, young.nog_niet_meetbaar) == (0, 0, 2)
    assert (old.teller, old.noemer, old.nog_niet_meetbaar) == (1, 2, 0)


def test_a_call_that_comes_in_is_contact_and_no_attempt(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.contact(zaak)
    werk.reached(zaak, richting=Richting.IN)
    werk.klok.forward(days=90)
    found = figures(werk)
    assert found.indicatoren.bereikt.teller == 1
    assert [(cell.pogingen, cell.bereikt) for cell in found.bereik] == [(1, 0)]


def test_a_mentor_is_not_reached(werk: Werk) -> None:
    werk.reached(werk.zaak(), gesproken_met=Gesprekspartner.MENTOR)
    werk.klok.forward(days=90)
    assert figures(werk).indicatoren.bereikt.teller == 0


def test_those_with_whom_contact_was_possible_stand_beside_all(werk: Werk) -> None:
    werk.reached(werk.zaak())
    werk.brp(werk.zaak(), BrpUitkomst.OVERLEDEN)
    werk.receive()
    werk.klok.forward(days=90)
    bereikt = figures(werk).indicatoren.bereikt
    assert (bereikt.teller, bereikt.noemer) == (1, 3)
    assert (bereikt.mogelijk.teller, bereikt.mogelijk.noemer) == (1, 1)


def test_the_window_follows_the_clock_change_in_autumn(werk: Werk) -> None:
    werk.klok.set(2024, 8, 1)
    zaak = werk.zaak()
    werk.klok.set(2024, 10, 30, 23, 59)
    werk.reached(zaak)
    assert figures(werk, "2024-2").indicatoren.bereikt.teller == 1


# --- indicator 3 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gemeente", "half", "expected"),
    [("0014", "2024-1", 195), ("0014", "2024-2", 390), ("0363", "2025-1", 600), ("0637", "2024-1", 75),
     ("0855", "2029-1", 150), ("0855", "2024-2", 300)],
)  # fmt: skip
def test_the_expectation_is_for_the_months_the_experiment_ran(gemeente: str, half: str, expected: int) -> None:
    assert halfjaar.parse(half).verwacht(gemeente) == expected


def test_procedures_appear_when_the_cak_has_told(werk: Werk) -> None:
    instellingen.change(werk.vault, "cak_werkelijk", "2024-1=121 2024-2=380")
    assert figures(werk).indicatoren.procedures == Procedures(werkelijk=121, verwacht=195)
    assert figures(werk, "2025-1").indicatoren.procedures is None


@pytest.mark.parametrize("figure", ["210", "2024-1=", "2024-1=210 2024-3=1", "2024-1=-4"])
def test_a_figure_of_the_cak_that_cannot_be_read_is_refused(werk: Werk, figure: str) -> None:
    with pytest.raises(KnownError) as error:
        instellingen.change(werk.vault, "cak_werkelijk", figure)
    assert error.value.code == "INSTELLING_ONGELDIG"


# --- the funnel and the results -----------------------------------------------------------------------------


def test_the_funnel_follows_residents_to_the_plan(werk: Werk) -> None:
    werk.receive()
    called, declined, talked, planned = (werk.zaak() for _ in range(4))
    werk.contact(called)
    for zaak in (declined, talked, planned):
        werk.reached(zaak)
    werk.offer(declined, Antwoord.GEEN_HULP)
    for zaak in (talked, planned):
        werk.offer(zaak, Antwoord.AANVAARD)
        werk.talk(zaak)
    afspraak = Afspraak(wie="inwoner", wat="belt het CAK", uiterlijk=date(2024, 6, 1))
    hulp.draw_up_plan(werk.vault, planned, event_id=werk.vault.new_id(), plan=PlanVanAanpak(afspraken=(afspraak,)))
    found = figures(werk)
    assert msgspec.structs.asdict(found.trechter) == {
        "signalen": 5, "inwoners": 5, "opgepakt": 4, "bereikt": 3, "aanbod": 3, "aanvaard": 2, "plan": 1,
    }  # fmt: skip
    assert found.verst == {
        "niet-opgepakt": 1, "opgepakt": 1, "bereikt": 0, "aanbod": 1, "aanvaard": 1, "plan": 1,
    }  # fmt: skip
    assert found.open == 5


@pytest.mark.parametrize(("at_closing", "accepted"), [(True, 1), (False, 0), (None, 1)])
def test_accepted_is_what_was_said_at_closing_else_the_answer(
    werk: Werk, *, at_closing: bool | None, accepted: int
) -> None:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.offer(zaak, Antwoord.AANVAARD)
    werk.end(zaak, Eindresultaat.ADVIES_QUICK_FIX, hulp_aanvaard=at_closing)
    assert figures(werk).trechter.aanvaard == accepted


def test_open_and_closed_together_are_all_residents(werk: Werk) -> None:
    werk.receive()
    werk.zaak()
    closed, twice = werk.zaak(), werk.zaak(klantnummer="77")
    refused, withdrawn = werk.receive(), werk.receive()
    for zaak in (closed, twice):
        werk.reached(zaak)
        werk.end(zaak, Eindresultaat.REGELT_ZELF)
    werk.klok.forward(days=1)
    again = werk.zaak(klantnummer="77")
    werk.reached(again)
    werk.end(again, Eindresultaat.ZELF_BETAALD)
    signalen.refuse(
        werk.vault, refused, event_id=werk.vault.new_id(), grond=Weigergrond.ONTERECHT, notitie="betwist"
    )  # fmt: skip
    inhoud = SignaalIngetrokken(datum=werk.vandaag, levering=werk.vault.vault_id)
    entry = Entry(id=werk.vault.new_id(), dossier=withdrawn, op=werk.klok.now, inhoud=inhoud)
    werk.vault.journal.append([entry], door=werk.vault.door)
    found = figures(werk)
    assert found.eindresultaten == {
        Eindresultaat.ONTERECHT: 1,
        Eindresultaat.ANDERE_REDEN: 1,
        Eindresultaat.REGELT_ZELF: 1,
        Eindresultaat.ZELF_BETAALD: 1,
    }
    assert found.open == 2
    assert sum(found.eindresultaten.values()) + found.open == found.trechter.inwoners


def test_a_resident_with_a_new_signal_waiting_is_open_again(werk: Werk) -> None:
    zaak = werk.zaak(klantnummer="77")
    werk.reached(zaak)
    werk.end(zaak, Eindresultaat.REGELT_ZELF)
    werk.receive(klantnummer="77", bak=Bak.HERHAALD)
    found = figures(werk)
    assert (found.open, found.eindresultaten) == (1, {})


def test_reach_is_counted_per_outgoing_attempt_and_dagdeel(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.klok.set(2024, 5, 8, 10, 0)
    werk.contact(zaak)
    werk.klok.set(2024, 5, 11, 11, 59)
    werk.contact(zaak)
    werk.klok.set(2024, 5, 13, 18, 0)
    werk.reached(zaak)
    assert [(cell.contactsoort.value, cell.dagdeel.value, cell.pogingen, cell.bereikt) for cell in figures(werk).bereik
            ] == [("Telefoon", "Ochtend", 2, 0), ("Telefoon", "Avond", 1, 1)]  # fmt: skip


def test_waiting_times_are_medians_in_days(werk: Werk) -> None:
    werk.klok.set(2024, 5, 2, 12, 0)
    for days in (1, 2, 9):
        zaak = werk.zaak()
        werk.contact(zaak, op=werk.klok.now)
        werk.klok.forward(days=days)
        werk.reached(zaak)
        werk.klok.set(2024, 5, 2, 12, 0)
    times = figures(werk).wachttijden
    assert (times.signaal_tot_poging.mediaan, times.signaal_tot_poging.aantal) == (0.5, 3)
    assert (times.poging_tot_contact.mediaan, times.poging_tot_contact.aantal) == (2.0, 3)
    assert times.contact_tot_aanbod.aantal == 0


def test_deliveries_of_the_half_are_added_up(werk: Werk) -> None:
    inhoud = LeveringOntvangen(
        bron="Centraal Meldpunt", extern_id="L1", geaccepteerd=4, niet_toegelaten=3, onleesbaar=2, al_bekend=1,
        gewijzigd=0,
    )  # fmt: skip
    for op in (local(2024, 6, 30, 23, 59), local(2024, 7, 1, 0, 0)):
        entry = Entry(id=werk.vault.new_id(), dossier=werk.vault.new_id(), op=op, inhoud=inhoud)
        werk.vault.journal.append([entry], door=werk.vault.door)
    found = figures(werk).leveringen
    assert msgspec.structs.astuple(found) == (1, 4, 3, 2, 1, 0)


# --- files --------------------------------------------------------------------------------------------------


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


def test_the_json_is_whole_and_the_csv_shows_no_small_number(werk: Werk, tmp_path: Path) -> None:
    for number in range(12):
        zaak = werk.zaak()
        werk.reached(zaak)
        if number < 10:
            werk.end(zaak, Eindresultaat.REGELT_ZELF)
    werk.klok.forward(days=90)
    inside, outside = rapport.write(figures(werk), tmp_path / "uit" / "2024-1")
    assert msgspec.json.decode(inside.read_bytes())["open"] == 2
    found = rows(outside)
    assert outside.read_bytes().startswith(b"\xef\xbb\xbf")
    assert all(len(row) == 4 for row in found)
    numbers = [int(cell) for row in found for cell in row[2:] if cell.isdecimal()]
    assert numbers
    assert min(numbers) >= 10
    results = {name: count for section, name, count, _ in found if section == "eindresultaten"}
    assert results["inwoners"] == "12"
    assert results["nog open"] == results[Eindresultaat.REGELT_ZELF.value] == rapport.AFGESCHERMD


def test_which_lines_the_csv_has_does_not_depend_on_the_figures(werk: Werk) -> None:
    empty = [row[:2] for row in rapport.rows(figures(werk))]
    werk.reached(werk.zaak())
    assert [row[:2] for row in rapport.rows(figures(werk))] == empty


def test_no_cell_of_the_csv_is_a_formula(werk: Werk, tmp_path: Path) -> None:
    found = msgspec.structs.replace(figures(werk), gemeente='=HYPERLINK("http://x")')
    _, outside = rapport.write(found, tmp_path)
    assert "'=HYPERLINK" in outside.read_text("utf-8-sig")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows(outside) for cell in row)


def test_a_folder_that_cannot_be_made_is_a_known_error(werk: Werk, tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    with pytest.raises(KnownError):
        rapport.write(figures(werk), tmp_path / "bezet" / "uit")
