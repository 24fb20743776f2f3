"""Mapping profiles: another layout read as ours, and a profile that does not hold named by its place."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import KnownError
from db.vault import Vault
from desktop.intake import ImportReport, import_file, profiel
from desktop.intake.profielen import store, text_of
from tests.factories import csv_bestand, rij
from tests.intake.test_xlsx import signaal
from tests.intake.werkmappen import packed, parts, sheet, xlsx

TEXT = """
bron = "Stichting Voorbeeld"
scheidingsteken = "|"
datum = "dd/mm/jjjj"

[kolommen]
id = "Meldingsnr."
soort = "Regeling"
bedrag = "Openstaand"
klantnummer = "Relatie"
achternaam = "Naam"
geboortedatum = "Geb. datum"

[vast]
signaalpartner = "CAK Eigen bijdrage"
plaatsnaam = "Groningen"

[waarden.soort]
"WMO AT" = "wmo-abonnementstarief"
"BW" = "wmo-beschermd-wonen"

[bedrag]
decimaal = ","
duizendtal = "."
"""
COLUMNS = {"id": "Meldingsnr.", "soort": "Regeling", "bedrag": "Openstaand", "klantnummer": "Relatie",
           "achternaam": "Naam", "geboortedatum": "Geb. datum"}  # fmt: skip
DATES = ("signaaldatum", "ontstaansdatum", "geboortedatum")


def theirs(number: int = 1, **changes: object) -> dict[str, Any]:
    """A row as the other source writes it."""
    row = rij(number, soort="WMO AT", bedrag="1.213,40", ontstaansdatum="2023-01-31")
    row = {name: value for name, value in row.items() if name not in {"signaalpartner", "plaatsnaam"}}
    for name in DATES:
        row[name] = f"{date.fromisoformat(row[name]):%d/%m/%Y}"
    return row | changes


def their_file(*rows: dict[str, Any]) -> bytes:
    return csv_bestand(rows=list(rows), separator="|", columns=COLUMNS)


def load(vault: Vault, folder: Path, content: bytes, name: str = "voorbeeld") -> ImportReport:
    path = folder / "aangeleverd"
    path.write_bytes(content)
    return import_file(vault, path, profile=name)


@pytest.fixture
def vault_with_profile(vault: Vault) -> Vault:
    store(vault, "voorbeeld", TEXT)
    return vault


def place(text: str) -> str:
    with pytest.raises(KnownError) as caught:
        profiel.read(text)
    assert caught.value.code == "PROFIEL_ONGELDIG"
    return str(caught.value.facts["plaats"])


def test_another_layout_is_read_as_ours(vault_with_profile: Vault, tmp_path: Path) -> None:
    assert load(vault_with_profile, tmp_path, their_file(theirs(1), theirs(2, soort="bw"))).geaccepteerd == 2
    rows = vault_with_profile.connection.execute(
        "SELECT bron, debtsoort, bedrag, signaaldatum, signaalpartner FROM signaal ORDER BY nr"
    ).fetchall()
    assert rows == [
        ("Stichting Voorbeeld", "wmo-abonnementstarief", 1213_40, "2024-04-02", "CAK Eigen bijdrage"),
        ("Stichting Voorbeeld", "wmo-beschermd-wonen", 1213_40, "2024-04-03", "CAK Eigen bijdrage"),
    ]


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"signaaldatum": "2024-05-02"}, "DATUM_ONGELDIG", "signaaldatum"),  # the profile says how dates are written
        ({"signaaldatum": "31/02/2024"}, "DATUM_ONGELDIG", "signaaldatum"),
        ({"bedrag": "1213.40"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": "12.13,40"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"bedrag": "100,005"}, "BEDRAG_ONGELDIG", "bedrag"),
        ({"soort": "onbekend"}, "ONBEKENDE_SOORT", "soort"),
        ({"bedrag": "99,99"}, "ONDER_DREMPEL", "bedrag"),
    ],
)
def test_a_row_that_does_not_fit_the_profile_is_refused_with_its_field(
    vault_with_profile: Vault, tmp_path: Path, changes: dict[str, object], reason: str, field: str
) -> None:
    report = load(vault_with_profile, tmp_path, their_file(theirs(1), theirs(2, **changes)))
    assert report.geaccepteerd == 1
    assert [(regel.rij, regel.reden, regel.veld) for regel in report.regels] == [(3, reason, field)]


def test_a_missing_column_goes_by_the_name_of_the_source(vault_with_profile: Vault, tmp_path: Path) -> None:
    content = their_file(theirs()).replace(b"Relatie", b"Klant")
    with pytest.raises(KnownError) as caught:
        load(vault_with_profile, tmp_path, content)
    assert (caught.value.code, caught.value.facts["plaats"]) == ("KOLOM_ONTBREEKT", "kolom Relatie")


def test_a_profile_works_on_the_typed_cells_of_a_spreadsheet(vault: Vault, tmp_path: Path) -> None:
    store(vault, "centen", 'datum = "mm/dd/jjjj"\nwerkblad = "Blad1"\n[bedrag]\ncenten = true\n')
    row = rij(1, signaaldatum=date(2024, 5, 2), ontstaansdatum="09/30/2023", geboortedatum="03/12/1951", bedrag=21340)
    assert load(vault, tmp_path, xlsx([row]), "centen").geaccepteerd == 1
    found = signaal(vault)
    assert (found.bedrag, found.signaaldatum, found.ontstaansdatum) == (213_40, date(2024, 5, 2), date(2023, 9, 30))


def test_rows_above_the_header_are_left_behind(vault: Vault, tmp_path: Path) -> None:
    store(vault, "kop", "kopregel = 4")
    content = b"Overzicht;;\r\nid;bedrag\r\n\r\n" + csv_bestand(2)
    assert load(vault, tmp_path, content, "kop").geaccepteerd == 2
    names = list(rij())
    rows: list[list[object]] = [["Overzicht"], ["x"], [], list(names), [rij(3)[name] for name in names]]
    assert load(vault, tmp_path, packed(parts({"Blad1": sheet(rows)})), "kop").geaccepteerd == 1


def test_an_unknown_profile_names_those_there_are(vault_with_profile: Vault, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        load(vault_with_profile, tmp_path, csv_bestand(), "cak")
    assert (caught.value.code, caught.value.facts["bekend"]) == ("PROFIEL_ONBEKEND", "voorbeeld")


def test_a_removed_profile_is_gone_and_the_log_keeps_its_text(vault_with_profile: Vault) -> None:
    store(vault_with_profile, "voorbeeld", "")
    with pytest.raises(KnownError):
        text_of(vault_with_profile, "voorbeeld")


@pytest.mark.parametrize("name", ["", "Met Spaties", "a" * 41, "../x", "profiel.x", "é"])
def test_a_profile_has_a_plain_name(vault: Vault, name: str) -> None:
    with pytest.raises(KnownError) as caught:
        store(vault, name, "")
    assert caught.value.code == "PROFIEL_ONGELDIG"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("kolommen = 5", "kolommen"),
        ("[kolommen]\nid = 5", "kolommen"),
        ('[kolommen]\nnaam = "x"', "kolommen.naam"),
        ('[kolommen]\n"Jan de Vries" = "x"', "kolommen.…"),
        ('[vast]\nid = "1"\n[kolommen]\nid = "x"', "vast.id"),
        ('[kolommen]\nid = "Nummer"\nklantnummer = "nummer!"', "kolommen.klantnummer"),
        ('[kolommen]\nklantnummer = "B.S.N."', "kolommen.klantnummer"),
        ('[kolommen]\nid = "Burgerservicenummer"', "kolommen.id"),
        ('[kolommen]\nid = ""', "kolommen.id"),
        ('[waarden.kleur]\na = "b"', "waarden.kleur"),
        ('datum = "dd/mm"', "datum"),
        ('datum = "dd/mm/jj"', "datum"),
        ('datum = "dd/mm/jjjj hh"', "datum"),
        ('datum = "dd/dd/jjjj"', "datum"),
        ('scheidingsteken = "x"', "scheidingsteken"),
        ("kopregel = -1", "kopregel"),
        ('kopregel = "een"', "kopregel"),
        ("[bedrag]\ndecimaal = ';'", "bedrag.decimaal"),
        ("[bedrag]\nduizendtal = ','", "bedrag.duizendtal"),
        ('kleur = "rood"', "kleur"),
        ("id = ?", "regel 1"),
        ('a = 1\n\n[x\nb = "y"', "regel 3"),
        ("x = " + "[" * 5000, "de opbouw"),
        ("#" * 20_001, "meer dan 20000 tekens"),
    ],
)
def test_a_profile_that_does_not_hold_is_refused_with_the_place(text: str, where: str) -> None:
    assert place(text).startswith(where)


@given(
    day=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    notation=st.permutations(["dd", "mm", "jjjj"]).flatmap(
        lambda order: st.sampled_from(["-", "/", ".", " ", ""]).map(lambda sign: sign.join(order))
    ),
)
def test_every_day_in_every_notation_is_that_day(day: date, notation: str) -> None:
    written = notation.replace("dd", f"{day:%d}").replace("mm", f"{day:%m}").replace("jjjj", f"{day:%Y}")
    waarden: dict[str, object] = {"signaaldatum": written}
    assert profiel.read(f'datum = "{notation}"').toepassen(waarden) is None
    assert waarden == {"signaaldatum": day.isoformat()}


@given(
    cents=st.integers(0, 99_999_999_99),
    decimal=st.sampled_from(",."),
    thousands=st.sampled_from(["", ".", ",", " ", "'"]),
)
def test_every_amount_in_every_notation_is_that_amount(cents: int, decimal: str, thousands: str) -> None:
    if decimal == thousands:
        return
    euros = f"{cents // 100:,}".replace(",", thousands)
    waarden: dict[str, object] = {"bedrag": f"€ {euros}{decimal}{cents % 100:02d}"}
    text = f'[bedrag]\ndecimaal = "{decimal}"\nduizendtal = "{thousands}"'
    assert profiel.read(text).toepassen(waarden) is None
    assert waarden == {"bedrag": f"{cents // 100}.{cents % 100:02d}"}


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_a_profile_or_refused(text: str) -> None:
    with contextlib.suppress(KnownError):
        profiel.read(text)
