"""Signals of other creditors: read under their own rules, kept to compare with and for nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.errors import KnownError
from db.journal import events_of
from db.model.bedrag import Bedrag
from db.model.codes import Bekendheid, Herkenningsgrond, Rol
from db.model.gebeurtenis import OokGemeld
from db.queries.dossier import load
from db.vault import Vault
from desktop.app import create_vault, unlock
from desktop.casework import instellingen, signalen
from desktop.evaluation.evaluatie import OokGemeld as Geteld
from desktop.evaluation.evaluatie import evaluate
from desktop.intake import ImportReport, import_file
from tests.factories import csv_bestand, signaalbestand
from tests.intake.conftest import Take, events
from tests.intake.test_herkenning import STRANGER, key, of
from tests.vaults import Klok

PASSPHRASE = "zeven paarse fietsen in de sloot"
PARTNERS = {"huur": "Huur", "drinkwater": "Water", "zorgverzekering": "Zorg", "elektriciteit-gas": "Energie"}
TABLES = ("signaal", "zaak", "afgewezen_rij", "kenmerk", "zoek", "zoekwoord")


def other(number: int = 900, soort: str = "huur", **changes: object) -> dict[str, Any]:
    """A row of another creditor about the resident of `of(1)`, with the fields of a landlord."""
    row: dict[str, Any] = {
        "id": f"V-{number}",
        "signaalpartner": PARTNERS.get(soort, soort),
        "soort": soort,
        "signaaldatum": "2024-03-20",
        "bedrag": "812.40",
        "voorletters": "A.",
        "voorvoegsel": "v.d.",
        "achternaam": "Meer",
        "straatnaam": "Oosterstraat",
        "huisnummer": "14",
        "postcode": "9711 NP",
        "plaatsnaam": "Groningen",
    }
    return row | changes


def born(number: int = 900, soort: str = "zorgverzekering", **changes: object) -> dict[str, Any]:
    return other(number, soort, **({"geboortedatum": "1951-03-12"} | changes))


def found(vault: Vault, number: int) -> list[OokGemeld]:
    return [event.inhoud for event in events_of(vault.connection, key(number)) if isinstance(event.inhoud, OokGemeld)]


def before(vault: Vault, number: int) -> str:
    row = vault.connection.execute("SELECT eerder_gemeld FROM signaal WHERE id = ?", (key(number).bytes,)).fetchone()
    return str(row[0])


def outcomes(report: ImportReport) -> list[tuple[str | None, str | None]]:
    return [(regel.reden, regel.veld) for regel in report.regels]


def test_of_another_creditors_signal_no_more_is_kept_than_hash_kind_amount_and_date(vault: Vault, take: Take) -> None:
    report = take(signaalbestand(rows=[born(telefoonnummer="050-5550142", emailadres="a@voorbeeld.example")]))
    assert (report.rijen, report.geaccepteerd, report.vergelijking, report.regels) == (1, 1, 1, ())
    rows = vault.connection.execute("SELECT * FROM vergelijksignaal").fetchall()
    assert {row[1:] for row in rows} == {("zorgverzekering", "2024-03-20", 812_40)}
    assert all(len(row[0]) == 16 for row in rows)
    for table in TABLES:
        assert vault.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    stored = b"".join(row[0] for row in vault.connection.execute("SELECT bytes FROM inhoud"))
    assert not [word for word in (b"Meer", b"9711", b"V-900", b"81240", b"1951") if word in stored]


def test_a_new_signal_says_what_else_was_reported_of_its_resident(vault: Vault, take: Take) -> None:
    take(signaalbestand(rows=[other(), born(901, bedrag="99.10", signaaldatum="2024-03-01")], id="A"))
    take(signaalbestand(rows=[of(1), of(2, **STRANGER)], id="B"))
    assert found(vault, 1) == [
        OokGemeld(debtsoort="zorgverzekering", signaaldatum=date(2024, 3, 1), bedrag=Bedrag(99_10),
                  herkend_aan=Herkenningsgrond.GEBOORTEDATUM),
        OokGemeld(debtsoort="huur", signaaldatum=date(2024, 3, 20), bedrag=Bedrag(812_40),
                  herkend_aan=Herkenningsgrond.ADRES),
    ]  # fmt: skip
    assert found(vault, 2) == []
    taken = signalen.accept_all(vault)
    dossier = load(vault.connection, taken[0].zaak)
    assert dossier is not None
    assert [one.debtsoort for one in dossier.ook_gemeld] == ["zorgverzekering", "huur"]
    counted = evaluate(vault.connection, "2024-1", instellingen.load(vault.connection), vault.clock())
    assert counted.ook_gemeld == (Geteld(soort="huur", inwoners=1), Geteld(soort="zorgverzekering", inwoners=1))


def test_what_comes_in_one_file_with_a_signal_is_compared_too(vault: Vault, take: Take) -> None:
    take(signaalbestand(rows=[of(1), born()]))
    assert [one.debtsoort for one in found(vault, 1)] == ["zorgverzekering"]


@pytest.mark.parametrize(
    "changes",
    [
        {"geboortedatum": "1951-12-03"},
        {"achternaam": "Meer-Jansen"},
        {"achternaam": "Jansen"},
        {"postcode": "9743CD", "huisnummer": "8"},
        {"voorletters": ""},
        {"huisnummer": "14-B"},
    ],
)
def test_a_resident_is_found_by_birth_date_with_name_or_home(vault: Vault, take: Take, changes: dict[str, Any]) -> None:
    take(signaalbestand(rows=[born(**changes), of(1)]))
    assert len(found(vault, 1)) == 1


@pytest.mark.parametrize(
    "row",
    [
        other(voorletters="B."),
        other(achternaam="Jansen"),
        other(huisnummer="15"),
        born(geboortedatum="1981-03-12"),
        born(voorletters="B."),
        other(geboortedatum="1981-03-12", achternaam="Jansen"),
    ],
)
def test_somebody_else_in_the_house_or_of_that_name_is_not_found(
    vault: Vault, take: Take, row: dict[str, object]
) -> None:
    take(signaalbestand(rows=[row, of(1)]))
    assert found(vault, 1) == []


def test_where_many_people_live_an_address_finds_nobody(vault: Vault, take: Take) -> None:
    names = ("Bakker", "Visser", "Smit", "Mulder", "Bos", "Vos")
    take(signaalbestand(rows=[of(10 + n, achternaam=name) for n, name in enumerate(names)], id="A"))
    take(signaalbestand(rows=[other(), born(901), of(1)], id="B"))
    assert [one.herkend_aan for one in found(vault, 1)] == [Herkenningsgrond.GEBOORTEDATUM]


def test_reported_before_is_known_once_every_vastelastenpartner_was_read(vault: Vault, take: Take) -> None:
    take(signaalbestand(rows=[other(), of(1), of(2, **STRANGER)], id="A"))
    assert (before(vault, 1), before(vault, 2)) == (Bekendheid.JA, Bekendheid.ONBEKEND)
    take(signaalbestand(rows=[other(910 + n, soort) for n, soort in enumerate(PARTNERS)], id="B"))
    take(signaalbestand(rows=[of(3, **STRANGER | {"klantnummer": "4410999"}), of(4)], id="C"))
    assert (before(vault, 3), before(vault, 4)) == (Bekendheid.NEE, Bekendheid.JA)


def test_what_was_reported_later_was_not_reported_before(vault: Vault, take: Take) -> None:
    take(signaalbestand(rows=[other(signaaldatum="2024-04-30"), of(1, signaaldatum="2024-04-29")]))
    assert len(found(vault, 1)) == 1
    assert before(vault, 1) == Bekendheid.ONBEKEND


def test_a_landlords_birth_date_and_number_are_dropped_and_counted(vault: Vault, take: Take) -> None:
    report = take(signaalbestand(rows=[other(geboortedatum="1951-03-12", klantnummer="4410882", bsn="111222333")]))
    assert report.weggelaten == {"bsn": 1, "geboortedatum": 1, "klantnummer": 1}
    assert vault.connection.execute("SELECT count(*) FROM vergelijksignaal").fetchone() == (1,)


def test_every_row_that_may_not_be_kept_is_told_with_its_reason_and_stored_nowhere(vault: Vault, take: Take) -> None:
    rows = [
        other(1),
        other(2, "hypotheek", signaalpartner="Hypotheek"),
        other(3, soort="huren", signaalpartner="Huur"),
        other(4, signaalpartner="Water"),
        other(5, signaaldatum="2023-09-01"),
        other(6, signaaldatum="2042-01-01"),
        other(7, voorletters=""),
        other(8, achternaam=""),
        other(9, bedrag="1.2.3"),
        other(1),
        other(11, postcode="97"),
        other(12, signaalpartner="Verhuurder"),
        other(13, "gemeentelijke-belastingen", signaalpartner="Overige"),
    ]
    report = take(signaalbestand(rows=rows))
    assert outcomes(report) == [
        ("ANDERE_GEMEENTE", "gemeentecode"),
        ("ONBEKENDE_SOORT", "soort"),
        ("ONBEKENDE_SOORT", "signaalpartner"),
        ("TE_OUD", "signaaldatum"),
        ("DATUM_ONGELDIG", "signaaldatum"),
        ("VELD_ONTBREEKT", "voorletters"),
        ("VELD_ONTBREEKT", "achternaam"),
        ("BEDRAG_ONGELDIG", "bedrag"),
        ("DUBBEL_IN_BESTAND", "id"),
        ("POSTCODE_ONGELDIG", "postcode"),
        ("ONBEKENDE_SOORT", "signaalpartner"),
        ("ONBEKENDE_SOORT", "soort"),
    ]
    counts = (report.geaccepteerd, report.niet_toegelaten, report.onleesbaar, report.al_bekend, report.gewijzigd)
    assert counts == (1, 6, 6, 0, 0)
    assert sum(counts) == report.rijen == len(rows)
    assert vault.connection.execute("SELECT count(*) FROM afgewezen_rij").fetchone() == (0,)
    assert b"Meer" not in b"".join(row[0] for row in vault.connection.execute("SELECT bytes FROM inhoud"))


def test_the_same_file_again_changes_nothing_and_a_file_of_the_same_rows_keeps_nothing_twice(
    vault: Vault, take: Take
) -> None:
    take(signaalbestand(rows=[other(), born(901)]))
    there, recorded = vault.connection.execute("SELECT * FROM vergelijksignaal").fetchall(), events(vault)
    report = take(signaalbestand(rows=[other(), born(901)]))
    assert (report.geaccepteerd, report.al_bekend, events(vault)) == (0, 2, recorded)
    take(signaalbestand(rows=[other(), born(901)], id="ander"))
    assert vault.connection.execute("SELECT * FROM vergelijksignaal").fetchall() == there


def test_a_table_of_a_landlord_needs_no_column_that_a_landlord_may_not_fill(vault: Vault, take: Take) -> None:
    report = take(csv_bestand(rows=[other(), other(901, huisnummer="16")]))
    assert (report.vergelijking, report.weggelaten) == (2, {})
    with pytest.raises(KnownError) as caught:
        take(csv_bestand(rows=[other(), other(901, "wlz", signaalpartner="CAK Eigen bijdrage")]))
    assert caught.value.code == "KOLOM_ONTBREEKT"
    assert caught.value.facts["plaats"] == "kolom ontstaansdatum, klantnummer, geboortedatum"


def test_after_six_months_nothing_of_it_is_left(vault: Vault, take: Take, klok: Klok) -> None:
    take(signaalbestand(rows=[other(), other(901, huisnummer="18", signaaldatum="2024-05-01")], id="A"))
    klok.turn(minutes=60 * 24 * 163)
    take(signaalbestand(rows=[of(1)], id="B"))
    assert found(vault, 1) == []
    left = vault.connection.execute("SELECT DISTINCT signaaldatum FROM vergelijksignaal").fetchall()
    assert left == [("2024-05-01",)]


def test_opening_the_vault_lets_go_of_what_had_its_term(tmp_path: Path, klok: Klok) -> None:
    place = tmp_path / "kluis"
    with create_vault(place, PASSPHRASE, gemeente="0014", naam="F. Yıldız", rol=Rol.UITVOERDER, proef=True,
                      use_keyring=False, clock=klok).vault as made:  # fmt: skip
        path = tmp_path / "huur.json"
        path.write_bytes(signaalbestand(rows=[other()]))
        import_file(made, path)
    klok.turn(days=1)
    with unlock(place, PASSPHRASE, clock=klok) as opened:
        assert opened.connection.execute("SELECT count(*) FROM vergelijksignaal").fetchone() == (1,)
    klok.turn(days=183)
    with unlock(place, PASSPHRASE, clock=klok) as opened:
        assert opened.connection.execute("SELECT count(*) FROM vergelijksignaal").fetchone() == (0,)
