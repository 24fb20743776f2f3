"""`check` finds every kind of damage, says where, and never shows wrong data."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from db import vault as vaults
from db.errors import KnownError
from db.integrity import Controle, check, digests
from db.journal import transaction
from db.model.ids import uuid7
from db.vault import FILE, DatabaseError, Vault
from tests.handelingen import Handeling
from tests.vaults import Klok, OtherDevice, key, make_vault, reopen, take_up

PERSONAL = ("Meer", "Yıldız", "Łukaszewicz", "Ğöçer", "Oosterstraat", "9711", "5550", "441000")


def failed(controles: tuple[Controle, ...]) -> dict[str, str]:
    """The sentences of the checks that failed, by name."""
    return {controle.naam: controle.uitleg for controle in controles if not controle.in_orde}


def test_a_sound_vault_passes_every_check_and_stays_as_it_was(worked: Vault) -> None:
    tables = digests(worked.connection)
    controles = check(worked)
    assert failed(controles) == {}
    assert [controle.naam for controle in controles] == [
        "versleuteling", "bestand", "indeling", "verwijzingen", "logboek", "inhoud", "tabellen", "zoekindex",
    ]  # fmt: skip
    assert all(controle.uitleg.endswith(".") for controle in controles)
    assert digests(worked.connection) == tables
    assert not worked.connection.in_transaction


@pytest.mark.parametrize(
    ("sql", "naam"),
    [
        ("UPDATE zaak SET pogingen = pogingen + 1", "tabellen"),
        ("DELETE FROM contactpoging WHERE rowid = 1", "tabellen"),
        ("UPDATE instelling SET waarde = '0363' WHERE naam = 'gemeente'", "tabellen"),
        ("UPDATE signaal SET bedrag = 1 WHERE nr = 1", "tabellen"),
        ("INSERT INTO alleen_lezen (dossier) VALUES (zeroblob(16))", "tabellen"),
        ("UPDATE signaal SET zoek_naam = 'anders' WHERE nr = 1", "zoekindex"),
        ("INSERT INTO zoek (zoek) VALUES ('delete-all')", "zoekindex"),
        ("DELETE FROM inhoud WHERE nr = (SELECT min(nr) FROM gebeurtenis WHERE soort LIKE 'Zaak%')", "tabellen"),
        ("DROP INDEX zaak_open", "indeling"),
        ("DROP TRIGGER gebeurtenis_blijft", "indeling"),
        ("ALTER TABLE concept ADD COLUMN meer TEXT", "indeling"),
        ("DROP TABLE levering", "tabellen"),
    ],
)
def test_a_change_behind_the_logs_back_is_found(worked: Vault, sql: str, naam: str) -> None:
    worked.connection.execute(sql)
    found = failed(check(worked))
    assert naam in found
    assert not [word for word in PERSONAL for sentence in found.values() if word in sentence]


def test_the_sentence_names_the_table_that_differs(worked: Vault) -> None:
    worked.connection.execute("UPDATE zaak SET pogingen = 77")
    assert failed(check(worked)) == {"tabellen": "Niet alle tabellen zeggen wat in het logboek staat: zaak."}


def test_a_row_that_points_nowhere_is_found(worked: Vault) -> None:
    worked.connection.execute("PRAGMA foreign_keys = OFF")
    worked.connection.execute("UPDATE kluis SET apparaat = 99")
    assert failed(check(worked))["verwijzingen"] == "1 rijen verwijzen naar iets dat er niet is (tabel kluis)."


def test_a_header_that_was_changed_is_named_by_its_number(worked: Vault) -> None:
    worked.connection.execute("DROP TRIGGER gebeurtenis_blijft")
    worked.connection.execute("UPDATE gebeurtenis SET op = 0 WHERE volgnummer = 9")
    sentence = failed(check(worked))["logboek"]
    assert sentence == "Het logboek klopt niet meer: bij gebeurtenis 9 van laptop A is iets veranderd of weggehaald."


def test_content_that_was_changed_into_nonsense_is_found_and_stops_nothing_else(worked: Vault) -> None:
    worked.connection.execute("DROP TRIGGER inhoud_blijft")
    worked.connection.execute("UPDATE inhoud SET bytes = x'7b7b' WHERE nr = 5")
    found = failed(check(worked))
    assert found["inhoud"] == "Van gebeurtenis 5 op deze laptop is de inhoud veranderd."
    assert found["tabellen"] == "Een gebeurtenis in het logboek is niet te lezen."


def test_drafts_are_outside_the_comparison(worked: Vault) -> None:
    worked.connection.execute("INSERT INTO concept (plek, tekst, bewaard) VALUES ('x', 'half', 0)")
    assert failed(check(worked)) == {}


def test_events_of_another_version_do_not_count_as_damage(worked: Vault) -> None:
    worked.journal.merge([OtherDevice().event(uuid7(), "Iets/9", b"?")])
    assert failed(check(worked)) == {}


def test_a_check_beside_a_reader_says_that_it_could_not_be_made(worked: Vault) -> None:
    reader = worked.reader()
    cursor = reader.execute("SELECT * FROM gebeurtenis")
    cursor.fetchone()
    take_up(worked, 11)
    worked.connection.execute("PRAGMA busy_timeout = 50")
    assert "straks opnieuw" in failed(check(worked))["bestand"]
    reader.close()
    assert failed(check(worked)) == {}


def test_a_check_on_a_full_disk_says_so_and_changes_nothing(worked: Vault) -> None:
    worked.connection.execute("PRAGMA query_only = ON")
    assert {"tabellen", "zoekindex"} <= set(failed(check(worked)))
    worked.connection.execute("PRAGMA query_only = OFF")
    assert failed(check(worked)) == {}


def test_a_file_that_vanished_under_the_vault_is_named(worked: Vault) -> None:
    worked.path.rename(worked.path.with_name("weg.db"))
    assert failed(check(worked))["versleuteling"] == "Het bestand van de kluis is niet te lezen (fout 2)."
    worked.path.write_bytes(b"SQLite format 3\0" + bytes(4080))
    assert failed(check(worked))["versleuteling"] == "Het bestand van de kluis is niet versleuteld."


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, str]]:
    """The bytes of a closed vault, and the digests of its tables."""
    folder = tmp_path_factory.mktemp("goed") / "kluis"
    klok = Klok()
    with make_vault(folder, clock=klok) as vault:
        for number in range(8):
            for naam in ("ontvangen", "oppakken", "bellen", "inzien"):
                Handeling(naam, (number, number, 0)).do(vault, klok)
        tables = digests(vault.connection)
    return (folder / FILE).read_bytes(), tables


def damage_of(stored: bytes, chance: random.Random) -> bytes:
    """The same bytes, damaged as disks and people do."""
    spoiled = bytearray(stored)
    pages = len(stored) // 4096
    page = chance.randrange(1, pages) * 4096
    match chance.choice(("bits", "bits", "zero", "swap", "tail")):
        case "bits":
            for _ in range(chance.randint(1, 8)):
                spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
        case "zero":
            spoiled[page : page + 4096] = bytes(4096)
        case "swap":
            other = chance.choice([number for number in range(1, pages) if number * 4096 != page]) * 4096
            spoiled[page : page + 4096], spoiled[other : other + 4096] = (
                spoiled[other : other + 4096],
                spoiled[page : page + 4096],
            )
        case _:
            del spoiled[chance.randrange(1, pages) * 4096 :]
    return bytes(spoiled)


def test_a_damaged_file_is_refused_or_found_and_never_read_wrongly(
    tmp_path: Path, original: tuple[bytes, dict[str, str]], profile: str
) -> None:
    stored, tables = original
    chance = random.Random(55)
    for _ in range(20_000 if profile == "nightly" else 60):
        spoiled = damage_of(stored, chance)
        (tmp_path / FILE).write_bytes(spoiled)
        try:
            with reopen(tmp_path) as vault:
                assert failed(check(vault)), "damage that no check sees"
                try:
                    assert digests(vault.connection) == tables, "wrong data"
                except DatabaseError:
                    continue
        except KnownError as error:
            assert error.code in {"KLUIS_BESCHADIGD", "KLUIS_PAST_NIET"}  # noqa: PT017  # either refusal is right


def test_every_single_page_is_guarded(tmp_path: Path, original: tuple[bytes, dict[str, str]]) -> None:
    stored, _ = original
    for page in range(len(stored) // 4096):
        spoiled = bytearray(stored)
        spoiled[page * 4096 + 2000] ^= 1
        (tmp_path / FILE).write_bytes(spoiled)
        try:
            connection = vaults.connect(tmp_path / FILE, key(), mode="ro&immutable=1")
        except KnownError:
            continue  # pages with the schema are read at once
        found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        connection.close()
        assert found == [(f"HMAC verification failed for page {page + 1}",)]


def test_damage_in_an_unused_page_is_found_too(tmp_path: Path) -> None:
    # Nothing reads such a page until it is used again; only the cipher's own check looks there.
    folder = tmp_path / "kluis"
    with make_vault(folder) as vault:
        vault.connection.execute("INSERT INTO concept (plek, tekst, bewaard) VALUES ('x', ?, 0)", ("half" * 10_000,))
        vault.connection.execute("DELETE FROM concept")
        (unused,) = vault.connection.execute("PRAGMA freelist_count").fetchone()
        assert unused > 5
    with (folder / FILE).open("r+b") as file:
        file.seek(-1000, 2)
        file.write(b"\0\0\0\0")
    with reopen(folder) as vault:
        (pages,) = vault.connection.execute("PRAGMA page_count").fetchone()
        assert failed(check(vault)) == {
            "bestand": f"Het bestand is beschadigd: 1 van de blokken, het eerste is blok {pages}."
        }


def test_checking_writes_nothing_that_lasts(worked: Vault) -> None:
    worked.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    before = worked.path.read_bytes()
    check(worked)
    worked.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with transaction(worked.connection):
        pass
    assert len(worked.path.read_bytes()) == len(before)
