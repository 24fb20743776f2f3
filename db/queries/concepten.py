"""Drafts: half-typed text, kept encrypted in the vault while it is typed. Outside the log."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from db.journal import transaction
from db.model.ids import milliseconds


def save(connection: sqlite3.Connection, plek: str, tekst: str, now: datetime) -> None:
    """Keep the text of one form; an empty text removes it. `plek` is the form and the dossier it belongs to.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone.
    """
    with transaction(connection):
        if tekst:
            connection.execute(
                "INSERT INTO concept (plek, tekst, bewaard) VALUES (?1, ?2, ?3)"
                " ON CONFLICT (plek) DO UPDATE SET tekst = ?2, bewaard = ?3",
                (plek, tekst, milliseconds(now)),
            )
        else:
            connection.execute("DELETE FROM concept WHERE plek = ?", (plek,))


def read(connection: sqlite3.Connection, plek: str) -> str:
    """The text that was being typed in this form; empty when there is none."""
    row = connection.execute("SELECT tekst FROM concept WHERE plek = ?", (plek,)).fetchone()
    return row[0] if row else ""
