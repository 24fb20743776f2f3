"""Create, open and lock the vault: one SQLCipher file, one writer. The only import of sqlcipher3."""

from __future__ import annotations

import os
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
from db.errors import KnownError
from db.journal import TEAM, Journal, rebuild, transaction
from db.model.codes import Rol
from db.model.gebeurtenis import Entry, KluisGemaakt, MedewerkerToegevoegd
from db.model.ids import Clock, utc_now, uuid7

FILE = "kluis.db"
LOCK = "kluis.lock"
APPLICATION_ID = 0x566F6F72  # "Voor"
_PLAINTEXT = b"SQLite format 3\0"
_PAGE = 4096
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

    def copy_to(self, path: Path) -> None:
        """Write an encrypted copy of the whole vault, under the same key, to a new file."""
        target = connect(path, self._dek, mode="rwc")
        try:
            self.connection.backup(target)
        finally:
            target.close()

    def close(self) -> None:
        """Lock: checkpoint, close, overwrite the key, and let another process in. Safe to call twice."""
        with suppress(*DatabaseError):  # a checkpoint that fails is made at the next opening
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.connection.close()
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
    clock: Clock = utc_now,
) -> Vault:
    """Make a new vault file in an existing directory and open it.

    Raises:
        KnownError: KLUIS_BESTAAT when there is one already, KLUIS_IN_GEBRUIK when another process holds it.
    """
    lock = _take_lock(directory)
    try:
        path = directory / FILE
        if path.exists():
            raise KnownError("KLUIS_BESTAAT")
        connection = connect(path, dek, mode="rwc")
        try:
            _writer(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            migrator.migrate(connection)
            employee = uuid7(clock)
            _register(connection, vault_id, employee)
            now = clock()
            Journal(connection, clock).append(
                [
                    Entry(
                        id=uuid7(clock),
                        dossier=TEAM,
                        op=now,
                        inhoud=KluisGemaakt(gemeentecode=gemeentecode, proef=proef),
                    ),
                    Entry(
                        id=uuid7(clock),
                        dossier=TEAM,
                        op=now,
                        inhoud=MedewerkerToegevoegd(medewerker=employee, naam=naam, rol=rol),
                    ),
                ],
                door=employee,
            )
            return Vault(directory, dek, connection, lock, clock)
        except BaseException:
            connection.close()
            path.unlink(missing_ok=True)
            raise
    except BaseException:
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
            program), KLUIS_NIEUWER (than this program), KLUIS_ALLEEN_LEZEN (the file may not be written).
    """
    check_file(directory / FILE)
    lock = _take_lock(directory)
    try:
        version = _inspect(directory / FILE, dek)
        if version < migrator.LATEST and before_migration is not None:
            before_migration(directory / FILE, dek)
        connection = connect(directory / FILE, dek, mode="rw")
        try:
            with _damage_named():
                _writer(connection)
                migrator.migrate(connection)
                _rebuild_when_outdated(connection)
                return Vault(directory, dek, connection, lock, clock)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise


def connect(path: Path, dek: bytearray, *, mode: str) -> sqlite3.Connection:
    """A keyed connection with the vault's pragmas; bound to the calling thread. `mode` is ro, rw or rwc.

    The key is given as a bytearray that is overwritten at once, and never as SQL text.
    """
    if len(dek) != 32 or not any(dek):  # noqa: PLR2004  # 256 bits; SQLCipher takes any other length for a passphrase
        raise KnownError("SLEUTEL_ONBRUIKBAAR")
    connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        raw = bytearray(b"x'" + dek.hex().encode() + b"'")
        connection.set_key(raw)
        raw[:] = bytes(len(raw))
        version = connection.execute("PRAGMA cipher_version").fetchone()
        if version is None or tuple(map(int, version[0].split(" ")[0].split(".")[:2])) < _OLDEST_CIPHER:
            raise KnownError("SQLCIPHER_TE_OUD")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)


def check_file(path: Path) -> None:
    """Refuse by its outside what cannot be a vault: missing, no regular file, empty, plaintext, cut off."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise KnownError("KLUIS_ONTBREEKT") from None
    if not stat.S_ISREG(status.st_mode):
        raise KnownError("GEEN_KLUIS")
    if not os.access(path, os.W_OK):
        raise KnownError("KLUIS_ALLEEN_LEZEN")
    with path.open("rb") as file:
        header = file.read(len(_PLAINTEXT))
    if header == _PLAINTEXT:
        raise KnownError("KLUIS_ONVERSLEUTELD")
    if status.st_size == 0 or status.st_size % _PAGE:
        raise KnownError("KLUIS_BESCHADIGD", grootte=status.st_size)


def _inspect(path: Path, dek: bytearray) -> int:
    """Schema version of an existing vault, read without writing anything."""
    connection = connect(path, dek, mode="ro")
    try:
        with _damage_named():
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            except DatabaseError as error:
                if "not a database" in str(error):
                    raise KnownError("KLUIS_PAST_NIET") from error
                raise
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise KnownError("KLUIS_VREEMD")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
    finally:
        connection.close()
    if version > migrator.LATEST:
        raise KnownError("KLUIS_NIEUWER", versie=version, bekend=migrator.LATEST)
    if not path.with_name(f"{path.name}-wal").exists() and pages * _PAGE > path.stat().st_size:
        raise KnownError("KLUIS_BESCHADIGD", grootte=path.stat().st_size)
    return int(version)


@contextmanager
def _damage_named() -> Iterator[None]:
    """Errors of a damaged file come out as KnownError KLUIS_BESCHADIGD."""
    try:
        yield
    except DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")):
            raise KnownError("KLUIS_BESCHADIGD", oorzaak=name) from error
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise KnownError("KLUIS_ALLEEN_LEZEN") from error
        raise


def _writer(connection: sqlite3.Connection) -> None:
    for pragma in _WRITER_PRAGMAS:
        connection.execute(pragma).fetchall()


def _register(connection: sqlite3.Connection, vault_id: UUID, employee: UUID) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO apparaat (nr, id, letter) VALUES (1, ?, 'A')", (uuid7().bytes,))
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
    return lock
