"""The logs of two laptops merge into the same tables, whatever came when and in which pieces."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from db import journal
from db.integrity import check, digests, rebuilt_digests
from db.journal import Chained, heads
from db.vault import Vault
from tests.handelingen import Handeling, handelingen
from tests.vaults import Klok, make_vault

arrivals = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), max_size=40)
"""From which laptop the next piece comes, and how many events it holds; what is left comes after."""


def exchange(sender: Vault, receiver: Vault) -> None:
    """Everything the receiver does not have yet."""
    known = {device: head.volgnummer for device, head in heads(receiver.connection).items()}
    receiver.journal.merge(list(journal.export(sender.connection, after=known)))


def logs_of(vaults: list[Vault]) -> list[list[Chained]]:
    """The events that each laptop made itself."""
    made = []
    for vault in vaults:
        (own,) = vault.connection.execute("SELECT a.id FROM kluis k JOIN apparaat a ON a.nr = k.apparaat").fetchone()
        made.append([event for event in journal.export(vault.connection) if event.apparaat.bytes == own])
    return made


def deliver(logs: list[list[Chained]], receiver: Vault, pieces: list[tuple[int, int]]) -> None:
    """Hand the logs over in pieces: each laptop's own events in their order, the laptops through one another."""
    waiting = [list(log) for log in logs]
    for laptop, size in [*pieces, *((index, len(log) + 1) for index, log in enumerate(logs))]:
        receiver.journal.merge(waiting[laptop][:size])
        del waiting[laptop][:size]


@given(
    steps=st.lists(st.tuples(st.sampled_from("ABABABABx"), handelingen), min_size=5, max_size=50),
    to_a=arrivals,
    to_b=arrivals,
    to_c=arrivals,
)
@settings(max_examples=settings().max_examples // 2)
def test_logs_of_two_laptops_merge_to_the_same_tables_in_any_order_of_arrival(
    steps: list[tuple[str, Handeling]],
    to_a: list[tuple[int, int]],
    to_b: list[tuple[int, int]],
    to_c: list[tuple[int, int]],
) -> None:
    klok, behind = Klok(), Klok()
    behind.turn(minutes=-90)  # the clocks of two laptops never agree
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        a, b, c = (
            stack.enter_context(make_vault(Path(folder) / letter, clock=clock, letter=letter))
            for letter, clock in (("A", klok), ("B", behind), ("C", Klok()))
        )
        for who, step in steps:
            if who == "x":
                exchange(a, b)
                exchange(b, a)
            else:
                step.do(*((a, klok) if who == "A" else (b, behind)))
        logs = logs_of([a, b, c])
        for receiver, pieces in ((a, to_a), (b, to_b), (c, to_c)):
            deliver(logs, receiver, pieces)
        tables = digests(a.connection)
        assert digests(b.connection) == tables
        assert digests(c.connection) == tables
        assert heads(a.connection) == heads(b.connection) == heads(c.connection)
        for vault in (a, b, c):
            assert rebuilt_digests(vault.connection) == tables
            assert [controle for controle in check(vault) if not controle.in_orde] == []
        # And work goes on: what a laptop does next comes after all it has seen.
        for vault, clock in ((a, klok), (b, behind)):
            Handeling("bellen", (0, 1, 0)).do(vault, clock)
            assert rebuilt_digests(vault.connection) == digests(vault.connection)
