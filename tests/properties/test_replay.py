"""Whatever is done to a vault, its tables follow from its log and from nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from db import journal, projection
from db.integrity import check, digests, rebuilt_digests
from db.model.gebeurtenis import OngedaanGemaakt
from db.vault import Vault
from tests.handelingen import NAMEN, Handeling, handelingen
from tests.vaults import Klok, make_vault, reopen


def one_by_one(vault: Vault) -> dict[str, str]:
    """The digests of the tables when the log is applied event by event, in place of statement by statement."""
    connection = vault.connection
    order = "SELECT g.nr FROM gebeurtenis g JOIN apparaat a ON a.nr = g.apparaat ORDER BY g.hlc, a.id, g.volgnummer"
    numbers = [row[0] for row in connection.execute(order)]
    by_number = {
        connection.execute("SELECT nr FROM gebeurtenis WHERE id = ?", (event.id.bytes,)).fetchone()[0]: event
        for (dossier,) in connection.execute("SELECT DISTINCT dossier FROM gebeurtenis").fetchall()
        for event in journal.events_of(connection, UUID(bytes=dossier))
    }
    connection.execute("BEGIN")
    try:
        projection.clear_all(connection)
        undone = {
            event
            for undoing in by_number.values()
            if isinstance(undoing.inhoud, OngedaanGemaakt)
            for event in undoing.inhoud.gebeurtenissen
        }
        for number in numbers:
            if by_number[number].id not in undone:
                projection.apply(connection, projection.rows(by_number[number]))
        return digests(connection)
    finally:
        connection.execute("ROLLBACK")


@given(steps=st.lists(handelingen, min_size=5, max_size=60))
def test_any_allowed_actions_replay_to_the_same_tables(steps: list[Handeling]) -> None:
    klok = Klok()
    with tempfile.TemporaryDirectory() as folder:
        with make_vault(Path(folder), clock=klok) as vault:
            for step in steps:
                step.do(vault, klok)
            tables = digests(vault.connection)
            assert rebuilt_digests(vault.connection) == tables
            assert one_by_one(vault) == tables
            assert digests(vault.connection) == tables, "checking must not change anything"
        with reopen(Path(folder), clock=klok) as again:
            assert digests(again.connection) == tables
            assert [controle for controle in check(again) if not controle.in_orde] == []


def test_the_actions_of_this_property_are_really_taken(tmp_path: Path) -> None:
    # A property over actions that are all refused would hold of anything.
    klok = Klok()
    taken: set[str] = set()
    with make_vault(tmp_path / "kluis", clock=klok) as vault:
        for number in range(12):
            first = "weigeren" if number == 0 else "oppakken"
            for naam in ("ontvangen", first, "oppakken", "bellen", "aanbod", "gesprek", "plan", *NAMEN):
                for c in range(3):
                    if Handeling(naam, (number, number // 3 * 3, c)).do(vault, klok):
                        taken.add(naam)
        assert taken == set(NAMEN)
        assert all(controle.in_orde for controle in check(vault)), check(vault)
