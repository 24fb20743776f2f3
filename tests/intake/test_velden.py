"""Fields of a row: what is read, what is refused, and what of a refused row may be kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model.signaal import Signaal
from desktop.intake.velden import MAX_CENT, MAXIMA, Veldfout, elfproef, listed, own_id, parse, shown
from tests.factories import NAMEN, rij

BSN = "111222333"
VANDAAG = date(2024, 5, 2)


def read(row: dict[str, object] | None = None, *, tabel: bool = False, **changes: object) -> Signaal | Veldfout:
    return parse(rij(1, **changes) | (row or {}), bron="Centraal Meldpunt", tabel=tabel)


def accepted(row: dict[str, object] | None = None, *, tabel: bool = False, **changes: object) -> Signaal:
    found = read(row, tabel=tabel, **changes)
    assert isinstance(found, Signaal), found
    return found


def fault(row: dict[str, object] | None = None, *, tabel: bool = False, **changes: object) -> tuple[str, str]:
    found = read(row, tabel=tabel, **changes)
    assert isinstance(found, Veldfout), found
    return found.code, found.veld


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("213,40", 21340),
        ("213.40", 21340),
        ("213.4", 21340),
        ("213", 21300),
        ("1.213,40", 121340),
        ("1213,40", 121340),
        ("€ 1.213,40", 121340),
        ("€\u00a01.213,40", 121340),
        ("€1.213,40", 121340),
        ("1.234,56", 123456),
        ("0,00", 0),
        ("100.000.000,00", MAX_CENT),
    ],
)
def test_an_amount_in_a_table_is_read_as_cents(text: str, cents: int) -> None:
    assert accepted(tabel=True, bedrag=text).bedrag == cents


@pytest.mark.parametrize(
    "text",
    [
        "1.213", "1,213", "1,234.56", "12,3,4", "1.2.3", "-100", "-100,00", "+100", "1e3", "1E9", "NaN", "inf", "abc",
        "213,405", "213.405", "1.213,4056", "1000000000", "100.000.000,01", "213,-", "٢١٣", "213 40", "0x10", "1_000",
        ",50", "100,", "1213.400,50",
    ],
)  # fmt: skip
def test_an_ambiguous_or_impossible_amount_in_a_table_is_refused(text: str) -> None:
    assert fault(tabel=True, bedrag=text) == ("BEDRAG_ONGELDIG", "bedrag")


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("213.40", 21340),
        ("213.4", 21340),
        ("1.234,56", 123456),
        ("213", 21300),
        (213, 21300),
        (Decimal("213.40"), 21340),
        (0, 0),
    ],
)
def test_an_amount_in_json_is_a_string_or_number(value: object, cents: int) -> None:
    assert accepted(bedrag=value).bedrag == cents


@pytest.mark.parametrize(
    "value",
    [
        "1.213",
        "213.405",
        Decimal("213.405"),
        Decimal("1e9"),
        10**9,
        -100,
        "-100",
        True,
        [],
        {},
    ],
)
def test_anything_else_is_no_amount_in_json(value: object) -> None:
    assert fault(bedrag=value) == ("BEDRAG_ONGELDIG", "bedrag")


@given(st.integers(0, MAX_CENT))
def test_every_spelling_of_an_amount_comes_to_the_same_cents(cents: int) -> None:
    euros, rest = divmod(cents, 100)
    spellings = [f"{euros},{rest:02d}", f"{euros}.{rest:02d}", f"€ {euros:,}".replace(",", ".") + f",{rest:02d}"]
    assert {accepted(tabel=True, bedrag=text).bedrag for text in spellings} == {cents}
    assert accepted(bedrag=f"{euros}.{rest:02d}").bedrag == cents


@given(st.dates(date(1910, 1, 1), date(2024, 5, 1)))
def test_both_spellings_of_a_date_are_the_same_day(day: date) -> None:
    iso = accepted(tabel=True, geboortedatum=day.isoformat(), signaaldatum="2024-05-02")
    dutch = accepted(tabel=True, geboortedatum=f"{day:%d-%m-%Y}", signaaldatum="02-05-2024")
    assert iso == dutch
    assert iso.inwoner.geboortedatum == day


@pytest.mark.parametrize(
    "text",
    [
        "29-02-2023", "2023-02-29", "31-02-1950", "01/02/1950", "1-2-1950", "01-02-50", "50-02-01", "19500201",
        "1950-W05-1", "2024-05-02T00:00:00", "1950-13-01", "00-00-1950", "0000-01-01", "maart", "12345", "١٩٥٠-٠٢-٠١",
    ],
)  # fmt: skip
def test_a_date_that_is_none_or_could_be_two_is_refused(text: str) -> None:
    assert fault(tabel=True, geboortedatum=text) == ("DATUM_ONGELDIG", "geboortedatum")


def test_a_dutch_date_is_none_in_json() -> None:
    assert fault(geboortedatum="02-05-1950") == ("DATUM_ONGELDIG", "geboortedatum")


@pytest.mark.parametrize("value", [20240502, True, [], {}, Decimal("1.5")])
def test_a_date_is_text(value: object) -> None:
    assert fault(signaaldatum=value) == ("DATUM_ONGELDIG", "signaaldatum")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("geboortedatum", "2025-01-01"),
        ("geboortedatum", "2024-04-30"),
        ("geboortedatum", "1903-12-31"),
        ("ontstaansdatum", "2024-04-03"),
    ],
)
def test_a_date_that_cannot_be_true_is_refused(field: str, value: str) -> None:
    assert fault({"signaaldatum": "2024-04-02", field: value}) == ("DATUM_ONGELDIG", field)


def test_a_resident_may_be_120() -> None:
    assert accepted(geboortedatum="1904-01-01").inwoner.leeftijd(VANDAAG) == 120


@pytest.mark.parametrize(
    "field",
    [
        "id", "signaalpartner", "soort", "signaaldatum", "ontstaansdatum", "bedrag", "klantnummer", "achternaam",
        "geboortedatum", "straatnaam", "huisnummer", "postcode", "plaatsnaam",
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", ["", "  ", None])
def test_a_required_field_must_be_filled(field: str, value: object) -> None:
    assert fault({field: value}) == ("VELD_ONTBREEKT", field)


@pytest.mark.parametrize(
    "field", ["voorletters", "voorvoegsel", "huisletter", "huisnummertoevoeging", "telefoonnummer", "emailadres"]
)
def test_the_other_fields_may_be_absent(field: str) -> None:
    row = rij(1)
    del row[field]
    found = parse(row, bron="x", tabel=False)
    assert isinstance(found, Signaal)
    assert getattr(found.inwoner, field) == ""


def test_a_number_may_be_written_as_one() -> None:
    found = accepted(id=123, klantnummer=4410882, huisnummer=14)
    assert (found.id, found.klantnummer, found.inwoner.huisnummer) == ("123", "4410882", "14")


@pytest.mark.parametrize(("voorletters", "voorvoegsel", "achternaam"), NAMEN)
def test_a_name_stays_as_it_is_spelled(voorletters: str, voorvoegsel: str, achternaam: str) -> None:
    inwoner = accepted(voorletters=voorletters, voorvoegsel=voorvoegsel, achternaam=achternaam).inwoner
    assert (inwoner.voorletters, inwoner.voorvoegsel, inwoner.achternaam) == (voorletters, voorvoegsel, achternaam)


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x","y")', "+31 6 00000001", "-Jan", "@SUM", "<b>x", "Jansen & Zn <img src=x>",
        '<font color="[().__class__]">', "a\u202eb", "Jan\u200bsen", "Jаnsen", "Jan 😀", "\U0010ffff", "O’Brien",
    ],
)  # fmt: skip
def test_text_that_only_looks_dangerous_is_kept_as_text(name: str) -> None:
    assert accepted(achternaam=name).inwoner.achternaam == name


def test_a_name_is_kept_composed() -> None:
    assert accepted(achternaam="Müller").inwoner.achternaam == "Müller"


@pytest.mark.parametrize(
    "name", ["Jan\x00sen", "Jan\x1bsen", "Jan\tsen", "Jan\nsen", "Jan\x7fsen", "Jan\x85", "\ud800"]
)
def test_a_control_character_in_a_name_is_refused(name: str) -> None:
    assert fault(achternaam=name) == ("STUURTEKEN", "achternaam")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("field", ["straatnaam", "plaatsnaam"])
def test_an_address_is_one_line(field: str, end: str) -> None:
    assert fault({field: f"Oosterstraat{end}Aan: iemand anders"}) == ("REGELEINDE_IN_ADRES", field)


@pytest.mark.parametrize("field", [name for name in MAXIMA if "datum" not in name and name != "bedrag"])
def test_a_field_has_a_longest_length(field: str) -> None:
    assert fault({field: "1" * 200_000}) == ("VELD_TE_LANG", field)


@pytest.mark.parametrize(
    "name", ["e" + "\u0301" * 10_000, "e" + "\u0334" * 50, "Zo\u0334\u0334\u0334\u0334\u0334\u0334\u0334\u0334\u0334"]
)
def test_a_pile_of_accents_is_too_long(name: str) -> None:
    assert fault(achternaam=name) == ("VELD_TE_LANG", "achternaam")


def test_a_name_of_nothing_visible_is_no_name() -> None:
    assert fault(achternaam="\u200b\u200d") == ("VELD_ONTBREEKT", "achternaam")


@pytest.mark.parametrize("value", ["..\\..\\x", "../../x", "44 10882", "4410882;", "-44", "４４１"])
def test_a_klantnummer_is_letters_digits_and_hyphens(value: str) -> None:
    assert fault(klantnummer=value) == ("STUURTEKEN", "klantnummer")


@pytest.mark.parametrize("text", ["9711NS", "9711 NS", "9711ns", "9711\u00a0ns"])
def test_a_postcode_is_kept_in_one_spelling(text: str) -> None:
    assert accepted(postcode=text).inwoner.postcode == "9711NS"


@pytest.mark.parametrize("text", ["0711NS", "9711", "9711N", "9711NSX", "NS9711", "9711-NS", "B-1000", "9711ŃS"])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    assert fault(postcode=text) == ("POSTCODE_ONGELDIG", "postcode")


@pytest.mark.parametrize("partner", ["CAK", "cak eigen bijdrage", "Gemeente"])
def test_a_partner_outside_the_code_list_is_of_unknown_kind(partner: str) -> None:
    assert fault(signaalpartner=partner) == ("ONBEKENDE_SOORT", "signaalpartner")


# ---------------------------------------------------------------------------------------------------- the BSN


@pytest.mark.parametrize(
    ("digits", "valid"), [(BSN, True), ("123456782", True), ("123456789", False), ("000000000", False)]
)
def test_the_elfproef(digits: str, valid: bool) -> None:
    assert elfproef(digits) is valid


@pytest.mark.parametrize(
    "text", [BSN, f"Jansen {BSN}", "1112.22.333", "111 222 333", "111-222-333", "111\u200b222333", "١١١٢٢٢٣٣٣"]
)
@pytest.mark.parametrize("field", ["achternaam", "straatnaam", "plaatsnaam", "emailadres"])
def test_a_possible_bsn_in_a_text_field_is_refused_and_not_kept(field: str, text: str) -> None:
    row = rij(1, **{field: text})
    found = parse(row, bron="x", tabel=True)
    assert isinstance(found, Veldfout)
    assert (found.code, found.veld) == ("MOGELIJK_BSN", field)
    assert BSN not in found.gevonden
    assert field not in listed(row, frozenset(MAXIMA))


@pytest.mark.parametrize("text", ["123456789", "1112223334", "11122233", "Straat 12 345678"])
def test_nine_digits_that_fail_the_elfproef_are_no_bsn(text: str) -> None:
    assert accepted(straatnaam=text).inwoner.straatnaam == text


@pytest.mark.parametrize("field", ["klantnummer", "telefoonnummer", "id"])
def test_a_number_of_its_own_kind_may_look_like_a_bsn(field: str) -> None:
    accepted({field: BSN})


@pytest.mark.parametrize("field", ["bedrag", "geboortedatum", "signaaldatum", "soort", "signaalpartner", "postcode"])
def test_a_bsn_in_the_wrong_column_is_shown_nor_kept(field: str) -> None:
    row = rij(1, **{field: BSN})
    found = parse(row, bron="x", tabel=True)
    if isinstance(found, Veldfout):
        assert BSN not in found.gevonden
    assert BSN not in shown(row[field])
    assert BSN not in listed(row, frozenset(MAXIMA)).values()


# ------------------------------------------------------------------------------------------------ what is kept


def test_of_a_refused_row_only_listed_fields_are_kept_short_and_on_one_line() -> None:
    row = {
        "achternaam": "x" * 999,
        "straatnaam": "a\nb\x00c",
        "plaatsnaam": "\ud800x",
        "bsn": BSN,
        "bedrag": Decimal(5),
    }
    assert listed(row, frozenset(MAXIMA)) == {
        "achternaam": "x" * MAXIMA["achternaam"], "straatnaam": "a b c", "plaatsnaam": "x", "bedrag": "5",
    }  # fmt: skip


@pytest.mark.parametrize("value", [None, "", "a b", "x" * 65, [], "a\nb", "\ud800"])
def test_an_id_that_is_not_fit_to_show_is_left_out(value: object) -> None:
    assert own_id({"id": value}) == ""


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.decimals(), st.text(), st.lists(st.text()), st.just(BSN),
    st.text(st.characters(codec=None), max_size=300),
)  # fmt: skip


@given(changes=st.dictionaries(st.sampled_from(sorted(MAXIMA)), ANYTHING), tabel=st.booleans())
def test_whatever_stands_in_a_row_it_becomes_a_signal_or_a_named_fault(changes: dict[str, object], tabel: bool) -> None:
    row = rij(1, **changes)
    found = parse(row, bron="x", tabel=tabel)
    if isinstance(found, Signaal):
        assert found.vingerafdruk()
        assert 0 <= found.bedrag <= MAX_CENT
    else:
        assert found.veld in MAXIMA
        assert len(found.gevonden) <= 60
    kept = listed(row, frozenset(MAXIMA))
    "".join(kept.values()).encode()  # no lone surrogates


def test_a_signal_dated_after_today_is_no_unreadable_row() -> None:
    assert accepted(signaaldatum="2029-04-01").signaaldatum == date(2029, 4, 1)
