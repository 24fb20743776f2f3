"""Every way in which a spreadsheet may write the same table comes to the same signals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import KnownError
from db.vault import Vault
from desktop.intake import ImportReport, csv_reader
from tests.factories import csv_bestand, rij

Take = Callable[..., ImportReport]


def rows_of(content: bytes) -> list[dict[str, object]]:
    return [row.waarden for row in csv_reader.read(content, "0014").rijen]


def dutch(row: dict[str, object]) -> dict[str, object]:
    """The same row as a Dutch spreadsheet writes dates and amounts."""
    dates = {
        name: "-".join(reversed(str(row[name]).split("-")))
        for name in ("signaaldatum", "ontstaansdatum", "geboortedatum")
    }
    return row | dates | {"bedrag": "€ " + str(row["bedrag"]).replace(".", ",")}


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("writes", [dict, dutch])
def test_separators_encodings_dates_and_amounts_change_nothing(
    take: Take, separator: str, encoding: str, writes: Callable[[dict[str, object]], dict[str, object]]
) -> None:
    western = {"voorletters": "Z.", "voorvoegsel": "", "achternaam": "Müller; \"d'Été\", O'Ñ"}
    rows = [rij(number, **western) for number in range(1, 8)]
    take(csv_bestand(rows=rows))
    report = take(csv_bestand(rows=[writes(row) for row in rows], separator=separator, encoding=encoding))
    assert (report.al_bekend, report.rijen) == (7, 7)


@pytest.mark.parametrize(
    "columns",
    [
        {"achternaam": "inwoner_achternaam", "geboortedatum": "inwoner_geboortedatum"},
        {"achternaam": "ACHTERNAAM", "id": " Id ", "plaatsnaam": "Pláátsnaam"},
        {"huisnummertoevoeging": "Huisnummer toevoeging", "telefoonnummer": "Inwoner Telefoonnummer"},
        {"achternaam": "inwoner.achternaam", "id": '"ID"'},
    ],
)
def test_case_spaces_and_accents_in_headers_are_ignored(take: Take, columns: dict[str, str]) -> None:
    take(csv_bestand(3))
    assert take(csv_bestand(3, columns=columns)).al_bekend == 3


def test_the_order_of_columns_is_free(take: Take) -> None:
    take(csv_bestand(3))
    assert take(csv_bestand(rows=[dict(reversed(rij(number).items())) for number in (1, 2, 3)])).al_bekend == 3


def test_optional_columns_may_be_absent(take: Take) -> None:
    row = rij(1)
    for name in ("voorletters", "voorvoegsel", "huisletter", "huisnummertoevoeging", "telefoonnummer", "emailadres"):
        del row[name]
    assert take(csv_bestand(rows=[row])).geaccepteerd == 1


def test_rows_are_numbered_as_a_spreadsheet_shows_them(take: Take) -> None:
    lines = csv_bestand(rows=[rij(1), rij(2, bedrag="x"), rij(3, straatnaam='a\nb"c'), rij(4, postcode="")])
    first, rest = lines.split(b"\r\n", 1)
    report = take(first + b"\r\n\r\n;;;\r\n" + rest + b"\r\n\r\n;;;;\r\n")
    assert report.rijen == 4
    assert [(regel.rij, regel.reden) for regel in report.regels] == [
        (5, "BEDRAG_ONGELDIG"),
        (6, "REGELEINDE_IN_ADRES"),
        (7, "VELD_ONTBREEKT"),
    ]


def test_the_line_with_which_excel_names_its_separator_is_no_row(take: Take) -> None:
    report = take(b"sep=;\r\n" + csv_bestand(rows=[rij(1), rij(2, bedrag="x")]))
    assert [(regel.rij, regel.reden) for regel in report.regels] == [(3, "BEDRAG_ONGELDIG")]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_any_line_end_will_do(take: Take, end: bytes) -> None:
    assert take(csv_bestand(3).replace(b"\r\n", end)).geaccepteerd == 3


def test_empty_columns_at_the_end_are_no_columns(take: Take) -> None:
    content = b"\r\n".join(line + b";;" if line else b"" for line in csv_bestand(3).split(b"\r\n"))
    report = take(content)
    assert (report.geaccepteerd, report.weggelaten) == (3, {})


def test_a_table_may_carry_its_delivery(take: Take, vault: Vault) -> None:
    own = {"levering_id": "CM-7", "gemeentecode": "GM0014", "bron": "Meldpunt Noord"}
    assert take(csv_bestand(rows=[rij(1, **own), rij(2, **own)])).weggelaten == {}
    assert vault.connection.execute("SELECT bron, extern_id FROM levering").fetchall() == [("Meldpunt Noord", "CM-7")]
    assert vault.connection.execute("SELECT DISTINCT bron FROM signaal").fetchall() == [("Meldpunt Noord",)]


def test_a_table_without_delivery_is_known_by_its_hash(take: Take, vault: Vault) -> None:
    take(csv_bestand(1))
    take(csv_bestand(2))
    take(csv_bestand(1), "nog-een-keer.csv")
    found = vault.connection.execute("SELECT DISTINCT bron, length(extern_id) FROM levering").fetchall()
    assert found == [("Centraal Meldpunt", 64)]
    assert vault.connection.execute("SELECT count(*) FROM levering").fetchone() == (2,)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=30)


@given(names=st.lists(CELLS, min_size=1, max_size=4), separator=st.sampled_from(";,\t"))
def test_whatever_a_cell_holds_is_read_back_as_it_was_written(names: list[str], separator: str) -> None:
    rows = [rij(number, achternaam=name) for number, name in enumerate(names, 1)]
    found = rows_of(csv_bestand(rows=rows, separator=separator))
    assert [row["achternaam"] for row in found] == names


@given(st.binary(max_size=400))
def test_any_bytes_after_a_header_are_read_or_refused_with_a_code(tail: bytes) -> None:
    try:
        code = ""
        csv_reader.read(csv_bestand(0) + tail, "0014")
    except KnownError as error:
        code = error.code
    assert code in {"", "CODERING", "ONBEKEND_FORMAAT", "ANDERE_GEMEENTE", "TE_VEEL_RIJEN"}
