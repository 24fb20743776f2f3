"""Forward-only migrations: numbered SQL files, each applied together with its version in one transaction."""

from __future__ import annotations

import sqlite3
from importlib import resources

from db.journal import transaction


def migrations() -> tuple[tuple[int, str], ...]:
    """Version and SQL of every migration, in order; the number opens the file name."""
    folder = resources.files("db").joinpath("migrations")
    files = sorted((path.name, path.read_text("utf-8")) for path in folder.iterdir() if path.name.endswith(".sql"))
    return tuple((int(name[:4]), sql) for name, sql in files)


LATEST = migrations()[-1][0]
"""The newest schema this program knows; a vault with a higher `user_version` is refused."""


def migrate(connection: sqlite3.Connection) -> bool:
    """Bring a vault to the newest schema; returns whether anything was done."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    pending = [(number, sql) for number, sql in migrations() if number > version]
    for number, sql in pending:
        with transaction(connection):
            for statement in statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")
    return bool(pending)


def statements(sql: str) -> list[str]:
    """Split a script into its statements (triggers hold semicolons of their own).

    Raises:
        ValueError: when the last statement is not finished; half a migration is a bug.
    """
    found: list[str] = []
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in pending.splitlines()):
        raise ValueError("the last statement has no end")
    return found


def schema(connection: sqlite3.Connection) -> str:
    """The schema as SQLite holds it, without the shadow tables of the full-text index."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'zoek_*'"
        " ORDER BY type <> 'table', tbl_name, name"
    )
    return "".join(f"{row[0]};\n\n" for row in rows)
