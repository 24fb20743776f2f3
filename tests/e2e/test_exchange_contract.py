"""Promises of the exchange contract that only the whole program can break: exit codes, streams, and what is left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Run
from tests.factories import rij, signaalbestand


@pytest.mark.parametrize(
    "arguments",
    [
        ("letter", "geen-soort", "2024-A0001", "--out", "brief.pdf"),
        ("letter", "eerste-brief"),
        ("letter", "aankondiging-huisbezoek", "2024-A0001", "--out", "brief.pdf"),
        ("letter", "toestemming", "2024-A0001", "--out", "brief.pdf"),
        ("export", "terugmelding", "--van", "2024-06-01", "--tot", "2024-05-31", "--out", "uit.json"),
        ("evaluatie", "--halfjaar", "2024-3", "--out", "cijfers"),
    ],
)
def test_wrong_usage_is_two_with_nothing_on_stdout_and_no_file(
    voordeur: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    answer = voordeur(*arguments)
    assert (answer.code, answer.document) == (2, {})
    assert "usage: voordeur" in answer.stderr
    assert set(tmp_path.iterdir()) == before


def test_a_vault_that_is_not_made_leaves_no_folder(voordeur: Run, tmp_path: Path, passphrase_file: Path) -> None:
    passphrase_file.write_text("kort\n", encoding="utf-8")
    words = ("init", "--gemeente", "0014", "--user", "F. Yildiz", "--role", "uitvoerder", "--proef", "--no-keyring")
    assert voordeur(*words).code == 1
    assert not (tmp_path / "kluis").exists()


def test_a_refused_file_beside_a_good_one_is_told_on_stderr(trial: Run, tmp_path: Path) -> None:
    good = tmp_path / "goed.json"
    good.write_bytes(signaalbestand(rows=[rij(1)]))
    other = tmp_path / "leeg.json"
    other.write_bytes(b"")
    answer = trial("import", good, other, now="2024-05-07T09:00")
    assert (answer.code, answer.document["geaccepteerd"]) == (3, 1)
    assert answer.document["bestanden"][1]["fout"]["reden"] == "LEEG_BESTAND"
    assert answer.stderr.startswith("leeg.json: ")


def test_a_plan_with_a_slip_in_a_name_is_not_called_broken_json(trial: Run, tmp_path: Path) -> None:
    signals = tmp_path / "in.json"
    signals.write_bytes(signaalbestand(rows=[rij(1)]))
    trial("import", signals, now="2024-05-07T09:00")
    (taken,) = trial("accept", "--all", now="2024-05-07T09:01").document["zaken"]
    plan = tmp_path / "plan.json"
    plan.write_text('{"schuldne": []}', encoding="utf-8")
    fault = trial("log", taken["zaak"], "plan", "--file", plan, now="2024-05-07T09:02").document["fout"]
    assert (fault["reden"], fault["plaats"]) == ("PLAN_ONGELDIG", "een veld is onbekend of ontbreekt")


def test_a_birth_after_the_signal_is_not_called_too_long_ago(trial: Run, tmp_path: Path) -> None:
    signals = tmp_path / "in.json"
    signals.write_bytes(signaalbestand(rows=[rij(1, geboortedatum="2030-01-01")]))
    (line,) = trial("import", signals, now="2024-05-07T09:00").document["regels"]
    assert (line["reden"], line["veld"]) == ("DATUM_ONGELDIG", "geboortedatum")
    assert line["vereist"] == "niet na de signaaldatum"


def test_json_in_another_encoding_is_called_that_and_not_a_table_without_columns(trial: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(signaalbestand(rows=[rij(1)]).decode().encode("utf-16"))
    answer = trial("import", file, now="2024-05-07T09:00")
    assert (answer.code, answer.document["fout"]["reden"]) == (1, "CODERING")


def test_people_read_which_rows_and_columns_were_left_out_and_never_what_stood_there(
    trial: Run, tmp_path: Path, passphrase_file: Path
) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(signaalbestand(rows=[rij(1, bedrag="geheim bedrag", sofinummer="123456782")]))
    command = [sys.executable, "-m", "desktop", "import", str(file), "--vault", str(tmp_path / "kluis")]
    command += ["--passphrase-file", str(passphrase_file), "--now", "2024-05-07T09:00"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert trial("signals", now="2024-05-07T09:01").code == 0
    assert done.returncode == 3
    assert "niet bewaard: sofinummer (1 keer)" in done.stdout
    assert "rij 1: " in done.stdout
    assert "BEDRAG_ONGELDIG" in done.stdout
    assert "geheim" not in done.stdout + done.stderr
    assert "123456782" not in done.stdout + done.stderr
