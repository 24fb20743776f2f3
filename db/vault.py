"""Create, open and lock the vault: one SQLCipher file, one writer. The only import of sqlcipher3."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self, cast
from uuid import UUID

import filelock
from sqlcipher3 import dbapi2 as sqlcipher

from db import migrator, projection
from db.durable import disk_error, publish
from db.errors import KnownError
from db.journal import TEAM, Journal, rebuild, transaction
from db.model.codes import Rol
from db.model.gebeurtenis import Entry, KluisGemaakt, MedewerkerToegevoegd
from db.model.ids import Clock, utc_now, uuid7

FILE = "kluis.db"
LOCK = "kluis.lock"
APPLICATION_ID = 0x566F6F72  # "Voor"
_UNFINISHED = "kluis.db.tmp"
PLAINTEXT = b"SQLite format 3\0"
_PAGE = 4096
_BESIDE = ("-wal", "-shm", "-journal")
_SMALLEST_ROOM = 64 * 1024
_DIGITS = b"0123456789abcdef"
_OLDEST_CIPHER = (4, 9)

# sqlcipher3's classes are not sqlite3's: one place knows both names (measured.md).
DatabaseError = (sqlite3.DatabaseError, sqlcipher.DatabaseError)

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cache_size = -64000",
)
_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 0",
)


class Vault:
    """An unlocked vault. The writing connection belongs to the thread that opened it.

    Attributes:
        directory: where the vault's files stand.
        connection: the writing connection.
        journal: the one write path.
        vault_id: identity of this vault, also in its key slots.
        door: the person who works with it; events carry this id.
    """

    def __init__(
        self,
        directory: Path,
        dek: bytearray,
        connection: sqlite3.Connection,
        lock: filelock.BaseFileLock,
        clock: Clock,
    ) -> None:
        self.directory = directory
        self.connection = connection
        self.clock = clock
        self.journal = Journal(connection, clock)
        vault_id, door = connection.execute("SELECT vault_id, medewerker FROM kluis").fetchone()
        self.vault_id = UUID(bytes=vault_id)
        self.door = UUID(bytes=door)
        self._dek = dek
        self._lock = lock

    @property
    def path(self) -> Path:
        """The database file."""
        return self.directory / FILE

    def new_id(self) -> UUID:
        """A fresh event id, by the vault's own clock."""
        return uuid7(self.clock)

    def reader(self) -> sqlite3.Connection:
        """A read-only connection for the calling thread; whoever asks for it closes it."""
        return connect(self.path, self._dek, mode="ro")

    @property
    def key(self) -> bytearray:
        """The key itself, for an encrypted copy under the same key; all zeros once the vault is closed."""
        return self._dek

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Wait for the disk once instead of at every event: for a trial vault, which is easily made again.

        After a power cut the vault is whole, and may lack the latest events.
        """
        self.connection.execute("PRAGMA synchronous = NORMAL").fetchall()
        try:
            yield
        finally:
            self.connection.execute("PRAGMA synchronous = FULL").fetchall()

    def close(self) -> None:
        """Lock: checkpoint, close, overwrite the key, and let another process in. Safe to call twice."""
        with suppress(*DatabaseError):  # a checkpoint that fails, or waits for a reader, is made at the next opening
            self.connection.execute("PRAGMA busy_timeout = 200")
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        try:
            self.connection.close()
        finally:
            self._dek[:] = bytes(len(self._dek))
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def create(
    directory: Path,
    dek: bytearray,
    *,
    vault_id: UUID,
    gemeentecode: str,
    naam: str,
    rol: Rol,
    proef: bool,
    letter: str = "A",
    clock: Clock = utc_now,
) -> Vault:
    """Make a new vault file in an existing directory and open it; killed half-way, it leaves no vault.

    `letter` is this laptop's part of zaak numbers, and differs between the laptops of a team.

    Raises:
        KnownError: KLUIS_BESTAAT when there is one already, KLUIS_IN_GEBRUIK when another process holds it,
            SCHIJF_VOL, GEEN_SCHRIJFRECHT or SCHIJF_FOUT when it cannot be written.
    """
    lock = _take_lock(directory)
    unfinished = directory / _UNFINISHED
    try:
        if (directory / FILE).exists():
            raise KnownError("KLUIS_BESTAAT")
        remove_database(unfinished)
        create_private(unfinished)
        connection = connect(unfinished, dek, mode="rw")
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            migrator.migrate(connection)
            employee = uuid7(clock)
            _register(connection, vault_id, employee, letter)
            now = clock()
            made = KluisGemaakt(gemeentecode=gemeentecode, proef=proef)
            owner = MedewerkerToegevoegd(medewerker=employee, naam=naam, rol=rol)
            Journal(connection, clock).append(
                [
                    Entry(id=uuid7(clock), dossier=TEAM, op=now, inhoud=made),
                    Entry(id=uuid7(clock), dossier=TEAM, op=now, inhoud=owner),
                ],
                door=employee,
            )
        finally:
            connection.close()
        try:
            publish(unfinished, directory / FILE)
        except OSError as error:
            raise disk_error(error) from error
        return _open(directory, dek, lock, clock)
    except BaseException:
        remove_database(unfinished)
        lock.release()
        raise


def open_vault(
    directory: Path,
    dek: bytearray,
    *,
    clock: Clock = utc_now,
    before_migration: Callable[[Path, bytearray], None] | None = None,
) -> Vault:
    """Open an existing vault; refuses anything that is not one, and then leaves it untouched.

    Raises:
        KnownError: KLUIS_ONTBREEKT, KLUIS_IN_GEBRUIK, GEEN_KLUIS (no regular file), KLUIS_ONVERSLEUTELD,
            KLUIS_BESCHADIGD, KLUIS_PAST_NIET (another key or a damaged first page), KLUIS_VREEMD (of another
            program), KLUIS_NIEUWER (than this program), KLUIS_ALLEEN_LEZEN (the file may not be written), SCHIJF_VOL,
            SCHIJF_FOUT.
    """
    check_file(directory / FILE)
    lock = _take_lock(directory)
    try:
        version = _inspect(directory / FILE, dek)
        if version < migrator.LATEST and before_migration is not None:
            before_migration(directory / FILE, dek)
        return _open(directory, dek, lock, clock)
    except BaseException:
        lock.release()
        raise


def _open(directory: Path, dek: bytearray, lock: filelock.BaseFileLock, clock: Clock) -> Vault:
    connection = connect(directory / FILE, dek, mode="rw")
    try:
        with _errors_named(directory):
            for pragma in _WRITER_PRAGMAS:
                connection.execute(pragma).fetchall()
            migrator.migrate(connection)
            _rebuild_when_outdated(connection)
            return Vault(directory, dek, connection, lock, clock)
    except BaseException:
        connection.close()
        raise


def connect(path: Path, dek: bytearray, *, mode: str) -> sqlite3.Connection:
    """A keyed connection to an existing file, with the vault's pragmas; bound to the calling thread.

    `mode` is "rw", "ro", or "ro&immutable=1" for a file that nobody else writes: nothing is then written beside
    it. The key is given as a bytearray that is overwritten at once, and never as SQL text.

    Raises:
        KnownError: KLUIS_PAST_NIET when the key does not open the first page, SLEUTEL_ONBRUIKBAAR,
            SQLCIPHER_TE_OUD.
    """
    if len(dek) != 32 or not any(dek):  # noqa: PLR2004  # 256 bits; SQLCipher takes any other length for a passphrase
        raise KnownError("SLEUTEL_ONBRUIKBAAR")
    with _errors_named(path.parent):
        connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            _set_key(connection, dek)
            version = connection.execute("PRAGMA cipher_version").fetchone()
            if version is None or tuple(map(int, version[0].split(" ")[0].split(".")[:2])) < _OLDEST_CIPHER:
                raise KnownError("SQLCIPHER_TE_OUD")
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the first read tries the key
        except BaseException:
            connection.close()
            raise
    return cast("sqlite3.Connection", connection)


def _set_key(connection: sqlcipher.Connection, dek: bytearray) -> None:
    # Digit by digit: no bytes or str, which nothing can overwrite, ever holds the key.
    raw = bytearray(b"x'" + bytes(2 * len(dek)) + b"'")
    for index, byte in enumerate(dek):
        raw[2 + 2 * index] = _DIGITS[byte >> 4]
        raw[3 + 2 * index] = _DIGITS[byte & 15]
    try:
        connection.set_key(raw)
    finally:
        raw[:] = bytes(len(raw))


def create_private(path: Path) -> None:
    """Make an empty file that only its owner may read, for `connect` to fill.

    Raises:
        KnownError: SCHIJF_VOL, GEEN_SCHRIJFRECHT, SCHIJF_FOUT.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise disk_error(error) from error


def remove_database(path: Path) -> None:
    """Remove an unfinished database with what SQLite keeps beside it; nothing there is fine."""
    for name in (path.name, *(path.name + suffix for suffix in _BESIDE)):
        with suppress(OSError):
            path.with_name(name).unlink()


def check_file(path: Path) -> None:
    """Refuse by its outside what cannot be a vault.

    Raises:
        KnownError: KLUIS_ONTBREEKT, GEEN_KLUIS (no regular file), KLUIS_ALLEEN_LEZEN, KLUIS_ONVERSLEUTELD,
            KLUIS_BESCHADIGD (empty or cut off), GEEN_SCHRIJFRECHT or SCHIJF_FOUT when it may or can not be read.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise KnownError("KLUIS_ONTBREEKT") from None
    except OSError as error:
        raise disk_error(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise KnownError("GEEN_KLUIS")
    if not os.access(path, os.W_OK):
        raise KnownError("KLUIS_ALLEEN_LEZEN")
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAINTEXT))
    except OSError as error:
        raise disk_error(error) from error
    if header == PLAINTEXT:
        raise KnownError("KLUIS_ONVERSLEUTELD")
    if status.st_size == 0 or status.st_size % _PAGE:
        raise KnownError("KLUIS_BESCHADIGD", grootte=status.st_size)


def _inspect(path: Path, dek: bytearray) -> int:
    """Schema version of an existing vault, read without leaving a trace."""
    # A log beside the file (after a crash) must be read along; without one SQLite would make one just to look.
    beside = {name: path.with_name(path.name + name) for name in _BESIDE}
    crashed = beside["-wal"].exists() and beside["-wal"].stat().st_size > 0
    shared_before = beside["-shm"].exists()
    try:
        with _errors_named(path.parent):
            connection = connect(path, dek, mode="ro" if crashed else "ro&immutable=1")
            try:
                (application,) = connection.execute("PRAGMA application_id").fetchone()
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                # A log that belongs elsewhere would be written into the file by the first writer that closes.
                if crashed and connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                    raise KnownError("KLUIS_BESCHADIGD", oorzaak="wal")
            finally:
                connection.close()
        if application != APPLICATION_ID:
            raise KnownError("KLUIS_VREEMD")
        if version > migrator.LATEST:
            raise KnownError("KLUIS_NIEUWER", versie=version, bekend=migrator.LATEST)
    finally:
        if crashed and not shared_before:
            beside["-shm"].unlink(missing_ok=True)
    return int(version)


@contextmanager
def _errors_named(folder: Path) -> Iterator[None]:
    """Errors of a damaged file, or of the disk it is on, come out as KnownError."""
    try:
        yield
    except DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith("SQLITE_NOTADB"):
            raise KnownError("KLUIS_PAST_NIET") from error
        if name.startswith("SQLITE_CORRUPT"):
            raise KnownError("KLUIS_BESCHADIGD", oorzaak=name) from error
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise KnownError("KLUIS_ALLEEN_LEZEN") from error
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise disk_trouble(name, folder) from error
        raise


def disk_trouble(name: str, folder: Path) -> KnownError:
    """The KnownError for SQLite's name of a failed write: SCHIJF_VOL, or SCHIJF_FOUT with that name.

    SQLite calls it an I/O error when there is no room for the small file with which processes share its log.
    """
    with suppress(OSError):
        if name.startswith("SQLITE_FULL") or shutil.disk_usage(folder).free < _SMALLEST_ROOM:
            return KnownError("SCHIJF_VOL")
    return KnownError("SCHIJF_FOUT", errno=name or "onbekend")


def _register(connection: sqlite3.Connection, vault_id: UUID, employee: UUID, letter: str) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO apparaat (nr, id, letter) VALUES (1, ?, ?)", (uuid7().bytes, letter))
        connection.execute(
            "INSERT INTO kluis (een, vault_id, apparaat, medewerker, projection_version) VALUES (1, ?, 1, ?, ?)",
            (vault_id.bytes, employee.bytes, projection.VERSION),
        )


def _rebuild_when_outdated(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("SELECT projection_version FROM kluis").fetchone()
    if version != projection.VERSION:
        with transaction(connection):
            rebuild(connection)
            connection.execute("UPDATE kluis SET projection_version = ?", (projection.VERSION,))


def _take_lock(directory: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(directory / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise KnownError("KLUIS_IN_GEBRUIK") from None
    except OSError as error:
        raise KnownError("KLUIS_ALLEEN_LEZEN") from error
    return lock
