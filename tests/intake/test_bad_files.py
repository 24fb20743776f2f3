"""Bad files: each is refused whole with its code, or row by row with its code; never half, never with a traceback."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import KnownError
from db.vault import Vault
from desktop.intake import ImportReport, import_file
from desktop.intake.bestand import MAX_BYTES
from desktop.intake.invoer import MAX_RIJEN
from tests.factories import csv_bestand, document, rij, signaalbestand

BSN = "111222333"
Take = Callable[..., ImportReport]
Refused = Callable[..., KnownError]


def reasons(report: ImportReport) -> list[tuple[str | None, str | None]]:
    return [(regel.reden, regel.veld) for regel in report.regels]


def holds(vault: Vault, text: str) -> bool:
    """Whether this text stands anywhere in the vault, decrypted."""
    names = vault.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    rows = [vault.connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names]
    return text in repr(rows)  # the whole would fill the screen when a test fails


# ------------------------------------------------------------------------------------- whole files


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"  \r\n\r\n", b";;;;\r\n"])
def test_an_empty_file_is_refused(refused: Refused, content: bytes) -> None:
    assert refused(content).code == "LEEG_BESTAND"


def test_a_header_alone_is_a_delivery_without_signals(take: Take, vault: Vault) -> None:
    report = take(csv_bestand(0))
    assert (report.rijen, report.regels) == (0, ())
    assert vault.connection.execute("SELECT count(*) FROM levering").fetchone() == (1,)


def test_utf16_with_a_mark_is_decoded(take: Take, vault: Vault) -> None:
    take(csv_bestand(rows=[rij(1, achternaam="Yıldız")], encoding="utf-16"))
    assert vault.connection.execute("SELECT lijstnaam FROM signaal").fetchone() == ("Yıldız, F.",)


def test_utf16_without_a_mark_is_refused(refused: Refused) -> None:
    assert refused(csv_bestand(1, encoding="utf-16-le")).code == "CODERING"


def test_half_a_utf16_file_is_refused(refused: Refused) -> None:
    assert refused(csv_bestand(1, encoding="utf-16")[:-1]).code == "CODERING"


def test_windows_1252_is_read_and_said(take: Take, vault: Vault) -> None:
    report = take(csv_bestand(rows=[rij(1, voorletters="€", achternaam="Müller")], encoding="cp1252"))
    assert report.codering == "windows-1252"
    assert vault.connection.execute("SELECT lijstnaam FROM signaal").fetchone() == ("Müller, €",)


@pytest.mark.parametrize("bad", [b"\x81", b"\x8d", b"\x9d"])
def test_a_byte_that_is_neither_utf8_nor_windows_1252_is_named_by_its_place(refused: Refused, bad: bytes) -> None:
    content = csv_bestand(rows=[rij(number, achternaam="Geheim") for number in range(1, 700)])
    error = refused(content[:70_000] + bad + content[70_000:])
    assert (error.code, error.facts["plaats"]) == ("CODERING", "byte 70000")
    assert "Geheim" not in str(error)


def test_a_mixture_of_encodings_is_refused(refused: Refused) -> None:
    good, bad = "Yıldız;".encode(), "Müller".encode("cp1252")
    assert refused(csv_bestand(1) + good + bad).code == "CODERING"


def test_json_is_utf8_and_nothing_else(refused: Refused) -> None:
    content = signaalbestand(300)
    error = refused(content[:70_000] + b"\xff" + content[70_000:])
    assert (error.code, error.facts["plaats"]) == ("CODERING", "byte 70000")


def test_a_file_over_50_mib_is_refused_before_it_is_read(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    with pytest.raises(KnownError) as caught:
        import_file(vault, path)
    assert caught.value.code == "TE_GROOT"
    assert caught.value.facts["hoogstens"] == MAX_BYTES


def test_a_million_rows_are_refused_at_the_first_one_too_many(refused: Refused) -> None:
    row = ";".join(["1"] * 19).encode() + b"\r\n"
    started = time.process_time()
    assert refused(csv_bestand(0) + row * 1_000_000).code == "TE_VEEL_RIJEN"
    assert (
        refused(b'{"formaat": "signaalbestand/1", "signalen": [' + b"{}," * 1_000_000 + b"{}]}").code == "TE_VEEL_RIJEN"
    )
    assert time.process_time() - started < 10  # a bound on runaway work, not a measurement


def test_one_json_signal_too_many_is_refused(refused: Refused) -> None:
    content = json.dumps(document([]) | {"signalen": [{}] * (MAX_RIJEN + 1)}).encode()
    assert refused(content).code == "TE_VEEL_RIJEN"


@pytest.mark.parametrize("column", ["klantnummer", "postcode", "geboortedatum"])
def test_a_missing_column_is_named(refused: Refused, column: str) -> None:
    row = rij(1)
    del row[column]
    error = refused(csv_bestand(rows=[row]))
    assert error.code == "KOLOM_ONTBREEKT"
    assert column in str(error.facts["plaats"])


@pytest.mark.parametrize("double", ["Achternaam", "inwoner_achternaam", "ACHTERNAAM "])
def test_a_column_that_stands_there_twice_is_refused(refused: Refused, double: str) -> None:
    assert refused(csv_bestand(rows=[rij(1, **{double: "x"})])).code == "KOLOM_DUBBEL"


def test_an_unknown_column_twice_is_refused_too_by_its_number(refused: Refused) -> None:
    """Not by its name: where the end of the header was lost, a resident's name stands in it."""
    error = refused(csv_bestand(rows=[rij(1, Jansen="x", jansen="y")]))
    assert (error.code, error.facts["plaats"]) == ("KOLOM_DUBBEL", f"kolom {len(rij()) + 2}")


def test_a_table_without_any_of_our_columns_is_of_unknown_format(refused: Refused) -> None:
    assert refused(b"naam;leeftijd\r\nJansen;40\r\n").code == "ONBEKEND_FORMAAT"


def test_a_file_without_header_does_not_echo_its_first_row(refused: Refused) -> None:
    error = refused(csv_bestand(rows=[rij(1, achternaam="Geheim")]).partition(b"\r\n")[2])
    assert error.code == "ONBEKEND_FORMAAT"
    assert "Geheim" not in str(error)


def test_a_quote_that_never_closes_is_refused_with_its_line(refused: Refused) -> None:
    content = csv_bestand(3).replace(b"Korreweg", b'"Korreweg', 1)
    assert refused(content).code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_knows_no_such_number(refused: Refused, number: str) -> None:
    content = signaalbestand(rows=[rij(1, bedrag=1)]).replace(b'"bedrag": 1', f'"bedrag": {number}'.encode())
    assert refused(content).code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize("key", ['"id": "CM-000001"', '"achternaam": "Meer"', '"formaat": "signaalbestand/1"'])
def test_a_json_key_that_stands_there_twice_is_refused(refused: Refused, key: str) -> None:
    content = signaalbestand(rows=[rij(1, achternaam="Meer")]).decode()
    assert key in content
    assert refused(content.replace(key, f"{key}, {key}").encode()).code == "KOLOM_DUBBEL"


@pytest.mark.parametrize(
    "content",
    [b"[" * 200_000, b'{"a":' * 200_000, b"[" * 200_000 + b"]" * 200_000, b'{"a":["\\"[",' * 100_000, b'["]]]",' * 99],
)
def test_deep_nesting_is_refused_before_it_is_parsed(refused: Refused, content: bytes) -> None:
    assert refused(content).code == "TE_DIEP"


def test_brackets_and_quotes_in_text_are_no_nesting(take: Take) -> None:
    name = '[[[[[[[[[[[[[[[[[[{{{{{{{{{{{{{{{{{"\\"[['
    assert take(signaalbestand(rows=[rij(1, achternaam=name), rij(2, achternaam="]\\")])).geaccepteerd == 2


@pytest.mark.parametrize("number", ["1" * 5000, "0." + "1" * 5000, "-" + "9" * 400])
def test_a_number_of_five_thousand_digits_is_refused(refused: Refused, number: str) -> None:
    content = signaalbestand(rows=[rij(1, bedrag=1)]).replace(b'"bedrag": 1', f'"bedrag": {number}'.encode())
    assert refused(content).code == "ONBEKEND_FORMAAT"


def test_a_number_with_a_huge_exponent_is_no_amount(take: Take) -> None:
    content = signaalbestand(rows=[rij(1, bedrag=1)]).replace(b'"bedrag": 1', b'"bedrag": 1e999999999')
    assert reasons(take(content)) == [("BEDRAG_ONGELDIG", "bedrag")]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"a" 1}',
        b"[]",
        b"[1,2]",
        b"{}",
        b'{"formaat": "signaalbestand/2"}',
        b'{"formaat": null}',
        b"{} x",
        b"{'a':1}",
    ],
)
def test_json_of_another_shape_or_version_is_refused(refused: Refused, content: bytes) -> None:
    assert refused(content).code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize(
    ("changes", "plaats"),
    [
        ({"levering": None}, "levering"),
        ({"levering": {"gemeentecode": "0014"}}, "levering.id"),
        ({"levering": {"id": "x"}}, "levering.gemeentecode"),
        ({"signalen": None}, "signalen"),
        ({"signalen": {}}, "signalen"),
    ],
)
def test_a_signaalbestand_without_its_parts_is_refused_with_the_place(
    refused: Refused, changes: dict[str, object], plaats: str
) -> None:
    error = refused(json.dumps(document([rij(1)]) | changes).encode())
    assert (error.code, error.facts["plaats"]) == ("KOLOM_ONTBREEKT", plaats)


@pytest.mark.parametrize("value", ["x" * 65, "a\nb", ["x"], 5])
def test_a_delivery_id_that_is_no_id_is_refused(refused: Refused, value: object) -> None:
    assert refused(signaalbestand(1, id=value)).code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize("kind", ["folder", "link", "broken link", "pipe", "device"])
def test_only_a_regular_file_is_opened(vault: Vault, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "aangeleverd.csv"
    target = tmp_path / "doel.csv"
    target.write_bytes(csv_bestand(1))
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(target)
    elif kind == "broken link":
        path.symlink_to(tmp_path / "nergens")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/zero")
    with pytest.raises(KnownError) as caught:
        import_file(vault, path)
    assert caught.value.code == "GEEN_GEWOON_BESTAND"


@pytest.mark.parametrize("name", ["nergens.csv", "a\0b.csv", "x" * 300 + ".csv", "nergens/x.csv"])
def test_a_file_that_cannot_be_opened_is_a_known_error(vault: Vault, tmp_path: Path, name: str) -> None:
    with pytest.raises(KnownError) as caught:
        import_file(vault, tmp_path / name)
    assert caught.value.code == "BESTAND_ONLEESBAAR"


@pytest.mark.parametrize("name", ["CON.csv", "a:b.csv", "punt.", "x" * 240, "..csv", "-rf", "gegevens.pdf", "=cmd"])
def test_the_name_of_a_file_means_nothing(take: Take, name: str) -> None:
    assert take(csv_bestand(1), name).geaccepteerd == 1
    assert take(signaalbestand(1), name).rijen == 1


@pytest.mark.parametrize(
    "start",
    [
        b"%PDF-1.7",
        b"MZ\x90\0",
        b"\xd0\xcf\x11\xe0",
        b"\x1f\x8b\x08",
        b"7z\xbc\xaf",
        b"\x7fELF",
        b"<?xml",
    ],
)
def test_another_kind_of_file_is_known_by_its_content(refused: Refused, start: bytes) -> None:
    assert refused(start + b"id;bedrag\r\n" * 40, "signalen.csv").code == "ONBEKEND_FORMAAT"


@pytest.mark.parametrize("code", ["0599", "GM0599", 599, "Groningen"])
def test_a_delivery_for_another_municipality_is_refused_whole(refused: Refused, code: object) -> None:
    assert refused(signaalbestand(3, gemeentecode=code)).code == "ANDERE_GEMEENTE"


def test_a_table_for_another_municipality_is_refused_whole(refused: Refused) -> None:
    assert refused(csv_bestand(rows=[rij(1, gemeentecode="0599")])).code == "ANDERE_GEMEENTE"


# --------------------------------------------------------------------------------------- single rows


def test_one_bad_row_does_not_hold_up_the_others(take: Take) -> None:
    rows = [rij(1), rij(2, bedrag="1,234.56"), rij(3, geboortedatum="29-02-2023"), rij(4)]
    report = take(csv_bestand(rows=rows))
    assert (report.rijen, report.geaccepteerd, report.onleesbaar) == (4, 2, 2)
    assert [(regel.rij, regel.reden) for regel in report.regels] == [(3, "BEDRAG_ONGELDIG"), (4, "DATUM_ONGELDIG")]


@pytest.mark.parametrize("make", [csv_bestand, signaalbestand])
@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"achternaam": "Jan\0sen"}, "STUURTEKEN", "achternaam"),
        ({"achternaam": "x" * 200_000}, "VELD_TE_LANG", "achternaam"),
        ({"achternaam": "e" + "\u0301" * 10_000}, "VELD_TE_LANG", "achternaam"),
        ({"achternaam": f"Jansen {BSN}"}, "MOGELIJK_BSN", "achternaam"),
        ({"straatnaam": "Oosterstraat\nAan: iemand anders"}, "REGELEINDE_IN_ADRES", "straatnaam"),
        ({"klantnummer": "..\\..\\x"}, "STUURTEKEN", "klantnummer"),
        ({"bedrag": "-100"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": "1000000000"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": "1e3"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": "NaN"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"geboortedatum": "2023-02-29"}, "DATUM_ONGELDIG", "geboortedatum"),
        ({"geboortedatum": "2031-01-01"}, "DATUM_ONGELDIG", "geboortedatum"),
        ({"geboortedatum": "1850-01-01"}, "DATUM_ONGELDIG", "geboortedatum"),
        ({"geboortedatum": "01/02/1950"}, "DATUM_ONGELDIG", "geboortedatum"),
        ({"geboortedatum": "01-02-50"}, "DATUM_ONGELDIG", "geboortedatum"),
        ({"postcode": "97111 NS"}, "POSTCODE_ONGELDIG", "postcode"),
        ({"achternaam": ""}, "VELD_ONTBREEKT", "achternaam"),
        ({"bedrag": "99.99"}, "ONDER_DREMPEL", "bedrag"),
        ({"soort": "parkeerboete"}, "ONBEKENDE_SOORT", "soort"),
        ({"signaalpartner": "Gemeente"}, "ONBEKENDE_SOORT", "signaalpartner"),
        ({"ontstaansdatum": "2024-04-01"}, "TE_KORT", "ontstaansdatum"),
        ({"signaaldatum": "2024-03-31"}, "BUITEN_GELDIGHEID", "signaaldatum"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_field(
    take: Take, make: Callable[..., bytes], changes: dict[str, object], reason: str, field: str
) -> None:
    row = rij(1, signaaldatum="2024-05-02", ontstaansdatum="2023-09-01") | changes
    assert reasons(take(make(rows=[row]))) == [(reason, field)]


def test_a_lone_surrogate_is_a_control_character(take: Take) -> None:
    content = signaalbestand(rows=[rij(1, achternaam="Meer")]).replace(b'"Meer"', b'"\\ud800"')
    assert reasons(take(content)) == [("STUURTEKEN", "achternaam")]


def test_a_row_with_more_cells_than_columns_is_not_guessed_at(take: Take) -> None:
    content = csv_bestand(rows=[rij(1, emailadres="a@voorbeeld.example"), rij(2)])
    report = take(content.replace(b"Korreweg", b"Korreweg;bis", 1))
    assert [(regel.rij, regel.reden) for regel in report.regels] == [(2, "VELD_ONTBREEKT")]


@pytest.mark.parametrize("item", [None, 5, "x", [], True])
def test_a_signal_that_is_no_object_is_unreadable(take: Take, item: object) -> None:
    assert reasons(take(json.dumps(document([]) | {"signalen": [item]}).encode())) == [("VELD_ONTBREEKT", "id")]


def test_an_inwoner_that_is_no_object_misses_its_fields(take: Take) -> None:
    signaal = document([rij(1)])["signalen"][0] | {"inwoner": "Jansen"}
    content = json.dumps(document([]) | {"signalen": [signaal]}).encode()
    assert reasons(take(content)) == [("VELD_ONTBREEKT", "achternaam")]


def test_the_same_id_twice_in_a_file_counts_once(take: Take) -> None:
    report = take(csv_bestand(rows=[rij(1), rij(1, bedrag="500.00"), rij(2)]))
    assert (report.geaccepteerd, report.onleesbaar) == (2, 1)
    assert [(regel.rij, regel.reden) for regel in report.regels] == [(3, "DUBBEL_IN_BESTAND")]


def test_a_row_for_another_municipality_keeps_nothing_but_its_id(take: Take, vault: Vault) -> None:
    report = take(csv_bestand(rows=[rij(1, gemeentecode="14"), rij(2, gemeentecode="0599", achternaam="Elders")]))
    assert [(regel.rij, regel.reden) for regel in report.regels] == [(3, "ANDERE_GEMEENTE")]
    assert not holds(vault, "Elders")


# ------------------------------------------------------------------------- what is dropped and counted


@pytest.mark.parametrize("make", [csv_bestand, signaalbestand])
def test_what_the_rule_does_not_list_is_dropped_and_counted(
    take: Take, vault: Vault, make: Callable[..., bytes]
) -> None:
    extra = {"BSN": BSN, "crisissignaal": "ja", "warmeOverdracht": "GEHEIM", "geslachtsaanduiding": "GEHEIM"}
    report = take(make(rows=[rij(1, **extra), rij(2, **extra), rij(3, **extra | {"BSN": ""})]))
    assert report.geaccepteerd == 3
    assert report.weggelaten == {"BSN": 2, "crisissignaal": 3, "geslachtsaanduiding": 3, "warmeOverdracht": 3}
    assert not holds(vault, BSN)
    assert not holds(vault, "GEHEIM")


def test_what_stands_under_inwoner_is_dropped_and_counted_too(take: Take, vault: Vault) -> None:
    file = document([rij(1)])
    file["signalen"][0]["inwoner"] |= {"bsn": BSN, "partner": {"bsn": BSN}}
    assert take(json.dumps(file).encode()).weggelaten == {"bsn": 1, "partner": 1}
    assert not holds(vault, BSN)


def test_a_column_named_after_a_person_is_not_repeated(take: Take, vault: Vault) -> None:
    report = take(signaalbestand(rows=[rij(1, **{BSN: "x", "A" * 60: "y", "Kolom;\n": "z"})]))
    assert report.weggelaten == {"kolom zonder naam": 3}
    assert not holds(vault, BSN)


def test_thousands_of_unknown_keys_do_not_fill_the_report(take: Take) -> None:
    words = (f"{chr(97 + n // 676 % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(5000))
    report = take(signaalbestand(rows=[rij(1, **dict.fromkeys(words, "x"))]))
    assert len(report.weggelaten) <= 101
    assert sum(report.weggelaten.values()) == 5000


def test_a_bsn_in_a_listed_field_is_kept_nowhere(take: Take, vault: Vault) -> None:
    rows = [rij(1, achternaam=BSN), rij(2, bedrag=BSN), rij(3, soort=BSN), rij(4, geboortedatum=BSN)]
    report = take(csv_bestand(rows=rows))
    assert report.geaccepteerd == 0
    assert not holds(vault, BSN)
    assert BSN not in repr(report)


def test_a_file_that_is_not_as_long_as_it_was_is_still_changing(vault: Vault) -> None:
    with pytest.raises(KnownError) as caught:
        import_file(vault, Path("/proc/self/status"))  # says it is empty, and is not
    assert caught.value.code == "BESTAND_VERANDERT"
