"""A clock that stands still until it is set; a demo lives through months with it."""

from __future__ import annotations

from datetime import UTC, datetime


class Klok:
    """The clock of a trial vault (`db.model.ids.Clock`): gives the instant that was set last."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        """The instant that was set last, aware and in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Move on to an aware instant.

        Raises:
            ValueError: when it would run backwards, which no log can tell.
        """
        if now < self._now:
            raise ValueError("a clock never runs backwards")
        self._now = now.astimezone(UTC)
