"""What lets a batch be applied statement by statement: every column has one writer, and feeds on itself only."""

from __future__ import annotations

import re
from collections import defaultdict

from db import projection
from db.model.gebeurtenis import SOORTEN
from db.projection import TABLES, Statement
from db.vault import Vault

STATEMENTS = {name: value for name, value in vars(projection).items() if isinstance(value, Statement)}
INSERT = re.compile(r"INSERT INTO (\w+) \(([^)]*)\) VALUES .*?(?:DO UPDATE SET (.*))?$")
KEY = r"id = \?1|zaak = \?1 AND versie = \?2 AND nummer = \?3|signaal = \?1 AND ander = \?2"
UPDATE = re.compile(rf"UPDATE (\w+) SET (.*) WHERE (?:{KEY})$")


def assigned(clause: str) -> dict[str, str]:
    """Column and expression of a SET clause; commas inside brackets part nothing."""
    parts, depth = [""], 0
    for char in clause:
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return {name.strip(): expression for name, _, expression in (part.partition("=") for part in parts)}


def written(statement: Statement) -> tuple[str, dict[str, str]]:
    """The table of a statement, and its columns with what they get."""
    if insert := INSERT.match(statement.sql):
        columns = {name.strip(): "" for name in insert[2].split(",") if name != "nr"}
        return insert[1], columns | (assigned(insert[3]) if insert[3] else {})
    update = UPDATE.match(statement.sql)
    assert update, f"neither an insert nor an update by key: {statement.sql}"
    return update[1], assigned(update[2])


def columns_of(vault: Vault, table: str) -> set[str]:
    """The columns that are stored, but for the local row number."""
    rows = vault.connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return {row[0] for row in rows} - {"nr"}


def test_every_projected_column_is_written_by_exactly_one_statement(vault: Vault) -> None:
    writers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, statement in STATEMENTS.items():
        table, columns = written(statement)
        for column in columns:
            writers[table, column].append(name)
    assert {place: names for place, names in writers.items() if len(names) > 1} == {}
    assert set(writers) == {(table, column) for table in TABLES for column in columns_of(vault, table)}


def test_no_statement_reads_a_column_that_another_writes(vault: Vault) -> None:
    borrowed = []
    for name, statement in STATEMENTS.items():
        table, columns = written(statement)
        others = columns_of(vault, table) - set(columns)
        text = " ".join(columns.values())
        borrowed += [(name, column) for column in others if re.search(rf"\b{column}\b", text)]
    assert borrowed == []


def test_rows_are_made_before_they_are_changed() -> None:
    made = {insert[1]: statement.rank for statement in STATEMENTS.values() if (insert := INSERT.match(statement.sql))}
    changed = [(update[1], s.rank) for s in STATEMENTS.values() if (update := UPDATE.match(s.sql))]
    assert len(changed) > 5
    assert all(rank > made[table] for table, rank in changed)


def test_every_kind_has_its_projection() -> None:
    assert set(projection._ROWS) == set(SOORTEN)


def test_statements_have_ranks_of_their_own() -> None:
    ranks = [statement.rank for statement in STATEMENTS.values()]
    assert ranks == sorted(set(ranks))
