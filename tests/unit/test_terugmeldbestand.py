"""The terugmeldbestand: its contents, what it does to the outbox, and the same period twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from db.model.codes import Berichtstaat, Eindresultaat
from db.queries import outbox
from desktop.exchange import terugmeldbestand
from tests.casework_steps import Werk


@pytest.fixture
def werk(tmp_path: Path) -> Iterator[Werk]:
    world = Werk(tmp_path)
    yield world
    world.close()


def closed(werk: Werk, result: Eindresultaat = Eindresultaat.REGELT_ZELF) -> UUID:
    zaak = werk.zaak()
    werk.reached(zaak)
    werk.end(zaak, result, notitie="Hij zei dat zijn zus betaalt.")
    return zaak


def written(werk: Werk, van: date = date(2024, 1, 1), tot: date = date(2024, 12, 31)) -> dict[str, object]:
    found: list[bytes] = []
    count = terugmeldbestand.write(werk.vault, van, tot, save=found.append)
    document: dict[str, object] = msgspec.json.decode(found[0])
    assert len(lines(document)) == count
    return document


def lines(document: dict[str, object]) -> list[dict[str, str]]:
    return msgspec.convert(document["terugmeldingen"], list[dict[str, str]])


def states(werk: Werk) -> list[Berichtstaat]:
    return [bericht.staat for bericht in outbox.berichten(werk.vault.connection)]


def test_the_file_holds_four_facts_per_signal_and_nothing_else(werk: Werk) -> None:
    closed(werk)
    document = written(werk)
    assert document["formaat"] == "terugmeldbestand/1"
    (line,) = lines(document)
    assert set(line) == {"id", "signaal", "klantnummer", "code", "datum"}
    assert (line["signaal"], line["klantnummer"]) == ("CM-000001", "4000001")
    assert (line["code"], line["datum"]) == ("AFGEROND", "2024-05-07")
    assert "zus" not in str(document)
    assert "Meer" not in str(document)


def test_the_delivery_says_for_whom_and_for_when(werk: Werk) -> None:
    levering = msgspec.convert(written(werk, date(2024, 5, 1), date(2024, 5, 31))["levering"], dict[str, str])
    assert levering["gemeentecode"] == "0014"
    assert (levering["van"], levering["tot"]) == ("2024-05-01", "2024-05-31")
    assert str(UUID(levering["id"])) == levering["id"]


def test_an_empty_period_gives_an_empty_file(werk: Werk) -> None:
    closed(werk)
    assert lines(written(werk, date(2024, 6, 1), date(2024, 6, 30))) == []
    assert states(werk) == [Berichtstaat.KLAAR]


def test_both_days_of_the_period_belong_to_it(werk: Werk) -> None:
    closed(werk)
    assert len(lines(written(werk, date(2024, 5, 7), date(2024, 5, 7)))) == 1


def test_what_was_written_is_on_its_way_and_the_same_period_gives_the_same_ids(werk: Werk) -> None:
    closed(werk)
    closed(werk)
    first = lines(written(werk))
    assert states(werk) == [Berichtstaat.WORDT_VERZONDEN] * 2
    events = werk.vault.connection.execute("SELECT count(*) FROM gebeurtenis").fetchone()
    assert lines(written(werk)) == first
    assert werk.vault.connection.execute("SELECT count(*) FROM gebeurtenis").fetchone() == events


def test_what_was_withdrawn_does_not_leave(werk: Werk) -> None:
    zaak = closed(werk)
    werk.reopen(zaak)
    assert lines(written(werk)) == []


def test_a_correction_names_what_it_replaces(werk: Werk) -> None:
    zaak = closed(werk)
    (first,) = lines(written(werk))
    werk.reopen(zaak)
    werk.klok.forward(days=1)
    werk.reached(zaak)
    werk.end(zaak, Eindresultaat.ZELF_BETAALD)
    replacement = next(line for line in lines(written(werk)) if line["id"] != first["id"])
    assert replacement["vervangt"] == first["id"]


def test_when_the_file_cannot_be_saved_nothing_is_on_its_way(werk: Werk) -> None:
    closed(werk)

    def full(_: bytes) -> None:
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        terugmeldbestand.write(werk.vault, date(2024, 1, 1), date(2024, 12, 31), save=full)
    assert states(werk) == [Berichtstaat.KLAAR]


def test_a_file_that_did_not_arrive_is_made_again_byte_for_byte(werk: Werk) -> None:
    for _ in range(2):
        closed(werk)
    first: list[bytes] = []
    days = outbox.days_waiting(werk.vault.connection)
    assert days is not None
    terugmeldbestand.write(werk.vault, *days, save=first.append, only_waiting=True)
    werk.klok.now += timedelta(days=3)
    closed(werk)
    sent, *_, waits = outbox.berichten(werk.vault.connection)
    assert outbox.left_in(werk.vault.connection, waits.id) is None
    bestand = outbox.left_in(werk.vault.connection, sent.id)
    assert bestand is not None
    again: list[bytes] = []
    assert terugmeldbestand.write_again(werk.vault, bestand, save=again.append) == 2
    assert again == first
    assert states(werk).count(Berichtstaat.KLAAR) == 1, "what waits goes in a file of its own"
