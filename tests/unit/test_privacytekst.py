"""Who did not get the text of AVG 14: until when it must go, and what counts as sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.model.codes import BrpUitkomst
from db.model.gebeurtenis import BriefVerzonden
from db.queries import brieven, werklijst
from db.queries.werklijst import Keuze
from db.queries.zaken import START
from desktop.casework import ongedaan, verzenden
from desktop.casework.privacytekst import gaat_mee, uiterlijk, uitleg
from desktop.casework.uitvoeren import load
from tests.casework_steps import Werk


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    yield world
    world.close()


def due(werk: Werk) -> list[UUID]:
    found, _ = werklijst.page(werk.vault.connection, Keuze(zonder_uitleg=True), pogingen=3, dagdelen=2)
    return [regel.id for regel in found]


def send(werk: Werk) -> None:
    verzenden.confirm(werk.vault, [letter.id for letter in brieven.unsent(werk.vault.connection)])


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (datetime(2024, 4, 7, 9, tzinfo=UTC), date(2024, 5, 7)),
        (datetime(2024, 1, 31, 9, tzinfo=UTC), date(2024, 2, 29)),
        (datetime(2024, 3, 31, 22, 30, tzinfo=UTC), date(2024, 5, 1)),  # already 1 April in the Netherlands
    ],
)
def test_the_last_day_is_the_same_day_of_the_next_month(received: datetime, last: date) -> None:
    assert uiterlijk(received) == last


def test_a_made_letter_counts_only_once_it_left_the_house(werk: Werk) -> None:
    zaak, other = werk.zaak(), werk.zaak()
    assert set(due(werk)) == {zaak, other}
    werk.letter(zaak)
    assert set(due(werk)) == {zaak, other}
    send(werk)
    assert due(werk) == [other]
    assert brieven.unsent(werk.vault.connection) == ()


def test_confirming_twice_records_once_and_may_be_taken_back(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.letter(zaak)
    (letter,) = brieven.unsent(werk.vault.connection)
    werk.klok.forward(hours=1)
    verzenden.confirm(werk.vault, [letter.id])
    verzenden.confirm(werk.vault, [letter.id, werk.vault.new_id()])
    events = load(werk.vault, zaak).gebeurtenissen
    assert [event.inhoud for event in events if isinstance(event.inhoud, BriefVerzonden)] == [
        BriefVerzonden(gemaakt=letter.id, brief="eerste-brief", privacytekst=True)
    ]
    ongedaan.undo(werk.vault, zaak, event_id=werk.vault.new_id())
    assert [found.id for found in brieven.unsent(werk.vault.connection)] == [letter.id]
    assert due(werk) == [zaak]


@pytest.mark.parametrize("outcome", [BrpUitkomst.OVERLEDEN, BrpUitkomst.VERHUISD])
def test_who_died_or_moved_is_not_written_to(werk: Werk, outcome: BrpUitkomst) -> None:
    zaak = werk.zaak()
    werk.brp(zaak, outcome)
    assert due(werk) == []


def test_it_comes_back_two_weeks_ahead_with_the_nearest_day(werk: Werk) -> None:
    werk.zaak()
    received = load(werk.vault, due(werk)[0]).stand.ontvangen_op
    last = uiterlijk(received)
    while werk.vandaag < last - timedelta(days=15):
        werk.klok.forward(days=1)
    assert uitleg(werk.vault.connection, werk.klok.now).zaken == 0
    werk.klok.forward(days=1)
    found = uitleg(werk.vault.connection, werk.klok.now)
    assert (found.zaken, found.zaken_voor, found.signalen) == (1, last, 0)


def test_a_signal_that_nobody_took_up_counts_too(werk: Werk) -> None:
    werk.receive()
    werk.klok.forward(days=40)
    found = uitleg(werk.vault.connection, werk.klok.now)
    assert (found.zaken, found.signalen) == (0, 1)
    assert found.signalen_voor is not None
    assert found.signalen_voor < werk.vandaag


def test_the_list_goes_on_where_a_page_ended(werk: Werk) -> None:
    zaken = [werk.zaak() for _ in range(5)]
    seen: list[UUID] = []
    cursor = START
    for _ in range(3):
        found, cursor = werklijst.page(
            werk.vault.connection, Keuze(zonder_uitleg=True), pogingen=3, dagdelen=2, na=cursor, limiet=2
        )
        seen += [regel.id for regel in found]
    assert sorted(seen) == sorted(zaken)
    plan = werk.vault.connection.execute(
        f"EXPLAIN QUERY PLAN {werklijst._UNTOLD}", (3, 2, "", b"", 5, "", "", "")
    ).fetchall()
    words = " ".join(str(row[-1]) for row in plan)
    assert "zaak_privacytekst" in words
    assert "TEMP B-TREE" not in words


@pytest.mark.parametrize(
    ("soort", "version", "goes"),
    [("eerste-brief", "a1", True), ("afsluitbrief", "a1", False), ("afsluitbrief", "a1+b2", True)],
)
def test_the_version_of_a_text_tells_whether_the_reverse_was_printed(soort: str, version: str, goes: bool) -> None:
    assert gaat_mee(soort, version) is goes
