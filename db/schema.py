"""The schema that the migrations lead to, as a generated file; `python -m db.schema` writes it anew."""

from __future__ import annotations

import secrets
import tempfile
from importlib import resources
from pathlib import Path

from db import migrator, vault

FILE = "schema.sql"
_HEAD = "-- Generated from db/migrations by `python -m db.schema`; do not edit.\n\n"


def recorded() -> str:
    """The schema as the generated file has it, without its first line."""
    return resources.files("db").joinpath(FILE).read_text("utf-8").removeprefix(_HEAD)


def generate() -> str:
    """The schema of a new vault, made by running every migration."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "schema.db"
        vault.create_private(path)
        connection = vault.connect(path, bytearray(secrets.token_bytes(32)), mode="rw")
        try:
            migrator.migrate(connection)
            return migrator.schema(connection)
        finally:
            connection.close()


if __name__ == "__main__":
    Path(__file__).with_name(FILE).write_text(_HEAD + generate(), encoding="utf-8")
