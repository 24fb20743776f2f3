"""The two kinds of error a person can act on; anything else that is raised is a bug."""

from __future__ import annotations


class VoordeurError(Exception):
    """An error that carries a code and facts, and never a sentence or personal data.

    The Dutch sentence for a code stands in `resources.uitleg`.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Code and facts, fit for a log."""
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code


class KnownError(VoordeurError):
    """The environment stands in the way: a wrong key, a full disk, a file that is no vault."""


class RegelOvertreding(VoordeurError):
    """The worker may not do this now: `code` is the rule, the facts say what is missing."""
