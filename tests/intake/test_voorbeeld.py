"""Looking before taking in: the first rows and columns of a file, and reading it without the vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from db.errors import KnownError
from db.vault import Vault
from desktop.intake.beoordelen import Opdracht
from desktop.intake.importing import preview_file, read_delivery, take_in
from desktop.intake.invoer import Voorbeeld
from tests.factories import GEMEENTE, csv_bestand, rij, signaalbestand
from tests.intake.conftest import events
from tests.intake.werkmappen import xlsx

BSN = "111222333"
OPDRACHT = Opdracht(gemeentecode=GEMEENTE)
PROFIEL = """
[kolommen]
bedrag = "Openstaand"
soort = "Regeling"

[waarden.soort]
"AT" = "wlz"
"""


def look(tmp_path: Path, content: bytes, profiel: str = "") -> Voorbeeld:
    path = tmp_path / "levering"
    path.write_bytes(content)
    return preview_file(path, Opdracht(gemeentecode=GEMEENTE, profiel=profiel))


@pytest.mark.parametrize("make", [signaalbestand, csv_bestand, xlsx])
def test_the_first_rows_stand_under_our_own_names(tmp_path: Path, make: Callable[..., bytes]) -> None:
    rows = [rij(number) for number in range(1, 9)]
    seen = look(tmp_path, make(rows=rows))
    assert len(seen.rijen) == 5
    first = dict(zip(seen.velden, seen.rijen[0], strict=True))
    assert (first["id"], first["achternaam"]) == ("CM-000001", rows[0]["achternaam"])
    assert (seen.weggelaten, seen.ontbreekt) == ((), ())


def test_a_column_that_is_not_kept_is_named_and_its_values_are_not_shown(tmp_path: Path) -> None:
    seen = look(tmp_path, csv_bestand(rows=[rij(1, BSN=BSN)]))
    assert seen.weggelaten == ("BSN",)
    assert BSN not in repr(seen)


def test_a_required_field_without_a_column_is_said_before_anything_is_read(tmp_path: Path) -> None:
    row = rij(1)
    del row["klantnummer"]
    assert look(tmp_path, csv_bestand(rows=[row])).ontbreekt == ("klantnummer",)


def test_a_profile_shows_what_it_makes_of_the_values(tmp_path: Path) -> None:
    row = {"Regeling" if name == "soort" else "Openstaand" if name == "bedrag" else name: value
           for name, value in rij(1, soort="AT", bedrag="213,40").items()}  # fmt: skip
    seen = look(tmp_path, csv_bestand(rows=[row]), PROFIEL)
    first = dict(zip(seen.velden, seen.rijen[0], strict=True))
    assert (first["soort"], seen.ontbreekt) == ("wlz", ())
    assert "Regeling" in seen.kolommen


def test_a_file_without_header_shows_none_of_its_first_row_as_a_title(tmp_path: Path) -> None:
    content = csv_bestand(rows=[rij(1, achternaam="Geheim1951")]).partition(b"\r\n")[2]
    seen = look(tmp_path, content)
    assert (seen.velden, seen.rijen) == ((), ())
    assert "Geheim1951" not in repr(seen)


def test_a_file_is_read_without_the_vault_and_then_taken_in(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "levering"
    path.write_bytes(csv_bestand(rows=[rij(1), rij(2, bedrag="99.99")]))
    before = events(vault)
    gelezen = read_delivery(path, OPDRACHT)
    assert (gelezen.kop.rijen, len(gelezen.oordelen), events(vault)) == (2, 2, before)
    path.unlink()
    report = take_in(vault, gelezen)
    assert (report.geaccepteerd, report.niet_toegelaten) == (1, 1)


def test_whoever_stops_before_recording_keeps_nothing(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "levering"
    path.write_bytes(csv_bestand(20))
    before = events(vault)
    with pytest.raises(KnownError) as caught:
        take_in(vault, read_delivery(path, OPDRACHT), cancelled=lambda: True)
    assert (caught.value.code, events(vault)) == ("IMPORT_AFGEBROKEN", before)
