"""Whether a vault is whole: its file, its log, and whether its tables are what the log says."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable

import msgspec

from db import migrator, schema
from db.errors import KnownError
from db.journal import rebuild, transaction, verify_chain, verify_contents
from db.projection import TABLES
from db.vault import PLAINTEXT, DatabaseError, Vault
from resources.uitleg import uitleg


class Controle(msgspec.Struct, frozen=True):
    """One check and its verdict; `uitleg` is a Dutch sentence for the worker, and names no resident."""

    naam: str
    in_orde: bool
    uitleg: str


class _Wrong(Exception):
    """A check that failed; carries its sentence."""


Check = Callable[[Vault], str]

_LOCAL = "nr"
"""The row number of a signal differs between laptops, and after a rebuild."""


def check(vault: Vault) -> tuple[Controle, ...]:
    """Check everything, and change nothing. Takes about as long as a rebuild of the tables.

    Call it on the vault's own thread, while no other connection reads.
    """
    return tuple(_run(vault, naam, function) for naam, function in _CHECKS)


def digests(connection: sqlite3.Connection) -> dict[str, str]:
    """A digest of every projected table: equal tables, equal digests, on every laptop."""
    return {table: _digest(connection, table) for table in TABLES}


def rebuilt_digests(connection: sqlite3.Connection) -> dict[str, str]:
    """The digests of the tables as the log gives them; the tables themselves stay as they are."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        rebuild(connection)
        return digests(connection)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _run(vault: Vault, naam: str, function: Check) -> Controle:
    try:
        return Controle(naam, in_orde=True, uitleg=function(vault))
    except _Wrong as wrong:
        return Controle(naam, in_orde=False, uitleg=str(wrong))
    except KnownError as error:
        return Controle(naam, in_orde=False, uitleg=_explain(error))
    except DatabaseError as error:
        return Controle(naam, in_orde=False, uitleg=_damaged(error))
    except msgspec.DecodeError:
        return Controle(naam, in_orde=False, uitleg="Een gebeurtenis in het logboek is niet te lezen.")


def _explain(error: KnownError) -> str:
    match error.code:
        case "KETEN_GEBROKEN":
            place = f"bij gebeurtenis {error.facts['volgnummer']} van laptop {error.facts['apparaat']}"
            return f"Het logboek klopt niet meer: {place} is iets veranderd of weggehaald."
        case "INHOUD_GEWIJZIGD":
            return f"Van gebeurtenis {error.facts['nr']} op deze laptop is de inhoud veranderd."
        case _:
            return f"Deze controle kon niet worden gedaan. {uitleg(error)}"


def _damaged(error: BaseException) -> str:
    name = getattr(error, "sqlite_errorname", "") or "onbekende fout"
    return f"Het bestand van de kluis is beschadigd of niet te lezen ({name})."


# --- one function per check: returns the sentence when all is well --------------------------------------------


def _encrypted(vault: Vault) -> str:
    try:
        with vault.path.open("rb") as file:
            plain = file.read(len(PLAINTEXT)) == PLAINTEXT
    except OSError as error:
        raise _Wrong(f"Het bestand van de kluis is niet te lezen (fout {error.errno}).") from error
    if plain:
        raise _Wrong("Het bestand van de kluis is niet versleuteld.")
    return "Het bestand is versleuteld."


def _file(vault: Vault) -> str:
    # While pages wait in the write-ahead log, the cipher's check sees errors that are none.
    busy, *_ = vault.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise _Wrong("Een ander deel van het programma leest nog in de kluis. Doe de controle straks opnieuw.")
    # Neither is enough: the first calls a file cut off at a page clean, the second does not read unused pages.
    broken = [row[0] for row in vault.connection.execute("PRAGMA cipher_integrity_check")]
    if broken:
        page = broken[0].rpartition(" ")[2]
        raise _Wrong(f"Het bestand is beschadigd: {len(broken)} van de blokken, het eerste is blok {page}.")
    problems = [row[0] for row in vault.connection.execute("PRAGMA quick_check(10)")]
    if problems != ["ok"]:
        raise _Wrong(f"De opbouw van het bestand klopt niet ({len(problems)} fouten).")
    (pages,) = vault.connection.execute("PRAGMA page_count").fetchone()
    return f"Alle {pages} blokken van het bestand zijn heel."


def _schema(vault: Vault) -> str:
    if migrator.schema(vault.connection) != schema.recorded():
        raise _Wrong("De tabellen zijn anders ingedeeld dan dit programma ze maakt.")
    return "De tabellen zijn ingedeeld zoals dit programma ze maakt."


def _foreign_keys(vault: Vault) -> str:
    found = vault.connection.execute("PRAGMA foreign_key_check").fetchall()
    if found:
        tables = ", ".join(sorted({row[0] for row in found}))
        raise _Wrong(f"{len(found)} rijen verwijzen naar iets dat er niet is (tabel {tables}).")
    return "Geen enkele rij verwijst naar iets dat er niet is."


def _chain(vault: Vault) -> str:
    count = verify_chain(vault.connection)
    return f"Het logboek is heel: {count} gebeurtenissen, en elke volgt op de vorige."


def _contents(vault: Vault) -> str:
    count = verify_contents(vault.connection)
    return f"De inhoud van {count} gebeurtenissen is zoals die is vastgelegd."


def _tables(vault: Vault) -> str:
    now = digests(vault.connection)
    from_log = rebuilt_digests(vault.connection)
    different = [table for table, digest in now.items() if from_log[table] != digest]
    if different:
        raise _Wrong(f"Niet alle tabellen zeggen wat in het logboek staat: {', '.join(different)}.")
    return f"Alle {len(now)} tabellen zeggen wat in het logboek staat."


def _search(vault: Vault) -> str:
    try:
        with transaction(vault.connection):
            # With rank 1 the index is also held against the rows it was made from.
            vault.connection.execute("INSERT INTO zoek (zoek, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_CORRUPT_VTAB":
            raise _Wrong("Zoeken vindt misschien niet alles: de zoekindex past niet bij de signalen.") from error
        raise
    return "De zoekindex past bij de signalen."


_CHECKS: tuple[tuple[str, Check], ...] = (
    ("versleuteling", _encrypted),
    ("bestand", _file),
    ("indeling", _schema),
    ("verwijzingen", _foreign_keys),
    ("logboek", _chain),
    ("inhoud", _contents),
    ("tabellen", _tables),
    ("zoekindex", _search),
)


def _digest(connection: sqlite3.Connection, table: str) -> str:
    cursor = connection.execute(_ROWS[table])
    names = [column[0] for column in cursor.description]
    local = names.index(_LOCAL) if _LOCAL in names else None
    total = 0
    for row in cursor:
        shared = row if local is None else row[:local] + row[local + 1 :]
        # A sum, because a table is a set: no laptop need sort its rows to say the same.
        total += int.from_bytes(hashlib.sha256(repr(shared).encode()).digest(), "big")
    return f"{total % (1 << 256):064x}"


_ROWS = {table: f"SELECT * FROM {table}" for table in TABLES}
