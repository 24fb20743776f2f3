"""Two versions side by side: what it was, what it became, and nothing that stayed the same taken for a change."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from db.model.bedrag import Bedrag
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.model.situatie import Situatie, VeiligContact
from desktop.documents.verschillen import plan_naast, situatie_naast

DEBTS = st.lists(
    st.builds(Schuld, schuldeiser=st.sampled_from("ABC"), bedrag=st.integers(0, 10**9).map(Bedrag)), max_size=5
)
AGREEMENTS = st.lists(
    st.builds(
        Afspraak,
        wie=st.sampled_from(["Inwoner", "F. Yıldız"]),
        wat=st.sampled_from(["belt", "schrijft"]),
        uiterlijk=st.dates(date(2024, 1, 1), date(2025, 1, 1)),
        gedaan=st.booleans(),
    ),
    max_size=5,
)
PLANS = st.builds(
    PlanVanAanpak,
    schulden=DEBTS.map(tuple),
    afspraken=AGREEMENTS.map(tuple),
    inkomen_per_maand=st.none() | st.integers(0, 10**7).map(Bedrag),
    toelichting=st.sampled_from(["", "Samen de post openen."]),
)


def test_a_tolk_that_is_needed_now_is_told_as_nee_and_ja() -> None:
    changed = [rule for rule in situatie_naast(None, Situatie(tolk=True, tolktaal="Pools")) if rule.anders]
    assert changed == [("Tolk nodig", "nee", "ja"), ("Taal van de tolk", "", "Pools")]


def test_what_was_taken_away_is_told_too() -> None:
    before = Situatie(veilig_contact=VeiligContact(telefoonnummer="050-5550188"))
    changed = [rule for rule in situatie_naast(before, Situatie()) if rule.anders]
    assert changed == [("Nummer dat u zelf gaf", "050-5550188", "")]


def test_a_debt_keeps_its_line_when_its_amount_changes() -> None:
    before = PlanVanAanpak(schulden=(Schuld(schuldeiser="CAK", bedrag=Bedrag(15426)),))
    after = PlanVanAanpak(
        schulden=(
            Schuld(schuldeiser="Energie", bedrag=Bedrag(100)),
            Schuld(schuldeiser="CAK", bedrag=Bedrag(10000), regeling="€ 25 per maand"),
        )
    )
    assert plan_naast(before, after) == (
        ("Schuld: Energie", "", "€ 1,00"),
        ("Schuld: CAK", "€ 154,26", "€ 100,00 (€ 25 per maand)"),
        ("Schulden samen", "€ 154,26", "€ 101,00"),
    )


@given(PLANS)
def test_a_plan_beside_itself_has_not_changed(plan: PlanVanAanpak) -> None:
    assert not [rule for rule in plan_naast(plan, plan) if rule.anders]


@given(PLANS, PLANS)
def test_every_line_of_both_plans_stands_there_once(before: PlanVanAanpak, after: PlanVanAanpak) -> None:
    def sides(wanted: str) -> list[int]:
        rules = [rule for rule in plan_naast(before, after) if rule.wat.startswith(wanted)]
        return [sum(bool(rule.was) for rule in rules), sum(bool(rule.wordt) for rule in rules)]

    assert sides("Schuld: ") == [len(before.schulden), len(after.schulden)]
    assert sides("Afspraak: ") == [len(before.afspraken), len(after.afspraken)]
