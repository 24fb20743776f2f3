"""A delivery on its way in: known, changed, withdrawn, repeated; atomic, and nothing the second time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from db.errors import KnownError
from db.journal import events_of, rebuild, verify_chain, verify_contents
from db.model.codes import Bak, Contactsoort, Eindresultaat, Uitkomst, Weigergrond
from db.model.gebeurtenis import ZaakAfgesloten
from db.model.ids import instant
from db.model.signaal import signaal_id
from db.model.zoektekst import fold, reversed_digits
from db.queries.signalen import find_signaal
from db.vault import Vault
from desktop.casework import contact, signalen
from desktop.intake import ImportReport, import_file
from tests.factories import csv_bestand, document, rij, signaalbestand
from tests.intake.conftest import events
from tests.vaults import Klok, make_vault

Take = Callable[..., ImportReport]
BRON = "Centraal Meldpunt"


def bakken(vault: Vault) -> dict[str, str]:
    return dict(vault.connection.execute("SELECT extern_id, bak FROM signaal ORDER BY nr"))


def kinds(vault: Vault) -> dict[str, int]:
    return dict(vault.connection.execute("SELECT soort, count(*) FROM gebeurtenis GROUP BY soort"))


def dump(vault: Vault) -> dict[str, list[str]]:
    tables = ("levering", "signaal", "afgewezen_rij", "zaak", "terugmelding", "instelling", "medewerker")
    return {table: sorted(map(repr, vault.connection.execute(f"SELECT * FROM {table}"))) for table in tables}


MIXED = [
    rij(1), rij(2, bedrag="99.99"), rij(3, bedrag="x"), rij(4), rij(4), rij(5, soort="x"), rij(6, BSN="111222333"),
    rij(7, geboortedatum="2010-01-01"),
]  # fmt: skip


@pytest.mark.parametrize("make", [signaalbestand, csv_bestand])
def test_every_row_has_one_outcome(take: Take, make: Callable[..., bytes]) -> None:
    report = take(make(rows=MIXED))
    outcomes = (
        report.geaccepteerd, report.niet_toegelaten, report.onleesbaar, report.al_bekend, report.gewijzigd,
    )  # fmt: skip
    assert outcomes == (4, 2, 2, 0, 0)
    assert sum(outcomes) == report.rijen == len(MIXED)
    offset = 2 if make is csv_bestand else 1
    assert [regel.rij - offset for regel in report.regels] == [1, 2, 4, 5]


@pytest.mark.parametrize("make", [signaalbestand, csv_bestand])
def test_the_same_file_twice_changes_nothing(take: Take, vault: Vault, make: Callable[..., bytes]) -> None:
    take(make(rows=MIXED))
    before, log = dump(vault), events(vault)
    report = take(make(rows=MIXED), "onder-een-andere-naam")
    assert (report.geaccepteerd, report.al_bekend) == (0, 4)
    assert (report.niet_toegelaten, report.onleesbaar) == (2, 2)
    assert len(report.regels) == report.rijen
    assert (dump(vault), events(vault)) == (before, log)


def test_two_laptops_make_the_same_signals_of_one_file(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(signaalbestand(5))
    found = []
    for name in ("een", "twee"):
        with make_vault(tmp_path / name) as vault:
            import_file(vault, file)
            found.append(vault.connection.execute("SELECT id, levering, inwoner FROM signaal ORDER BY id").fetchall())
    assert found[0] == found[1]


def test_json_and_csv_of_the_same_signals_are_the_same_signals(take: Take) -> None:
    take(signaalbestand(20))
    report = take(csv_bestand(20))
    assert (report.al_bekend, report.gewijzigd) == (20, 0)


def test_the_same_signals_in_a_new_delivery_are_known_and_the_delivery_is_noted(take: Take, vault: Vault) -> None:
    take(signaalbestand(3))
    log = events(vault)
    report = take(signaalbestand(3, id="CM-2024-19-0014"))
    assert report.al_bekend == 3
    assert events(vault) == log + 1
    assert vault.connection.execute("SELECT count(*) FROM levering").fetchone() == (2,)


def test_rows_added_to_a_delivery_are_taken_in(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1), rij(2, bedrag="1")]))
    report = take(signaalbestand(rows=[rij(1), rij(2, postcode="x"), rij(3)]))
    assert (report.geaccepteerd, report.al_bekend, report.onleesbaar) == (1, 1, 1)
    assert vault.connection.execute("SELECT count(*) FROM afgewezen_rij").fetchone() == (2,)


# ---------------------------------------------------------------------------------------- changed


def test_other_content_under_the_same_id_waits_as_a_correction(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, bedrag="213.40")]))
    report = take(signaalbestand(rows=[rij(1, bedrag="250.00")], id="later"))
    assert report.gewijzigd == 1
    assert [regel.uitkomst for regel in report.regels] == [Uitkomst.GEWIJZIGD]
    assert vault.connection.execute("SELECT bedrag, bak FROM signaal").fetchall() == [(21340, "gewijzigd")]


def test_the_same_correction_is_offered_once(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, bedrag="213.40")]))
    take(signaalbestand(rows=[rij(1, bedrag="250.00")], id="later"))
    log = events(vault)
    report = take(signaalbestand(rows=[rij(1, bedrag="250.00")], id="later"))
    assert (report.gewijzigd, events(vault)) == (1, log)
    take(signaalbestand(rows=[rij(1, bedrag="300.00")], id="nog later"))
    assert kinds(vault)["SignaalGewijzigd/1"] == 2


def test_a_correction_below_the_minimum_is_not_admitted_and_the_signal_stays(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, bedrag="213.40")]))
    report = take(signaalbestand(rows=[rij(1, bedrag="50.00")], id="later"))
    assert report.niet_toegelaten == 1
    assert bakken(vault) == {"CM-000001": "nieuw"}


# ----------------------------------------------------------------------------------------- trays


def test_someone_under_18_is_looked_at_first(take: Take, vault: Vault) -> None:
    rows = [
        rij(1, signaaldatum="2024-05-02", geboortedatum="2006-05-03"),
        rij(2, signaaldatum="2024-05-02", geboortedatum="2006-05-02"),
    ]
    assert take(signaalbestand(rows=rows)).controleren == 1
    assert bakken(vault) == {"CM-000001": "controleren", "CM-000002": "nieuw"}


@pytest.mark.parametrize(
    ("changes", "bak"),
    [
        ({}, Bak.HERHAALD),
        ({"bedrag": "100.00"}, Bak.HERHAALD),
        ({"bedrag": "213.41"}, Bak.NIEUW),
        ({"klantnummer": "9999999"}, Bak.NIEUW),
        ({"soort": "wlz"}, Bak.NIEUW),
        ({"signaaldatum": "2024-11-02"}, Bak.HERHAALD),
        ({"signaaldatum": "2024-11-03"}, Bak.NIEUW),
    ],
)
def test_the_same_debt_taken_up_within_six_months_and_not_higher_is_a_repeated_report(
    take: Take, vault: Vault, klok: Klok, changes: dict[str, object], bak: Bak
) -> None:
    debt = {"klantnummer": "4410882", "soort": "wmo-abonnementstarief", "bedrag": "213.40"}
    take(signaalbestand(rows=[rij(1, **debt)]))
    signalen.accept(vault, [signaal_id(BRON, "CM-000001")])
    klok.turn(days=220)
    later = rij(2, **debt, signaaldatum="2024-06-02") | changes
    report = take(signaalbestand(rows=[later], id="later"))
    assert report.geaccepteerd == 1
    assert report.herhaald == (bak is Bak.HERHAALD)
    assert bakken(vault)["CM-000002"] == bak


def test_a_signal_that_was_never_taken_up_makes_no_repeated_report(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, klantnummer="1", soort="wlz")]))
    take(signaalbestand(rows=[rij(2, klantnummer="1", soort="wlz", bedrag="100.00")], id="later"))
    assert bakken(vault)["CM-000002"] == "nieuw"


# ----------------------------------------------------------------------------------- withdrawals


def withdrawal(*ids: str) -> bytes:
    items = [{"id": extern_id, "datum": "2024-05-02"} for extern_id in ids]
    return signaalbestand(rows=[], intrekkingen=items, id=f"intrekking {ids}")


def test_a_signal_in_a_tray_is_withdrawn(take: Take, vault: Vault) -> None:
    take(signaalbestand(2))
    report = take(withdrawal("CM-000001"))
    assert (report.rijen, report.ingetrokken, report.intrekkingen_onbekend) == (0, 1, 0)
    assert bakken(vault) == {"CM-000001": "ingetrokken", "CM-000002": "nieuw"}


def test_a_signal_may_come_and_go_in_one_file(take: Take, vault: Vault) -> None:
    items = [{"id": "CM-000001", "datum": "2024-05-02"}]
    assert take(signaalbestand(2, intrekkingen=items)).ingetrokken == 1
    assert bakken(vault) == {"CM-000001": "ingetrokken", "CM-000002": "nieuw"}


def test_withdrawing_twice_adds_nothing(take: Take, vault: Vault) -> None:
    take(signaalbestand(1))
    take(withdrawal("CM-000001"))
    log = events(vault)
    assert take(withdrawal("CM-000001")).ingetrokken == 0
    assert events(vault) == log


@pytest.mark.parametrize("item", [{"id": "nooit gezien"}, {"id": "CM-9", "datum": "2024-05-02"}, {}, None, "CM-000001"])
def test_a_withdrawal_of_nothing_known_is_counted_and_not_kept(take: Take, vault: Vault, item: object) -> None:
    report = take(json.dumps(document([rij(1)]) | {"intrekkingen": [item]}).encode())
    assert (report.ingetrokken, report.intrekkingen_onbekend) == (0, 1)
    assert "SignaalIngetrokken/1" not in kinds(vault)


def closing(vault: Vault) -> list[ZaakAfgesloten]:
    dossiers = [UUID(bytes=row[0]) for row in vault.connection.execute("SELECT id FROM zaak")]
    found = [event.inhoud for dossier in dossiers for event in events_of(vault.connection, dossier)]
    return [inhoud for inhoud in found if isinstance(inhoud, ZaakAfgesloten)]


def test_before_contact_the_zaak_of_a_withdrawn_signal_closes(take: Take, vault: Vault) -> None:
    take(signaalbestand(1))
    signalen.accept(vault, [signaal_id(BRON, "CM-000001")])
    assert take(withdrawal("CM-000001")).ingetrokken == 1
    (inhoud,) = closing(vault)
    assert inhoud.eindresultaat is Eindresultaat.ANDERE_REDEN
    assert inhoud.reden is Weigergrond.INGETROKKEN
    sent = vault.connection.execute("SELECT signaal, klantnummer, code, staat FROM terugmelding").fetchall()
    assert sent == [("CM-000001", "4000001", "NIET_OPGEPAKT", "klaar")]


def test_a_zaak_stays_open_while_one_of_its_signals_stands(take: Take, vault: Vault) -> None:
    same = {"klantnummer": "7", "geboortedatum": "1950-01-01"}
    take(signaalbestand(rows=[rij(1, **same), rij(2, **same)]))
    signalen.accept(vault, [signaal_id(BRON, "CM-000001"), signaal_id(BRON, "CM-000002")])
    assert vault.connection.execute("SELECT count(*) FROM zaak").fetchone() == (1,)
    take(withdrawal("CM-000001"))
    assert closing(vault) == []
    take(withdrawal("CM-000002"))
    (inhoud,) = closing(vault)
    assert [bericht.signaal for bericht in inhoud.terugmeldingen] == ["CM-000001", "CM-000002"]


def test_after_contact_the_worker_decides(take: Take, vault: Vault) -> None:
    take(signaalbestand(1))
    (opgepakt,) = signalen.accept(vault, [signaal_id(BRON, "CM-000001")])
    contact.record_contactpoging(
        vault, opgepakt.zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=True
    )
    assert take(withdrawal("CM-000001")).ingetrokken == 1
    assert closing(vault) == []


# ------------------------------------------------------------------------------- whole or nothing


def test_the_tables_equal_what_the_log_replays_to(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=MIXED, intrekkingen=[{"id": "CM-000001", "datum": "2024-05-02"}]))
    take(csv_bestand(rows=[rij(4, bedrag="900"), rij(9)]))
    before = dump(vault)
    vault.connection.execute("BEGIN")
    rebuild(vault.connection)
    vault.connection.execute("COMMIT")
    assert dump(vault) == before
    assert verify_chain(vault.connection) == verify_contents(vault.connection) == events(vault)


def test_a_taken_in_signal_is_found_by_name_street_and_last_digits(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, klantnummer="4410882")]))
    for words in (fold("yıldız"), fold("Korreweg"), reversed_digits("882"), "4410"):
        found = vault.connection.execute("SELECT count(*) FROM zoek WHERE zoek MATCH ?", (f'"{words}"*',)).fetchone()
        assert found == (1,), words


def test_a_taken_in_signal_is_found_by_the_id_of_its_source(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1)], bron="Een ander meldpunt"))
    take(signaalbestand(rows=[rij(2)], id="later"))
    assert find_signaal(vault.connection, "CM-000001") == signaal_id("Een ander meldpunt", "CM-000001")
    assert find_signaal(vault.connection, "CM-000002") == signaal_id(BRON, "CM-000002")
    assert find_signaal(vault.connection, "CM-000003") is None


def test_progress_runs_from_nothing_to_everything(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(signaalbestand(1200))
    seen: list[tuple[int, int]] = []
    import_file(vault, path, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 1200)
    assert seen[-1] == (1200, 1200)
    assert seen == sorted(seen)


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 6, 9, 12, 15])
def test_a_cancelled_import_leaves_nothing(vault: Vault, tmp_path: Path, after: int) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(signaalbestand(1500))
    before, log = dump(vault), events(vault)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    with pytest.raises(KnownError) as caught:
        import_file(vault, path, cancelled=cancelled)
    assert caught.value.code == "IMPORT_AFGEBROKEN"
    assert (dump(vault), events(vault)) == (before, log)
    assert import_file(vault, path).geaccepteerd == 1500


def test_what_is_received_bears_the_vaults_clock(take: Take, vault: Vault, klok: Klok) -> None:
    take(signaalbestand(1))
    (received,) = vault.connection.execute("SELECT ontvangen_op FROM signaal").fetchone()
    assert instant(received) == klok.now
