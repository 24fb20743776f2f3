"""The demo's invented residents: the same for the same seed, nobody real, and worked to every stage."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import vault as vaults
from db.journal import rebuild, transaction, verify_chain
from db.model.codes import Bak, Berichtstaat, Eindresultaat, Rol, Stap
from db.model.ids import uuid7
from db.queries import gelijkenissen, outbox, signalen, zaken
from db.vault import Vault
from desktop.casework import instellingen
from desktop.demo.klok import Klok
from desktop.demo.leveringen import leveringen
from desktop.demo.vullen import BEGIN, NU, Gevuld, fill
from desktop.evaluation.evaluatie import evaluate


class Demo:
    """A filled vault, and what was said about it."""

    def __init__(self, folder: Path) -> None:
        self.files = folder / "bestanden"
        self.files.mkdir()
        self.klok = Klok(BEGIN)
        self.vault: Vault = vaults.create(
            folder, bytearray(os.urandom(32)), vault_id=uuid7(), gemeentecode="0014", naam="F. Yıldız",
            rol=Rol.UITVOERDER, proef=True, clock=self.klok,
        )  # fmt: skip
        self.gevuld: Gevuld = fill(self.vault, 2024, 240, self.klok, self.files)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    filled = Demo(tmp_path_factory.mktemp("demo"))
    yield filled
    filled.vault.close()


def test_the_same_seed_delivers_the_same_bytes_and_another_seed_others() -> None:
    assert leveringen(1, 100) == leveringen(1, 100)
    assert leveringen(1, 100) != leveringen(2, 100)


@pytest.mark.parametrize("aantal", [1, 2, 10, 400])
def test_the_number_of_signals_is_what_was_asked_for(aantal: int) -> None:
    rows = [
        row["id"]
        for levering in leveringen(5, aantal)
        if levering.naam.endswith(".json")
        for row in json.loads(levering.inhoud)["signalen"]
    ]
    for levering in leveringen(5, aantal):
        if levering.naam.endswith(".csv"):
            rows += [line.split(";")[0] for line in levering.inhoud.decode("utf-8-sig").splitlines()[1:]]
    assert len(set(rows)) == aantal


def test_no_telephone_of_the_demo_reaches_anybody() -> None:
    text = b"".join(levering.inhoud for levering in leveringen(2024, 400)).decode()
    numbers = re.findall(r"0[0-9]{1,3}-[0-9]{6,8}", text)
    assert len(numbers) > 200
    assert all(re.fullmatch(r"050-55501[0-9]{2}|06-00000[0-9]{3}", number) for number in numbers)


def test_reports_come_in_the_proportions_of_the_country() -> None:
    kinds: Counter[str] = Counter()
    for levering in leveringen(2024, 2000):
        if levering.naam.endswith(".json"):
            kinds.update(row["soort"] for row in json.loads(levering.inhoud)["signalen"])
    assert 0.6 < kinds["wmo-abonnementstarief"] / kinds.total() < 0.85
    assert {"wmo-beschermd-wonen", "wlz", "zorgverzekering"} <= set(kinds)


def test_the_vault_is_whole_and_replays_to_itself(demo: Demo) -> None:
    connection = demo.vault.connection
    assert demo.klok() == NU
    assert verify_chain(connection) > 1500
    queries = (
        "SELECT * FROM zaak ORDER BY id",
        "SELECT id, zaak, bak, geweigerd, gewijzigd, ingetrokken_op, inwoner FROM signaal ORDER BY id",
        "SELECT * FROM terugmelding ORDER BY id",
    )
    before = [connection.execute(query).fetchall() for query in queries]
    with transaction(connection):
        rebuild(connection)
    assert [connection.execute(query).fetchall() for query in queries] == before


def test_there_is_work_in_every_tray_and_in_every_step(demo: Demo) -> None:
    connection = demo.vault.connection
    trays = signalen.counts(connection)
    assert set(trays) == set(Bak)
    steps = zaken.steps(connection, pogingen=3, dagdelen=2)
    assert {Stap.BELLEN, Stap.HUISBEZOEK, Stap.HULPAANBOD, Stap.AFSLUITEN} <= set(steps)
    states = {bericht.staat for bericht in outbox.berichten(connection)}
    assert {Berichtstaat.KLAAR, Berichtstaat.WORDT_VERZONDEN} <= states


def test_somebody_may_be_known_under_another_name(demo: Demo) -> None:
    assert gelijkenissen.aantal_onbeslist(demo.vault.connection) >= 2


def test_some_calls_were_promised_for_today(demo: Demo) -> None:
    promised = [regel.stand.belofte_op for regel in zaken.promised(demo.vault.connection, voor=NU.replace(hour=23))]
    assert any(moment < NU for moment in promised if moment)
    assert any(moment > NU for moment in promised if moment)


def test_both_half_years_have_figures_of_good_practice(demo: Demo) -> None:
    settings = instellingen.load(demo.vault.connection)
    first = evaluate(demo.vault.connection, "2024-1", settings, NU)
    second = evaluate(demo.vault.connection, "2024-2", settings, NU)
    assert 0.25 < first.indicatoren.bereikt.teller / first.indicatoren.bereikt.noemer < 0.55
    assert first.indicatoren.procedures is not None
    assert second.indicatoren.bereikt.nog_niet_meetbaar > 0
    for found in (first, second):
        assert sum(found.eindresultaten.values()) + found.open == found.trechter.inwoners
        assert sum(found.verst.values()) == found.trechter.inwoners
    assert Eindresultaat.GEEN_CONTACT in first.eindresultaten


def test_no_bsn_of_a_table_is_kept_anywhere(demo: Demo) -> None:
    numbers = {
        line.split(";")[-2].encode()
        for path in demo.files.glob("*.csv")
        for line in path.read_text("utf-8-sig").splitlines()[1:]
    }
    stored = b"".join(row[0] for row in demo.vault.connection.execute("SELECT bytes FROM inhoud"))
    assert numbers
    assert not any(number in stored for number in numbers)
