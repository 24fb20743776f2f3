"""The hash chain: what was recorded cannot be changed, moved, added or taken away unseen."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable

import pytest

from db import journal
from db.errors import KnownError
from db.integrity import check
from db.vault import DatabaseError, Vault
from tests.vaults import take_up

Tamper = Callable[[sqlite3.Connection, int, random.Random], int]


@pytest.fixture
def unguarded(worked: Vault) -> Vault:
    """A vault with some hundred events of all kinds, without the triggers that guard them."""
    for name in ("gebeurtenis_blijft", "gebeurtenis_verdwijnt_niet", "inhoud_blijft"):
        worked.connection.execute("DROP TRIGGER " + name)
    worked.connection.execute("PRAGMA foreign_keys = OFF")
    return worked


def modify(connection: sqlite3.Connection, number: int, chance: random.Random) -> int:
    column, value = chance.choice((
        ("id", chance.randbytes(16)),
        ("hlc", chance.randrange(1 << 40)),
        ("dossier", chance.randbytes(16)),
        ("soort", "DossierIngezien/2"),
        ("op", chance.randrange(1 << 40)),
        ("vastgelegd", chance.randrange(1 << 40)),
        ("door", chance.randbytes(16)),
        ("inhoud_hash", chance.randbytes(32)),
        ("hash", chance.randbytes(32)),
    ))  # fmt: skip
    connection.execute(f"UPDATE gebeurtenis SET {column} = ? WHERE volgnummer = ?", (value, number))
    return number


def delete(connection: sqlite3.Connection, number: int, _: random.Random) -> int:
    connection.execute("DELETE FROM gebeurtenis WHERE volgnummer = ?", (number,))
    return number


def delete_and_close_the_gap(connection: sqlite3.Connection, number: int, _: random.Random) -> int:
    connection.execute("DELETE FROM gebeurtenis WHERE volgnummer = ?", (number,))
    connection.execute("UPDATE gebeurtenis SET volgnummer = -(volgnummer - 1) WHERE volgnummer > ?", (number,))
    connection.execute("UPDATE gebeurtenis SET volgnummer = -volgnummer WHERE volgnummer < 0")
    return number


def insert(connection: sqlite3.Connection, number: int, chance: random.Random) -> int:
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE gebeurtenis SET volgnummer = -(volgnummer + 1) WHERE volgnummer >= ?", (number,))
    connection.execute("UPDATE gebeurtenis SET volgnummer = -volgnummer WHERE volgnummer < 0")
    connection.execute(
        "INSERT INTO gebeurtenis (id, apparaat, volgnummer, hlc, dossier, soort, op, vastgelegd, door, inhoud_hash,"
        " hash) SELECT ?, apparaat, ?, hlc, dossier, soort, op, vastgelegd, door, inhoud_hash, hash FROM gebeurtenis"
        " WHERE volgnummer = ?",
        (chance.randbytes(16), number, number + 1),
    )
    return number


def reorder(connection: sqlite3.Connection, number: int, _: random.Random) -> int:
    connection.execute("UPDATE gebeurtenis SET volgnummer = -1 WHERE volgnummer = ?", (number,))
    connection.execute("UPDATE gebeurtenis SET volgnummer = ? WHERE volgnummer = ?", (number, number + 1))
    connection.execute("UPDATE gebeurtenis SET volgnummer = ? WHERE volgnummer = -1", (number + 1,))
    return number


def truncate(connection: sqlite3.Connection, number: int, _: random.Random) -> int:
    connection.execute("DELETE FROM gebeurtenis WHERE volgnummer >= ?", (number,))
    return number


@pytest.mark.parametrize("tamper", [modify, delete, delete_and_close_the_gap, insert, reorder, truncate])
def test_tampering_with_any_header_is_found_at_its_place(unguarded: Vault, tamper: Tamper, profile: str) -> None:
    connection = unguarded.connection
    connection.execute("PRAGMA ignore_check_constraints = ON")
    count = journal.verify_chain(connection)
    chance = random.Random(20240502)
    positions = range(1, count) if profile == "nightly" else chance.sample(range(1, count), 25)
    for number in positions:
        connection.execute("BEGIN")
        place = tamper(connection, number, chance)
        with pytest.raises(KnownError, match="KETEN_GEBROKEN") as caught:
            journal.verify_chain(connection)
        connection.execute("ROLLBACK")
        assert caught.value.facts["apparaat"] == "A"
        assert abs(int(str(caught.value.facts["volgnummer"])) - place) <= 1
    assert journal.verify_chain(connection) == count


def test_a_log_cut_with_its_contents_shows_against_a_head_noted_outside(unguarded: Vault) -> None:
    noted = journal.heads(unguarded.connection)
    ((device, head),) = noted.items()
    unguarded.connection.execute("DELETE FROM inhoud WHERE nr > (SELECT max(nr) - 5 FROM gebeurtenis)")
    unguarded.connection.execute("DELETE FROM gebeurtenis WHERE nr > (SELECT max(nr) - 5 FROM gebeurtenis)")
    assert journal.verify_chain(unguarded.connection) == head.volgnummer - 5
    with pytest.raises(KnownError, match="KETEN_GEBROKEN") as caught:
        journal.verify_chain(unguarded.connection, noted)
    assert caught.value.facts["volgnummer"] == head.volgnummer - 4
    assert journal.heads(unguarded.connection)[device].volgnummer == head.volgnummer - 5


def test_a_log_written_anew_shows_against_a_head_noted_outside(unguarded: Vault) -> None:
    noted = {device: journal.Head(head.volgnummer - 3, bytes(32)) for device, head in journal.heads(
        unguarded.connection
    ).items()}  # fmt: skip
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        journal.verify_chain(unguarded.connection, noted)


def test_a_log_that_grew_since_its_head_was_noted_is_in_order(vault: Vault) -> None:
    noted = journal.heads(vault.connection)
    take_up(vault)
    assert journal.verify_chain(vault.connection, noted) > 2


def test_changed_content_is_found_at_its_place(unguarded: Vault) -> None:
    unguarded.connection.execute("UPDATE inhoud SET bytes = CAST(bytes || ' ' AS BLOB) WHERE nr = 7")
    with pytest.raises(KnownError, match="INHOUD_GEWIJZIGD") as caught:
        journal.verify_contents(unguarded.connection)
    assert caught.value.facts == {"nr": 7}
    assert not {controle.naam: controle.in_orde for controle in check(unguarded)}["inhoud"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gebeurtenis SET op = 0 WHERE nr = 1",
        "DELETE FROM gebeurtenis WHERE nr = 1",
        "UPDATE inhoud SET bytes = x'00' WHERE nr = 1",
    ],
)
def test_the_vault_itself_refuses_to_change_its_log(vault: Vault, sql: str) -> None:
    with pytest.raises(DatabaseError, match=r"never c|erased or kept"):
        vault.connection.execute(sql)


def test_erased_content_leaves_the_chain_whole_and_the_tables_replayable(vault: Vault) -> None:
    zaak = take_up(vault)
    other = take_up(vault, 1)
    count = journal.verify_chain(vault.connection)
    with journal.transaction(vault.connection):
        vault.connection.execute(
            "DELETE FROM inhoud WHERE nr IN (SELECT nr FROM gebeurtenis WHERE dossier = ?)", (zaak.bytes,)
        )
        journal.rebuild(vault.connection)
    assert journal.verify_chain(vault.connection) == count
    assert journal.verify_contents(vault.connection) < count
    assert [row[0] for row in vault.connection.execute("SELECT id FROM zaak")] == [other.bytes]
    assert all(event.inhoud is None for event in journal.events_of(vault.connection, zaak))
    assert all(controle.in_orde for controle in check(vault)), check(vault)
