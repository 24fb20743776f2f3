"""A labelled set at a fixed seed, on which nothing was chosen: who is found is right, and few are missed."""

from __future__ import annotations

from db.vault import Vault
from desktop.bench.lookalikes import make
from desktop.bench.recognising import SEED, receive, score
from desktop.casework.herkenning import recognise


def test_residents_are_recognised_as_often_and_as_surely_as_promised(vault: Vault) -> None:
    # `voordeur bench --only herkennen` does the same with 100,000 earlier signals.
    labelled = make(SEED, eerder=20_000, nieuw=3_000)
    receive(vault, labelled.eerder)
    found = score(recognise(vault.connection, [one.signaal for one in labelled.nieuw]), labelled)
    assert found.precision >= 0.995
    assert found.recall >= 0.975
    assert found.vanzelf >= 0.999


def test_the_same_seed_gives_the_same_set() -> None:
    assert make(SEED, eerder=300, nieuw=100) == make(SEED, eerder=300, nieuw=100)
    assert make(SEED, eerder=300, nieuw=100) != make(SEED + 1, eerder=300, nieuw=100)
