"""What a reader can compute from a published table never pins down a hidden number."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.evaluation.suppression import DREMPEL, hidden_parts, hidden_steps

COUNTS = st.integers(0, 40) | st.integers(0, 5_000)
PARTS = st.lists(COUNTS, min_size=2, max_size=18).map(lambda counts: dict(enumerate(counts)))


@given(PARTS)
def test_every_small_part_is_hidden(parts: dict[int, int]) -> None:
    assert {cell for cell, count in parts.items() if count < DREMPEL} <= hidden_parts(parts)


@given(PARTS)
def test_a_hidden_part_could_be_anything_from_zero_to_the_threshold_and_more(parts: dict[int, int]) -> None:
    hidden = hidden_parts(parts)
    if not hidden or sum(parts.values()) < DREMPEL:  # a whole that small is not shown either
        return
    # All that the reader has: the whole and the shown parts, so the sum of the hidden ones.
    rest = sum(parts.values()) - sum(count for cell, count in parts.items() if cell not in hidden)
    assert len(hidden) >= 2
    assert rest >= DREMPEL


@given(PARTS)
def test_no_more_is_hidden_than_needed(parts: dict[int, int]) -> None:
    hidden = hidden_parts(parts)
    extra = sorted((cell for cell in hidden if parts[cell] >= DREMPEL), key=parts.__getitem__)
    if extra:
        without = hidden - {extra[-1]}
        assert len(without) < 2 or sum(parts[cell] for cell in without) < DREMPEL


@given(PARTS)
def test_nothing_is_hidden_when_no_part_is_small(parts: dict[int, int]) -> None:
    large = {cell: count + DREMPEL for cell, count in parts.items()}
    assert hidden_parts(large) == frozenset()


@given(st.lists(COUNTS, min_size=1, max_size=8).map(lambda counts: sorted(counts, reverse=True)))
def test_no_difference_between_shown_steps_is_small(steps: list[int]) -> None:
    shown = [count for count, hidden in zip(steps, hidden_steps(steps), strict=True) if not hidden]
    assert all(count >= DREMPEL for count in shown)
    assert all(earlier - later >= DREMPEL for earlier, later in pairwise(shown))
