"""Small cells stay inside: what may be shown of a table of counts that leaves the municipality (handbook section 6)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

DREMPEL = 10
"""Counts below this are not shown, zero included."""

_Cell = TypeVar("_Cell", bound=Hashable)


def hidden_parts(parts: Mapping[_Cell, int], *, drempel: int = DREMPEL) -> frozenset[_Cell]:
    """The parts of a whole that may not be shown beside that whole.

    First every part under the threshold; then the smallest others, until at least two are hidden that together
    reach the threshold. Who knows the whole and the parts that are shown then knows of each hidden part only that
    it lies between zero and that sum, so small and large cannot be told apart. A whole under the threshold hides
    all its parts and must not be shown either.
    """
    hidden = [cell for cell, count in parts.items() if count < drempel]
    if not hidden:
        return frozenset()
    shown = sorted((cell for cell, count in parts.items() if count >= drempel), key=parts.__getitem__)
    while shown and (len(hidden) == 1 or sum(parts[cell] for cell in hidden) < drempel):
        hidden.append(shown.pop(0))
    return frozenset(hidden)


def hidden_steps(steps: Sequence[int], *, drempel: int = DREMPEL) -> tuple[bool, ...]:
    """Which values of a falling series (a funnel) may not be shown.

    Two values shown one after the other differ by at least the threshold, and the last one reaches it, so that
    every group that a reader can compute by subtracting is large enough. The first value goes before the others.
    """
    verdicts: list[bool] = []
    previous: int | None = None
    for count in steps:
        small = count < drempel or (previous is not None and previous - count < drempel)
        verdicts.append(small)
        previous = previous if small else count
    return tuple(verdicts)
