"""When somebody is called again: an untried part of the week, never an unsafe one, never a holiday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from db.model.codes import Belresultaat, Dagdelen, Gesprekspartner, Richting
from db.model.situatie import Situatie, VeiligContact
from db.queries.zaken import Stand
from desktop.casework import belmoment, situatie
from desktop.casework.kalender import AMSTERDAM, dagdelen_cell, is_working_day
from tests.casework_steps import Werk


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    yield world
    world.close()


def stand(werk: Werk, **profile: Any) -> Stand:  # noqa: ANN401  # fields of the profile
    zaak = werk.zaak()
    if profile:
        found = Situatie(veilig_contact=VeiligContact(**profile))
        situatie.record_situatie(werk.vault, zaak, event_id=werk.vault.new_id(), situatie=found)
    return werk.dossier(zaak).stand


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=AMSTERDAM)  # type: ignore[misc,arg-type]  # year to minute


def test_a_voicemail_names_the_next_untried_part_of_the_week(werk: Werk) -> None:
    found = belmoment.next_attempt(stand(werk), werk.instellingen, werk.klok.now)
    assert found == local(2024, 5, 8, 10, 0), "a Tuesday afternoon is followed by Wednesday morning"


def test_no_next_call_is_promised_after_the_last_attempt(werk: Werk) -> None:
    zaak = werk.zaak()
    for hours in (19, 4):
        werk.klok.forward(hours=hours)
        werk.contact(zaak)
    werk.klok.forward(hours=3)
    assert belmoment.next_attempt(werk.dossier(zaak).stand, werk.instellingen, werk.klok.now) is None


def test_the_next_call_and_every_proposal_are_safe(werk: Werk) -> None:
    only = Dagdelen.WEEK_AVOND | Dagdelen.WEEKEND_MIDDAG
    profile = stand(werk, wanneer=only)
    found = belmoment.next_attempt(profile, werk.instellingen, werk.klok.now)
    moments = belmoment.proposals(profile, werk.klok.now)
    assert found is not None
    assert len(moments) == 5
    assert all(dagdelen_cell(moment) in only for moment in (found, *moments))
    assert not belmoment.may_call(profile, werk.klok.now)


def test_proposals_skip_what_is_over_weekends_and_holidays(werk: Werk) -> None:
    werk.klok.set(2024, 5, 8, 11, 0)  # the day before Hemelvaart
    moments = belmoment.proposals(stand(werk), werk.klok.now)
    assert moments[:3] == (local(2024, 5, 8, 14), local(2024, 5, 10, 10), local(2024, 5, 10, 14))
    assert all(is_working_day(moment.date()) for moment in moments)


def test_an_interpreter_that_is_needed_goes_into_the_situation_along_with_the_call(werk: Werk) -> None:
    zaak = werk.zaak()
    situatie.record_situatie(werk.vault, zaak, event_id=werk.vault.new_id(), situatie=Situatie(wensen="Bel lang aan."))
    werk.contact(zaak, resultaat=Belresultaat.TOLK_NODIG, gesproken_met=Gesprekspartner.INWONER, tolktaal=" Tigrinya ")
    found = werk.dossier(zaak)
    assert (found.situatie.tolk, found.situatie.tolktaal, found.situatie.wensen) == (True, "Tigrinya", "Bel lang aan.")
    assert found.stand.tolk
    before = len(found.logboek)
    werk.contact(zaak, resultaat=Belresultaat.TOLK_NODIG, tolktaal="")
    assert (len(werk.dossier(zaak).logboek), werk.dossier(zaak).situatie.tolktaal) == (before + 1, "Tigrinya")


def test_a_call_that_comes_in_is_contact_and_fills_no_cell_of_the_grid(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.reached(zaak, richting=Richting.IN)
    found = werk.dossier(zaak).stand
    assert (found.bereikt, found.pogingen, found.dagdelen) == (True, 0, Dagdelen(0))
