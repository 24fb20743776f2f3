"""A plan from a file: amounts exact to the cent, and every fault named by its place."""

from __future__ import annotations

import pytest

from db.errors import KnownError
from desktop.intake.planbestand import read_plan


@pytest.mark.parametrize(
    ("written", "cents"), [("213.40", 21_340), ("0", 0), ("1.000", 100), ("1e3", 100_000), ("100000000", 10**10)]
)
def test_an_amount_is_whole_cents(written: str, cents: int) -> None:
    plan = read_plan(f'{{"schulden": [{{"schuldeiser": "CAK", "bedrag": {written}}}]}}'.encode())
    assert plan.schulden[0].bedrag == cents


@pytest.mark.parametrize(
    "written", ["213.405", "-1", "100000000.01", "1e999999999", "1e-999999999", "1.0000000000000000000000000000001"]
)
def test_an_amount_that_is_not_whole_cents_is_refused_by_its_place(written: str) -> None:
    with pytest.raises(KnownError, match="PLAN_ONGELDIG") as refused:
        read_plan(f'{{"schulden": [{{"schuldeiser": "CAK", "bedrag": {written}}}]}}'.encode())
    assert refused.value.facts == {"plaats": "schulden[0].bedrag"}


def test_a_wrong_field_is_named_and_never_shown() -> None:
    with pytest.raises(KnownError, match="PLAN_ONGELDIG") as refused:
        read_plan(b'{"afspraken": [{"wie": "de inwoner", "wat": 7, "uiterlijk": "2024-06-01"}]}')
    assert refused.value.facts == {"plaats": "afspraken[0].wat"}
