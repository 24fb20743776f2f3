"""Making, opening, refusing and locking a vault; what is refused stays as it was, to the byte."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from db import migrator, projection
from db import vault as vaults
from db.errors import KnownError
from db.integrity import digests
from db.model.codes import Rol
from db.model.ids import uuid7
from db.vault import FILE, LOCK, DatabaseError, Vault
from tests.vaults import KEY, Klok, key, make_vault, reopen, take_up

ROOT = Path(__file__).parents[2]


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The folder of a closed vault with one zaak in it."""
    with make_vault(tmp_path / "kluis") as vault:
        take_up(vault)
    return tmp_path / "kluis"


def contents(folder: Path) -> dict[str, str]:
    """What stands in a folder, by name; the lock file, which every attempt takes, is left out."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        for path in folder.iterdir()
        if path.name != LOCK
    }


def in_vault(folder: Path, *statements: str) -> None:
    """Change a closed vault behind the program's back."""
    connection = vaults.connect(folder / FILE, key(), mode="rw")
    for sql in statements:
        connection.execute(sql)
    connection.close()


def overwrite(path: Path, offset: int, value: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(value)


# --- opening ------------------------------------------------------------------------------------------------


def test_what_was_recorded_is_there_after_reopening(closed: Path) -> None:
    with reopen(closed) as vault:
        assert vault.connection.execute("SELECT nummer FROM zaak").fetchall() == [("2024-A0001",)]


def test_a_vault_file_may_be_read_by_its_owner_only(closed: Path) -> None:
    assert stat.S_IMODE((closed / FILE).stat().st_mode) == 0o600


def test_every_connection_has_the_pragmas_that_guard_the_data(vault: Vault) -> None:
    expected = {"foreign_keys": 1, "secure_delete": 1, "temp_store": 2, "mmap_size": 0, "trusted_schema": 0}
    expected |= {"cell_size_check": 1, "busy_timeout": 5000, "cache_size": -64000, "cipher_memory_security": 0}
    reader = vault.reader()
    for connection in (vault.connection, reader):
        found = {name: connection.execute("PRAGMA " + name).fetchone() for name in expected}
        assert {name: int(row[0]) if row else None for name, row in found.items()} == expected
    writer = {"journal_mode": "wal", "synchronous": 2, "journal_size_limit": 0, "page_size": 4096}
    answers = {name: vault.connection.execute("PRAGMA " + name).fetchone()[0] for name in writer}
    assert {name: int(text) if str(text).isdecimal() else text for name, text in answers.items()} == writer
    reader.close()


def test_a_reader_cannot_write(vault: Vault) -> None:
    reader = vault.reader()
    with pytest.raises(DatabaseError, match="readonly"):
        reader.execute("DELETE FROM concept")
    reader.close()


def test_a_reader_sees_what_was_recorded_after_it_was_made(vault: Vault) -> None:
    reader = vault.reader()
    take_up(vault)
    assert reader.execute("SELECT count(*) FROM zaak").fetchone() == (1,)
    reader.close()


def test_no_extension_can_be_loaded(vault: Vault) -> None:
    with pytest.raises(DatabaseError, match="not authorized"):
        vault.connection.execute("SELECT load_extension('anything')")


@pytest.mark.parametrize("unusable", [b"", bytes(31), bytes(range(31)), bytes(range(33)), bytes(32)])
def test_a_key_that_is_no_256_bit_key_is_refused_before_the_file_is_touched(closed: Path, unusable: bytes) -> None:
    # 31 bytes, or the wrong form, would silently become a passphrase; nothing at all would make a plaintext file.
    before = contents(closed)
    with pytest.raises(KnownError, match="SLEUTEL_ONBRUIKBAAR"):
        vaults.open_vault(closed, bytearray(unusable))
    assert contents(closed) == before


def test_a_sqlcipher_that_is_too_old_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(closed)
    monkeypatch.setattr(vaults, "_OLDEST_CIPHER", (99, 0))
    with pytest.raises(KnownError, match="SQLCIPHER_TE_OUD"):
        reopen(closed)
    assert contents(closed) == before


# --- refusals -----------------------------------------------------------------------------------------------


def newer(folder: Path) -> None:
    in_vault(folder, f"PRAGMA user_version = {migrator.LATEST + 1:d}")


def foreign(folder: Path) -> None:
    in_vault(folder, "PRAGMA application_id = 42")


def plaintext(folder: Path) -> None:
    (folder / FILE).unlink()
    plain = sqlite3.connect(folder / FILE)
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()


def other_vault(folder: Path) -> None:
    path = folder / FILE
    path.unlink()
    vaults.create_private(path)
    connection = vaults.connect(path, bytearray(secrets.token_bytes(32)), mode="rw")
    migrator.migrate(connection)
    connection.close()


def cut_by_a_page(folder: Path) -> None:
    os.truncate(folder / FILE, (folder / FILE).stat().st_size - 4096)


def cut_by_half_a_page(folder: Path) -> None:
    os.truncate(folder / FILE, (folder / FILE).stat().st_size - 2048)


def cut_to_one_page(folder: Path) -> None:
    os.truncate(folder / FILE, 4096)


def first_page_damaged(folder: Path) -> None:
    overwrite(folder / FILE, 1000, b"\0\0\0\0")


def salt_damaged(folder: Path) -> None:
    overwrite(folder / FILE, 3, b"\0\0")


def empty(folder: Path) -> None:
    os.truncate(folder / FILE, 0)


def random_bytes(folder: Path) -> None:
    (folder / FILE).write_bytes(secrets.token_bytes(8192))


def missing(folder: Path) -> None:
    (folder / FILE).unlink()


def a_directory(folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / FILE).mkdir()


def a_link(folder: Path) -> None:
    (folder / FILE).rename(folder / "elders.db")
    (folder / FILE).symlink_to(folder / "elders.db")


def a_pipe(folder: Path) -> None:
    (folder / FILE).unlink()
    os.mkfifo(folder / FILE)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (newer, "KLUIS_NIEUWER"),
        (foreign, "KLUIS_VREEMD"),
        (plaintext, "KLUIS_ONVERSLEUTELD"),
        (other_vault, "KLUIS_PAST_NIET"),
        (cut_by_a_page, "KLUIS_BESCHADIGD"),
        (cut_by_half_a_page, "KLUIS_BESCHADIGD"),
        (cut_to_one_page, "KLUIS_BESCHADIGD"),
        (first_page_damaged, "KLUIS_PAST_NIET"),
        (salt_damaged, "KLUIS_PAST_NIET"),
        (random_bytes, "KLUIS_PAST_NIET"),
        (empty, "KLUIS_BESCHADIGD"),
        (missing, "KLUIS_ONTBREEKT"),
        (a_directory, "GEEN_KLUIS"),
        (a_link, "GEEN_KLUIS"),
        (a_pipe, "GEEN_KLUIS"),
    ],
)
def test_what_is_no_vault_of_ours_is_refused_and_left_as_it_was(
    closed: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(closed)
    before = contents(closed)
    for _ in range(2):
        with pytest.raises(KnownError) as caught:
            reopen(closed)
        assert caught.value.code == code
        assert contents(closed) == before


def test_another_key_is_refused_and_nothing_changes(closed: Path) -> None:
    before = contents(closed)
    with pytest.raises(KnownError, match="KLUIS_PAST_NIET"):
        vaults.open_vault(closed, bytearray(secrets.token_bytes(32)))
    assert contents(closed) == before
    reopen(closed).close()


def test_a_refusal_after_a_crash_leaves_the_log_beside_the_file_alone(closed: Path) -> None:
    # With a write-ahead log beside it, as a crash leaves one.
    vault = reopen(closed)
    take_up(vault, 5)
    vault.connection.execute(f"PRAGMA user_version = {migrator.LATEST + 1:d}")
    crashed = closed.with_name("crashed")
    crashed.mkdir()
    for name in (FILE, FILE + "-wal"):
        shutil.copyfile(closed / name, crashed / name)
    vault.close()
    before = contents(crashed)
    assert FILE + "-wal" in before
    with pytest.raises(KnownError, match="KLUIS_NIEUWER"):
        reopen(crashed)
    assert contents(crashed) == before


def test_what_was_recorded_before_a_crash_is_there_after_it(closed: Path) -> None:
    vault = reopen(closed)
    take_up(vault, 5)
    crashed = closed.with_name("crashed")
    crashed.mkdir()
    for name in (FILE, FILE + "-wal"):
        shutil.copyfile(closed / name, crashed / name)
    tables = digests(vault.connection)
    vault.close()
    with reopen(crashed) as again:
        assert digests(again.connection) == tables


def test_the_log_of_another_vault_beside_the_file_is_never_believed(closed: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "anders"
    elsewhere.mkdir()
    other = vaults.create(
        elsewhere, bytearray(secrets.token_bytes(32)), vault_id=uuid7(), gemeentecode="0014", naam="X",
        rol=Rol.UITVOERDER, proef=True,
    )  # fmt: skip
    take_up(other, 2)
    with reopen(closed) as vault:
        tables = digests(vault.connection)
    shutil.copyfile(elsewhere / (FILE + "-wal"), closed / (FILE + "-wal"))
    other.close()
    before = contents(closed)
    with pytest.raises(KnownError, match=r"KLUIS_PAST_NIET|KLUIS_BESCHADIGD"):
        reopen(closed)
    assert contents(closed) == before
    (closed / (FILE + "-wal")).unlink()
    with reopen(closed) as vault:
        assert digests(vault.connection) == tables


def refusal_as_nobody(folder: Path) -> str:
    """The code with which opening is refused to somebody without rights: root may write anything."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            reopen(folder).close()
        except KnownError as error:
            os.write(sending, error.code.encode())
        finally:
            os._exit(0)
    os.close(sending)
    os.waitpid(child, 0)
    with os.fdopen(receiving, "rb") as answer:
        return answer.read().decode()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_vault_that_may_not_be_written_is_refused(closed: Path, what: str) -> None:
    with tempfile.TemporaryDirectory() as public:  # nobody may not enter pytest's own
        Path(public).chmod(0o755)
        folder = Path(public) / "kluis"
        shutil.copytree(closed, folder)
        (folder / LOCK).unlink()
        (folder / FILE).chmod(0o444 if what == "file" else 0o666)
        folder.chmod(0o777 if what == "file" else 0o555)
        before = contents(folder)
        assert refusal_as_nobody(folder) == "KLUIS_ALLEEN_LEZEN"
        assert contents(folder) == before
        folder.chmod(0o700)


# --- making -------------------------------------------------------------------------------------------------


def test_an_existing_vault_is_not_made_anew(closed: Path) -> None:
    before = contents(closed)
    with pytest.raises(KnownError, match="KLUIS_BESTAAT"):
        make_vault(closed)
    assert contents(closed) == before


def test_what_a_killed_maker_left_is_no_vault_and_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "kluis"
    folder.mkdir()
    for name in ("kluis.db.tmp", "kluis.db.tmp-wal", "kluis.db.tmp-journal"):
        (folder / name).write_bytes(b"half")
    with pytest.raises(KnownError, match="KLUIS_ONTBREEKT"):
        reopen(folder)
    make_vault(folder).close()
    assert set(contents(folder)) == {FILE}
    reopen(folder).close()


def test_a_vault_that_cannot_be_made_leaves_nothing_and_frees_the_lock(tmp_path: Path) -> None:
    folder = tmp_path / "kluis"
    folder.mkdir()
    with pytest.raises(KnownError, match="SLEUTEL_ONBRUIKBAAR"):
        vaults.create(
            folder, bytearray(32), vault_id=uuid7(), gemeentecode="0014", naam="X",
            rol=Rol.UITVOERDER, proef=True,
        )  # fmt: skip
    assert contents(folder) == {}
    make_vault(folder).close()


def test_a_folder_that_is_not_there_is_named_as_the_reason(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="KLUIS_ONTBREEKT"):
        reopen(tmp_path / "nergens")


def test_laptops_of_a_team_give_out_different_numbers(tmp_path: Path) -> None:
    with make_vault(tmp_path / "b", letter="B") as vault:
        take_up(vault)
        assert vault.connection.execute("SELECT nummer FROM zaak").fetchone() == ("2024-B0001",)


def test_tables_of_an_older_projection_are_rebuilt_at_opening(closed: Path) -> None:
    with reopen(closed) as vault:
        tables = digests(vault.connection)
    in_vault(closed, "UPDATE kluis SET projection_version = 0", "UPDATE zaak SET pogingen = 99")
    with reopen(closed) as vault:
        assert digests(vault.connection) == tables
        assert vault.connection.execute("SELECT projection_version FROM kluis").fetchone() == (projection.VERSION,)


# --- one writer, and locking -----------------------------------------------------------------------------------

HOLD = """
    import pathlib, sys
    from db import vault
    held = vault.open_vault(pathlib.Path(sys.argv[1]), bytearray(range(1, 33)))
    print("open", flush=True)
    sys.stdin.read()
"""


def test_one_process_at_a_time_has_the_vault_also_after_the_other_was_killed(closed: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLD), str(closed)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(KnownError, match="KLUIS_IN_GEBRUIK"):
            reopen(closed)
        with pytest.raises(KnownError, match="KLUIS_IN_GEBRUIK"):
            make_vault(closed)
        holder.kill()
        holder.wait()
        reopen(closed).close()


def test_a_vault_is_open_once_within_a_process_too(vault: Vault) -> None:
    with pytest.raises(KnownError, match="KLUIS_IN_GEBRUIK"):
        reopen(vault.directory)


def test_locking_wipes_the_key_closes_the_connection_and_frees_the_vault(closed: Path) -> None:
    dek = key()
    vault = vaults.open_vault(closed, dek, clock=Klok())
    take_up(vault, 3)
    vault.close()
    assert not any(dek)
    assert not any(vault.key)
    with pytest.raises(Exception, match="closed"):
        vault.connection.execute("SELECT 1")
    with pytest.raises(KnownError, match="SLEUTEL_ONBRUIKBAAR"):
        vault.reader()
    assert set(contents(closed)) == {FILE}, "nothing beside the file once it is locked"
    vault.close()
    reopen(closed).close()


def test_locking_does_not_wait_for_a_reader(closed: Path) -> None:
    vault = reopen(closed)
    reader = vault.reader()
    cursor = reader.execute("SELECT * FROM gebeurtenis")
    cursor.fetchone()
    take_up(vault, 3)
    vault.close()
    reader.close()
    reopen(closed).close()


def test_no_word_of_a_dossier_stands_readable_in_any_file(vault: Vault) -> None:
    take_up(vault, 0)
    vault.connection.execute("PRAGMA cache_size = 10")  # pages go to disk while the transaction runs
    vault.connection.execute("BEGIN")
    vault.connection.execute("INSERT INTO concept (plek, tekst, bewaard) VALUES ('x', ?, 0)", ("kanarie" * 20_000,))
    words = ["kanarie", "Meer", "Oosterstraat", "9711NS", "5550100", "4410000", "wmo-abonnementstarief", "Groningen"]
    needles = [word.encode(form) for word in words for form in ("utf-8", "utf-16-le", "utf-16-be")]
    needles += [b"SQLite format 3", KEY, KEY.hex().encode()]
    files = {path.name: path.read_bytes() for path in vault.directory.iterdir()}
    vault.connection.execute("ROLLBACK")
    assert {FILE, FILE + "-wal", FILE + "-shm"} <= set(files)
    assert len(files[FILE + "-wal"]) > 100_000, "the words must have gone to disk for this to mean anything"
    found = [(name, needle) for name, stored in files.items() for needle in needles if needle in stored]
    assert found == []
