"""Whether two reports are about one resident: spellings that are one, and people who only look alike."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model.codes import Overeenkomst, Zekerheid
from db.model.kenmerken import Kenmerken, kenmerken, klank
from desktop.casework.matching import Herkenning, Vergelijking, Zeldzaamheid, choose, compare
from tests.factories import inwoner

FEW = Zeldzaamheid({"jansen": 150, "vries": 150}, signalen=20_000)


def of(klantnummer: str = "1", **fields: object) -> Kenmerken:
    """A resident as they are compared; the fields replace those of A.B. van der Meer."""
    return kenmerken(inwoner(**fields), klantnummer)


def held_beside(*, druk: bool = False, **fields: object) -> Vergelijking | None:
    """A.B. van der Meer, and somebody reported with these fields under another klantnummer."""
    return compare(of("2", **fields), of("1"), FEW, druk=druk)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen-de Vries", "de Vries-Jansen"),
        ("Jansen-de Vries", "Jansen - De Vries"),
        ("Weiß", "WEISS"),
        ("Dijkstra", "Dykstra"),
        ("Yıldız", "Yildiz"),
        ("Çelik", "Celik"),
        ("van der Meer", "Meer"),
        ("Meer, van der", "v.d. Meer"),
        ("Vandermeer", "van der Meer"),
        ("in 't Veld", "Veld"),
        ("Aït Lahcen", "Ait-Lahcen"),
        ("Peña-Núñez", "Nunez Pena"),
        ("O'Brien", "O’Brien"),
        ("Łukaszewicz", "Lukaszewicz"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert of(achternaam=one).namen == of(achternaam=other).namen


@pytest.mark.parametrize(
    ("one", "other"), [("Meijer", "Meier"), ("Schmidt", "Smit"), ("Visser", "Fisser"), ("Brandt", "Brant")]
)
def test_names_that_sound_alike_share_a_sound(one: str, other: str) -> None:
    first, second = of(achternaam=one).namen, of(achternaam=other).namen
    assert klank(first) == klank(second)


@pytest.mark.parametrize(
    "fields",
    [
        {"huisnummer": "14", "huisnummertoevoeging": "B"},
        {"huisnummer": "14", "huisletter": "b", "huisnummertoevoeging": ""},
        {"huisnummer": "14-B", "huisnummertoevoeging": ""},
        {"huisnummer": "14 b", "huisnummertoevoeging": ""},
        {"huisnummer": "014B", "huisnummertoevoeging": ""},
    ],
)
def test_a_house_number_is_one_however_its_addition_is_written(fields: dict[str, str]) -> None:
    likeness = of(**fields)
    assert (likeness.huisnummer, likeness.toevoeging) == ("14", "b")


def test_14bis_is_taken_for_14b_with_a_little_less_weight() -> None:
    bis = held_beside(huisnummer="14bis", huisnummertoevoeging="")
    same = held_beside()
    assert bis is not None
    assert same is not None
    assert Overeenkomst.ADRES_TOEVOEGING in bis.redenen
    assert bis.zekerheid is Zekerheid.ZEKER
    assert bis.punten < same.punten


def test_another_klantnummer_and_nothing_else_is_certainly_the_same_resident() -> None:
    likeness = held_beside()
    assert likeness is not None
    assert likeness.zekerheid is Zekerheid.ZEKER
    assert set(likeness.redenen) == {
        Overeenkomst.NAAM_GELIJK, Overeenkomst.VOORLETTERS_GELIJK, Overeenkomst.GEBOORTEDATUM_GELIJK,
        Overeenkomst.ADRES_GELIJK, Overeenkomst.TELEFOON_GELIJK,
    }  # fmt: skip


def test_day_and_month_that_changed_places_are_seen() -> None:
    likeness = held_beside(geboortedatum=date(1951, 12, 3))
    assert likeness is not None
    assert Overeenkomst.GEBOORTEDATUM_GEDRAAID in likeness.redenen


def test_a_partners_name_does_not_make_another_person() -> None:
    likeness = held_beside(achternaam="Meer-Jansen")
    assert likeness is not None
    assert Overeenkomst.NAAM_DEELS in likeness.redenen


def test_a_name_taken_in_marriage_is_asked_about_and_never_joined_unasked() -> None:
    likeness = held_beside(voorvoegsel="", achternaam="Okkema")
    assert likeness is not None
    assert likeness.zekerheid is Zekerheid.WAARSCHIJNLIJK
    assert Overeenkomst.NAAM_ANDERS in likeness.redenen


def test_somebody_who_moved_is_found() -> None:
    likeness = held_beside(postcode="9743CD", huisnummer="300", huisnummertoevoeging="", straatnaam="Goudlaan")
    assert likeness is not None
    assert Overeenkomst.ADRES_ANDERS in likeness.redenen


def test_a_slip_of_the_keyboard_is_asked_about() -> None:
    likeness = held_beside(achternaam="Mewr", geboortedatum=date(1951, 3, 22))
    assert likeness is not None
    assert likeness.zekerheid is Zekerheid.WAARSCHIJNLIJK
    assert {Overeenkomst.NAAM_LIJKT, Overeenkomst.GEBOORTEDATUM_LIJKT} < set(likeness.redenen)


def test_twins_are_two_people() -> None:
    assert held_beside(voorletters="C.D.") is None


def test_twins_whose_first_names_begin_alike_are_never_joined_unasked() -> None:
    likeness = compare(of("2", voorletters="A."), of("1", voorletters="A."), FEW, druk=False)
    assert likeness is not None
    assert likeness.zekerheid is Zekerheid.WAARSCHIJNLIJK


def test_a_father_and_a_son_with_the_same_initials_at_one_address_are_two_people() -> None:
    assert held_beside(geboortedatum=date(1979, 8, 21)) is None


def test_people_with_a_common_name_and_the_same_year_of_birth_are_not_grouped() -> None:
    strangers = {"voorvoegsel": "de", "achternaam": "Vries", "telefoonnummer": ""}
    elsewhere = strangers | {"postcode": "9743CD", "huisnummer": "3", "geboortedatum": date(1951, 6, 30)}
    assert compare(of("2", **elsewhere), of("1", **strangers), FEW, druk=False) is None


def test_an_institution_never_makes_two_people_one() -> None:
    other: dict[str, Any] = {"voorvoegsel": "", "achternaam": "Okkema", "voorletters": ""}
    assert held_beside(**other) is not None  # at a house of its own the same day of birth and telephone are a question
    assert held_beside(**other, druk=True) is None


def test_a_first_of_january_says_little() -> None:
    born = date(1951, 1, 1)
    sure, usual = held_beside(), compare(of("2", geboortedatum=born), of("1", geboortedatum=born), FEW, druk=False)
    assert sure is not None
    assert usual is not None
    assert usual.punten < sure.punten


def test_the_same_klantnummer_with_another_date_of_birth_is_asked_about() -> None:
    likeness = compare(of("1", geboortedatum=date(1962, 7, 9)), of("1"), FEW, druk=False)
    assert likeness is not None
    assert likeness.zekerheid is Zekerheid.WAARSCHIJNLIJK
    assert {Overeenkomst.KLANTNUMMER_GELIJK, Overeenkomst.GEBOORTEDATUM_ANDERS} < set(likeness.redenen)


def test_a_rare_name_says_more_than_a_common_one_and_less_in_a_larger_vault() -> None:
    many = Zeldzaamheid({"jansen": 150}, signalen=1_000_000)
    assert FEW.points("jansen") < FEW.points("okkema")
    assert many.points("okkema") < FEW.points("okkema")


def found(number: int, persoon: int, **fields: object) -> Herkenning:
    """Earlier signal `number` about resident `persoon`, held beside a new one about A.B. van der Meer."""
    likeness = compare(of("1"), of(str(number + 10), **fields), FEW, druk=False)
    assert likeness is not None
    return Herkenning(signaal=UUID(int=number), persoon=UUID(int=persoon), vergelijking=likeness)


def test_the_one_who_is_certain_leaves_the_likely_ones_out() -> None:
    (chosen,) = choose([found(1, 1, voorletters="A."), found(2, 2)])
    assert chosen.persoon == UUID(int=2)
    assert chosen.vergelijking.zekerheid is Zekerheid.ZEKER


def test_of_two_who_would_both_be_certain_neither_is() -> None:
    chosen = choose([found(1, 1), found(2, 2)])
    assert [one.vergelijking.zekerheid for one in chosen] == [Zekerheid.WAARSCHIJNLIJK] * 2


def test_only_who_comes_near_the_likeliest_is_asked_about() -> None:
    chosen = choose([found(1, 1, voorletters=""), found(2, 2, voorletters="", achternaam="Okkema")])
    assert [one.persoon for one in chosen] == [UUID(int=1)]


def test_signals_of_one_resident_count_once_and_by_the_best() -> None:
    (chosen,) = choose([found(1, 1, postcode="9743CD", huisnummer="300"), found(9, 1)])
    assert chosen.signaal == UUID(int=9)


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=8), st.booleans())
def test_it_makes_no_difference_which_of_two_came_first(name: str, letters: str, house: str, druk: bool) -> None:
    strange = of("2", achternaam=name, voorletters=letters, huisnummer=house, huisnummertoevoeging="")
    ours, theirs = compare(strange, of("1"), FEW, druk=druk), compare(of("1"), strange, FEW, druk=druk)
    assert ours == theirs
