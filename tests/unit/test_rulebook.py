"""The rules of signals: what the file holds, and what it decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

import resources
from db.model.bedrag import Bedrag
from db.model.codes import Signaalpartner
from desktop.casework.rulebook import (
    NietToegelaten,
    Regelboek,
    Signaalregel,
    Toegelaten,
    Toelatingsreden,
    assess,
    assess_vergelijking,
    regelboek,
)
from desktop.intake.velden import MAXIMA
from tests.factories import signaal

CAK = ("wmo-abonnementstarief", "wmo-beschermd-wonen", "wlz")


def refused(gemeente: str = "0014", **changes: object) -> NietToegelaten:
    toelating = assess(signaal(**changes), gemeente)
    assert isinstance(toelating, NietToegelaten)
    return toelating


def test_every_row_of_the_handbook_has_its_rule() -> None:
    assert [regel.soort for regel in regelboek().regels] == [
        *CAK, "hypotheek", "duo", "belasting", "toeslag", "gemeentelijke-belastingen", "huur", "drinkwater",
        "zorgverzekering", "elektriciteit-gas", "warmte",
    ]  # fmt: skip


def test_only_the_three_of_the_cak_are_read_in() -> None:
    assert tuple(regel.soort for regel in regelboek().regels if regel.intake) == CAK


@pytest.mark.parametrize("soort", CAK)
def test_the_cak_may_send_what_article_2_4_lid_2_lists_and_no_more(soort: str) -> None:
    assert regelboek().velden(soort) == set(MAXIMA)
    regel = regelboek().regel(soort)
    assert regel is not None
    assert not regel.bsn
    assert regel.gemeenten == {"0363", "0014", "0855", "0637"}


def test_of_an_unknown_kind_no_more_is_kept_than_of_a_known_one() -> None:
    assert regelboek().velden("onbekend") == regelboek().velden("wlz")
    assert regelboek().velden("belasting") == regelboek().velden("wlz")


def test_a_mistyped_rule_is_refused_when_it_is_read() -> None:
    text = resources.read_text("rules/signalen.toml")
    with pytest.raises(msgspec.ValidationError):
        Regelboek(text.replace("minimum_cent", "minimum_sent"))


@pytest.mark.parametrize(("soort", "artikel", "minimum"), [(CAK[0], "a", 5), (CAK[1], "b", 2), (CAK[2], "c", 2)])
def test_a_signal_on_both_minimums_is_admitted(soort: str, artikel: str, minimum: int) -> None:
    start = date(2023, 12, 2) if minimum == 5 else date(2024, 3, 2)
    on_the_line = signaal(soort=soort, bedrag=Bedrag(100_00), ontstaansdatum=start, signaaldatum=date(2024, 5, 2))
    assert assess(on_the_line, "0014") == Toegelaten(
        artikel=f"2.4 lid 1 {artikel}", maanden=minimum, minimum_maanden=minimum, drempel=Bedrag(100_00)
    )


def test_a_cent_too_little_is_not_admitted() -> None:
    toelating = refused(bedrag=Bedrag(99_99))
    assert toelating.reden is Toelatingsreden.ONDER_DREMPEL
    assert (toelating.artikel, toelating.gevonden, toelating.vereist) == ("2.4 lid 1 a", "€ 99,99", "€ 100,00")


@pytest.mark.parametrize(
    ("soort", "start", "found", "needed"),
    [
        (CAK[0], date(2023, 12, 3), "4 maanden", "5 maanden"),
        (CAK[1], date(2024, 3, 3), "1 maand", "2 maanden"),
        (CAK[2], date(2024, 4, 3), "0 maanden", "2 maanden"),
    ],
)
def test_a_day_too_young_is_not_admitted(soort: str, start: date, found: str, needed: str) -> None:
    toelating = refused(soort=soort, ontstaansdatum=start, signaaldatum=date(2024, 5, 2))
    assert toelating.reden is Toelatingsreden.TE_KORT
    assert (toelating.gevonden, toelating.vereist) == (found, needed)


@pytest.mark.parametrize(
    ("day", "admitted"),
    [
        (date(2024, 3, 31), False),
        (date(2024, 4, 1), True),
        (date(2029, 3, 31), True),
        (date(2029, 4, 1), False),
    ],
)
def test_a_signal_counts_only_while_the_rule_is_in_force(day: date, admitted: bool) -> None:
    toelating = assess(signaal(signaaldatum=day), "0014")
    assert isinstance(toelating, Toegelaten) is admitted
    if isinstance(toelating, NietToegelaten):
        assert toelating.reden is Toelatingsreden.BUITEN_GELDIGHEID


def test_a_municipality_outside_the_experiment_receives_nothing() -> None:
    toelating = refused("0599")
    assert toelating.reden is Toelatingsreden.ANDERE_GEMEENTE
    assert toelating.artikel == "2.4 lid 2"


def test_a_kind_that_stands_nowhere_is_not_admitted() -> None:
    toelating = refused(soort="parkeerboete")
    assert toelating.reden is Toelatingsreden.ONBEKENDE_SOORT
    assert toelating.gevonden == "parkeerboete"


@pytest.mark.parametrize("soort", ["huur", "belasting", "duo"])
def test_a_kind_that_is_not_read_in_is_not_admitted(soort: str) -> None:
    regel = regelboek().regel(soort)
    assert regel is not None
    assert refused(soort=soort, signaalpartner=regel.signaalpartner).reden is Toelatingsreden.ONBEKENDE_SOORT


def compared(soort: str, **changes: Any) -> NietToegelaten | None:  # noqa: ANN401  # whatever a rule looks at
    regel = regelboek().regel(soort)
    assert regel is not None
    fields: dict[str, Any] = {
        "signaalpartner": regel.signaalpartner,
        "signaaldatum": date(2025, 7, 1),
        "bedrag": Bedrag(600_00),
    }
    gemeente = changes.pop("gemeente", "0363")
    return assess_vergelijking(soort, **(fields | changes), gemeentecode=gemeente)


@pytest.mark.parametrize("regel", [regel for regel in regelboek().regels if regel.vergelijken])
def test_another_creditor_may_report_to_compare_what_its_own_rule_allows(regel: Signaalregel) -> None:
    assert compared(regel.soort) is None
    assert "achternaam" in regelboek().toegestaan(regel.soort)


@pytest.mark.parametrize(
    ("soort", "changes", "reden"),
    [
        ("hypotheek", {"gemeente": "0014"}, Toelatingsreden.ANDERE_GEMEENTE),
        ("duo", {"bedrag": Bedrag(269_99)}, Toelatingsreden.ONDER_DREMPEL),
        ("belasting", {"signaaldatum": date(2025, 5, 31)}, Toelatingsreden.BUITEN_GELDIGHEID),
        ("toeslag", {"bedrag": Bedrag(499_99)}, Toelatingsreden.ONDER_DREMPEL),
        ("huur", {"signaalpartner": Signaalpartner.WATER}, Toelatingsreden.ONBEKENDE_SOORT),
        ("gemeentelijke-belastingen", {}, Toelatingsreden.ONBEKENDE_SOORT),
        ("wlz", {}, Toelatingsreden.ONBEKENDE_SOORT),
    ],
)
def test_another_creditor_may_not_report_outside_its_rule(
    soort: str, changes: dict[str, object], reden: Toelatingsreden
) -> None:
    refusal = compared(soort, **changes)
    assert refusal is not None
    assert refusal.reden is reden


def test_what_no_rule_lists_for_a_landlord_is_no_birth_date() -> None:
    assert "geboortedatum" not in regelboek().toegestaan("huur")
    assert "geboortedatum" in regelboek().toegestaan("zorgverzekering")


def test_the_partner_must_fit_the_kind() -> None:
    toelating = refused(signaalpartner=Signaalpartner.CAK_ZORGVERZEKERINGEN)
    assert toelating.reden is Toelatingsreden.ONBEKENDE_SOORT
    assert toelating.veld == "signaalpartner"
