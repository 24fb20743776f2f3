"""Migrations: whole or not at all, and the snapshot of what they lead to is current."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path

import pytest

from db import migrator, schema
from db import vault as vaults
from db.errors import KnownError
from db.vault import FILE, DatabaseError, Vault
from tests.vaults import key, make_vault, reopen


@pytest.fixture
def empty(tmp_path: Path) -> sqlite3.Connection:
    vaults.create_private(tmp_path / "leeg.db")
    return vaults.connect(tmp_path / "leeg.db", bytearray(secrets.token_bytes(32)), mode="rw")


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_the_schema_snapshot_is_current() -> None:
    assert schema.recorded() == schema.generate(), "write it anew: python -m db.schema"


def test_every_vault_has_the_schema_of_the_snapshot(vault: Vault) -> None:
    assert migrator.schema(vault.connection) == schema.recorded()


def test_migrations_are_numbered_without_gaps() -> None:
    assert [number for number, _ in migrator.migrations()] == list(range(1, migrator.LATEST + 1))


def test_a_vault_that_is_current_is_left_alone(vault: Vault) -> None:
    assert migrator.migrate(vault.connection) is False
    assert version(vault.connection) == migrator.LATEST


def test_a_failing_migration_leaves_schema_and_version_as_they_were(
    empty: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = ((1, "CREATE TABLE goed (x);\n"), (2, "CREATE TABLE half (x);\nCREATE TABLE goed (x);\n"))
    monkeypatch.setattr(migrator, "migrations", lambda: steps)
    with pytest.raises(DatabaseError, match="already exists"):
        migrator.migrate(empty)
    assert version(empty) == 1
    assert migrator.schema(empty) == "CREATE TABLE goed (x);\n\n"
    monkeypatch.setattr(migrator, "migrations", lambda: (steps[0], (2, "CREATE TABLE heel (x);\n")))
    assert migrator.migrate(empty) is True
    assert version(empty) == 2
    empty.close()


def test_statements_are_split_at_their_ends_and_nowhere_else() -> None:
    sql = (
        "-- a comment; with a semicolon\nCREATE TABLE a (x); -- behind it\n"
        "CREATE TRIGGER t BEFORE UPDATE ON a\nBEGIN SELECT 1; SELECT ';'; END;\n"
        "INSERT INTO a VALUES ('x;\ny');\n-- the end\n"
    )
    found = migrator.statements(sql)
    assert [text.splitlines()[-1] for text in found[1:]] == ["BEGIN SELECT 1; SELECT ';'; END;", "y');"]
    plain = sqlite3.connect(":memory:")
    for statement in found:
        plain.execute(statement)
    plain.close()


def test_a_statement_without_an_end_is_a_mistake_that_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="no end"):
        migrator.statements("CREATE TABLE a (x);\nCREATE TABLE b (x)\n")


def test_a_vault_of_an_older_program_is_copied_first_and_then_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(tmp_path / "kluis").close()
    steps = (*migrator.migrations(), (migrator.LATEST + 1, "CREATE TABLE later (x);\n"))
    monkeypatch.setattr(migrator, "migrations", lambda: steps)
    monkeypatch.setattr(migrator, "LATEST", migrator.LATEST + 1)
    seen: list[int] = []

    def before(path: Path, dek: bytearray) -> None:
        copy = vaults.connect(path, dek, mode="ro")
        seen.append(version(copy))
        copy.close()

    with vaults.open_vault(tmp_path / "kluis", key(), before_migration=before) as vault:
        assert version(vault.connection) == migrator.LATEST
    with vaults.open_vault(tmp_path / "kluis", key(), before_migration=before):
        pass
    assert seen == [migrator.LATEST - 1], "only when there is something to migrate"


def test_a_migration_that_fails_leaves_a_vault_that_opens_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(tmp_path / "kluis").close()
    with monkeypatch.context() as patched:
        patched.setattr(migrator, "LATEST", migrator.LATEST + 1)
        patched.setattr(migrator, "migrations", lambda: ((migrator.LATEST, "CREATE TABLE kluis (x);\n"),))
        with pytest.raises(DatabaseError, match="already exists"):
            reopen(tmp_path / "kluis")

        def refuse(_: Path, __: bytearray) -> None:
            raise KnownError("SCHIJF_VOL")

        with pytest.raises(KnownError, match="SCHIJF_VOL"):
            vaults.open_vault(tmp_path / "kluis", key(), before_migration=refuse)
    with reopen(tmp_path / "kluis") as vault:
        assert (tmp_path / "kluis" / FILE).exists()
        assert version(vault.connection) == migrator.LATEST
