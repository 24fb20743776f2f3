"""Every refusal and error has a sentence, and no sentence promises a fact that it does not get."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

import resources
from db.errors import KnownError, RegelOvertreding
from desktop.casework.regels import Regel
from resources.uitleg import teksten, uitleg

ROOT = Path(__file__).parents[2]
ERRORS = {"KnownError", "RegelOvertreding", "VoordeurError"}


def raised_codes() -> set[str]:
    """Every code that the source gives to an error as a literal."""
    codes = set()
    for path in [*ROOT.glob("db/**/*.py"), *ROOT.glob("desktop/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    codes.add(code.value)
    return codes


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert raised_codes() - set(teksten()) == set()


@pytest.mark.parametrize("rule", list(Regel))
def test_every_rule_of_the_workflow_has_a_sentence(rule: Regel) -> None:
    assert uitleg(RegelOvertreding(rule)).endswith(".")


@pytest.mark.parametrize("code", sorted(teksten()))
def test_a_sentence_is_whole_dutch_and_takes_plain_facts(code: str) -> None:
    sentence = teksten()[code]
    assert sentence[0].isupper() or sentence[0] == "{"
    assert sentence.rstrip('"').endswith((".", "!"))
    assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(sentence))


def test_facts_are_filled_in_and_unknown_codes_named() -> None:
    assert "…" not in uitleg(KnownError("INSTELLING_ONBEKEND", naam="kleur"))
    assert uitleg(KnownError("IETS_NIEUWS")) == "Er ging iets mis (IETS_NIEUWS)."


def test_the_help_lists_every_code_with_its_sentence() -> None:
    listed = resources.read_text("help/regels.md").splitlines()
    assert {f"| {code} | {sentence} |" for code, sentence in teksten().items()} <= set(listed)
