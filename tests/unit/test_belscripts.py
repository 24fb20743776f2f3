"""The call scripts: one for every kind and situation, and never a debt for ears that may not hear of it."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from desktop.casework.rulebook import regelboek
from resources.scripts import REKENING, VELDEN, Gesprek, belscript, bestand

SOORTEN = tuple(regel.soort for regel in regelboek().regels if regel.intake)
GELD = {Gesprek.INWONER, Gesprek.CURATOR, Gesprek.BEWINDVOERDER, Gesprek.GEMACHTIGDE}
VERBODEN = re.compile(
    r"schuld|rekening|cak\b|zorg|betal|wmo|wlz|wonen|eigen bijdrage|achterstand|bedrag|deurwaarder|hulp|incasso|geld",
    re.IGNORECASE,
)
VELD = {name: f"<{name}>" for name in VELDEN}


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("gesprek", list(Gesprek))
def test_every_kind_and_situation_has_a_script(gesprek: Gesprek, soort: str) -> None:
    script = belscript(gesprek, [soort], VELD)
    assert script.kop
    assert script.doe.endswith(".")
    assert bool(script.zeg) is (gesprek is not Gesprek.GEEN_VOICEMAIL)
    assert "{" not in script.kop + script.doe + script.zeg


@pytest.mark.parametrize("soort", SOORTEN)
@pytest.mark.parametrize("gesprek", sorted(set(Gesprek) - GELD))
def test_no_debt_cak_or_care_is_said_to_anybody_else_or_before_it_is_known_who_listens(
    gesprek: Gesprek, soort: str
) -> None:
    script = belscript(gesprek, [soort], VELD)
    assert VERBODEN.findall(script.zeg) == []
    assert script.vraag == ""


@pytest.mark.parametrize("gesprek", sorted(GELD))
def test_who_may_hear_of_it_hears_what_the_debt_is_for(gesprek: Gesprek) -> None:
    words = {belscript(gesprek, [soort], VELD).zeg for soort in SOORTEN}
    assert len(words) == len(SOORTEN)
    both = belscript(gesprek, [*SOORTEN, SOORTEN[0]], VELD)
    for soort in SOORTEN:
        assert both.zeg.count(bestand().soorten[soort].rekening) == 1


def test_the_file_asks_for_no_field_that_nobody_fills() -> None:
    for gesprek, block in bestand().situaties.items():
        asked = {name for text in (block.kop, block.doe, block.belofte, *block.zeg) for _, name, _, _ in
                 Formatter().parse(text) if name is not None}  # fmt: skip
        assert asked <= VELDEN | ({REKENING} if block.rekening else set()), gesprek


def test_a_voicemail_promises_a_day_only_when_there_is_one() -> None:
    assert "Anders bel ik donderdag." in belscript(Gesprek.VOICEMAIL, SOORTEN, VELD | {"dag": "donderdag"}).zeg
    assert "Anders" not in belscript(Gesprek.VOICEMAIL, SOORTEN, VELD | {"dag": ""}).zeg
