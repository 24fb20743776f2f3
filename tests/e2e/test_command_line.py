"""From a delivery to an evaluation on the command line, as an administrator's script would do it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.cli import run
from tests.e2e.conftest import PASSPHRASE, Run
from tests.factories import rij, signaalbestand
from tests.intake.werkmappen import xlsx

GEEN_CONTACT = "Definitief geen contact kunnen krijgen"
SOORT = "wmo-abonnementstarief"


def delivery(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_bytes(signaalbestand(rows=rows))
    return path


@pytest.fixture
def worked(trial: Run, tmp_path: Path) -> tuple[Run, str]:
    """A trial vault with one zaak in hand."""
    row = rij(1, id="CM-1", soort=SOORT, bedrag="213.40", ontstaansdatum="2023-10-31", signaaldatum="2024-05-02")
    imported = trial("import", delivery(tmp_path / "in.json", [row]), now="2024-05-02T09:00")
    assert imported.code == 0, imported.stderr
    (taken,) = trial("accept", "--all", now="2024-05-02T09:05").document["zaken"]
    return trial, taken["zaak"]


def test_a_signal_goes_from_delivery_to_evaluation(trial: Run, tmp_path: Path) -> None:
    rows = [
        rij(1, id="CM-1", soort=SOORT, bedrag="213.40", ontstaansdatum="2023-10-31", signaaldatum="2024-05-02"),
        rij(2, id="CM-2", soort=SOORT, bedrag="99.99", ontstaansdatum="2023-10-31", signaaldatum="2024-05-02"),
        rij(3, id="CM-3", soort=SOORT, bedrag="213.40", ontstaansdatum="2024-01-01", signaaldatum="2024-05-02"),
        rij(4, id="CM-4", soort=SOORT, bedrag="12,3,4", ontstaansdatum="2023-10-31", signaaldatum="2024-05-02"),
    ]
    file = delivery(tmp_path / "in.json", rows)
    imported = trial("import", file, now="2024-05-02T09:00")
    assert imported.code == 3
    assert [imported.document[name] for name in ("rijen", "geaccepteerd", "niet_toegelaten", "onleesbaar")] == [
        4,
        1,
        2,
        1,
    ]
    assert [(line["rij"], line["reden"]) for line in imported.document["regels"]] == [
        (2, "ONDER_DREMPEL"),
        (3, "TE_KORT"),
        (4, "BEDRAG_ONGELDIG"),
    ]
    again = trial("import", file, now="2024-05-02T09:01").document
    assert (again["geaccepteerd"], again["al_bekend"]) == (0, 1)

    (taken,) = trial("accept", "--all", now="2024-05-02T09:05").document["zaken"]
    assert taken == {"zaak": "2024-A0001", "signaal": "CM-1"}
    (listed,) = trial("cases", "--open", now="2024-05-02T09:06").document["zaken"]
    assert (listed["stap"], listed["termijn"], listed["signalen"]) == ("bellen", "2024-05-16", ["CM-1"])

    zaak = taken["zaak"]
    for moment in ("2024-05-03T10:00", "2024-05-06T14:00", "2024-05-07T19:00"):
        logged = trial("log", zaak, "contactpoging", "--soort", "Telefoon", "--bereikt", "nee", now=moment)
        assert logged.code == 0, logged.stderr
        assert logged.document["gebeurtenis"]
    assert trial("case", zaak, now="2024-05-07T19:01").document["stap"] == "huisbezoek"
    trial("log", zaak, "contactpoging", "--soort", "Huisbezoek", "--bereikt", "nee", now="2024-05-08T15:00")

    too_soon = trial("close", zaak, "--resultaat", GEEN_CONTACT, now="2024-05-08T15:05")
    assert (too_soon.code, too_soon.document["fout"]["regel"]) == (1, "GEEN_BRIEF")
    card = trial("letter", "kaartje", zaak, "--out", tmp_path / "kaartje.pdf", now="2024-05-08T15:10")
    assert card.code == 0, card.stderr
    too_soon = trial("close", zaak, "--resultaat", GEEN_CONTACT, now="2024-05-10T09:00")
    assert too_soon.document["fout"]["regel"] == "BRIEF_TE_KORT_GELEDEN"
    assert trial("close", zaak, "--resultaat", GEEN_CONTACT, now="2024-05-28T09:00").code == 0
    (message,) = trial("outbox", now="2024-05-28T09:01").document["berichten"]
    assert (message["signaal"], message["code"], message["staat"]) == ("CM-1", "AFGEROND", "klaar")

    trial(
        "export", "terugmelding", "--van", "2024-05-01", "--tot", "2024-05-31", "--out", tmp_path / "terug.json",
        now="2024-05-28T09:02",
    )  # fmt: skip
    (sent,) = json.loads((tmp_path / "terug.json").read_text("utf-8"))["terugmeldingen"]
    assert set(sent) == {"id", "signaal", "klantnummer", "code", "datum"}
    assert (sent["signaal"], sent["code"], sent["datum"]) == ("CM-1", "AFGEROND", "2024-05-28")

    letter = tmp_path / "brief.pdf"
    assert trial("letter", "eerste-brief", zaak, "--out", letter, now="2024-05-28T09:03").code == 0
    assert zaak in PdfReader(letter).pages[0].extract_text()
    shown = trial("inzage", zaak, "--identiteit", "paspoort", "--out", tmp_path / "inzage", now="2024-05-28T09:04")
    assert shown.code == 0, shown.stderr
    assert sorted(path.suffix for path in (tmp_path / "inzage").iterdir()) == [".json", ".pdf"]

    figures = trial("evaluatie", "--halfjaar", "2024-1", "--out", tmp_path / "cijfers", now="2024-12-01T09:00").document
    assert figures["trechter"]["signalen"] == 1
    assert figures["eindresultaten"] == {GEEN_CONTACT: 1}
    assert figures["indicatoren"]["bereikt"] == {
        "teller": 0,
        "noemer": 1,
        "nog_niet_meetbaar": 0,
        "ruim": {"teller": 0, "noemer": 1},
    } | {name: value for name, value in figures["indicatoren"]["bereikt"].items() if name not in {
        "teller", "noemer", "nog_niet_meetbaar", "ruim"}}  # fmt: skip
    sound = trial("check", now="2024-12-01T09:01")
    assert (sound.code, sound.document["in_orde"]) == (0, True), sound.document


def test_a_resident_who_calls_back_is_helped_to_a_plan(worked: tuple[Run, str], tmp_path: Path) -> None:
    run, zaak = worked
    early = run("log", zaak, "hulpaanbod", now="2024-05-03T09:00")
    assert (early.code, early.document["fout"]["regel"]) == (1, "NIET_BEREIKT")
    run(
        "log", zaak, "contactpoging", "--soort", "Telefoon", "--bereikt", "ja", "--gesproken-met", "inwoner",
        "--richting", "in", now="2024-05-03T10:00",
    )  # fmt: skip
    assert run("log", zaak, "hulpaanbod", "--antwoord", "aanvaard", now="2024-05-03T10:05").code == 0
    state = run("case", zaak, now="2024-05-03T10:06").document
    assert (state["stap"], state["termijn"]) == ("eerste-gesprek", "2024-05-30")
    assert run("log", zaak, "eerste-gesprek", "--op", "2024-05-06T13:00", now="2024-05-06T15:00").code == 0
    plan = tmp_path / "plan.json"
    plan.write_text(
        json.dumps(
            {
                "schulden": [{"schuldeiser": "CAK", "bedrag": "213.40", "regeling": "€ 20 per maand"}],
                "afspraken": [{"wie": "inwoner", "wat": "belt het CAK", "uiterlijk": "2024-05-20"}],
                "evaluatiedatum": "2024-06-06",
            }
        ),
        encoding="utf-8",
    )
    assert run("log", zaak, "plan", "--file", plan, now="2024-05-06T15:30").code == 0
    closed = run(
        "close", zaak, "--resultaat", "Vervolghulp en/of verwijzing financieel", "--hulp-aanvaard", "ja",
        "--schuldhulp-loopt", "2024-05-06", "--bevestigd-door", "T. Visser", now="2024-05-07T09:00",
    )  # fmt: skip
    assert closed.code == 0, closed.stderr
    assert run("outbox", now="2024-05-07T09:01").document["berichten"][0]["code"] == "HULP"
    assert run("reopen", zaak, "--reden", "belde terug", now="2024-05-08T09:00").code == 0
    assert run("outbox", now="2024-05-08T09:01").document["berichten"][0]["staat"] == "ingetrokken"
    assert run("case", zaak, now="2024-05-08T09:02").document["stap"] != "afgesloten"


def test_a_look_at_a_zaak_is_logged_with_who_looked(worked: tuple[Run, str]) -> None:
    run, zaak = worked
    events = run("case", zaak, now="2024-05-03T10:06").document["gebeurtenissen"]
    assert [(event["soort"], event["door"]) for event in events] == [
        ("ZaakGeopend", "F. Yildiz"),
        ("DossierIngezien", "F. Yildiz"),
    ]


@pytest.mark.parametrize("text", ["rij", "4000001", "2024-A0001", "CM-1x"])
def test_search_finds_by_name_number_and_zaak(worked: tuple[Run, str], text: str) -> None:
    run, zaak = worked
    name = rij(1)["achternaam"]
    found = run("cases", "--search", name[:4] if text == "rij" else text, now="2024-05-03T10:06").document["zaken"]
    assert [one["zaak"] for one in found] == ([] if text == "CM-1x" else [zaak])


def test_the_trial_clock_never_runs_back(worked: tuple[Run, str]) -> None:
    run, _ = worked
    late = run("cases", now="2024-05-01T10:00")
    assert (late.code, late.document["fout"]["reden"]) == (1, "KLOK_TERUG")


def test_the_clock_of_a_real_vault_cannot_be_set(voordeur: Run) -> None:
    arguments = ("init", "--gemeente", "0014", "--user", "F. Yildiz", "--role", "uitvoerder", "--no-keyring")
    assert voordeur(*arguments, now="2024-05-02T08:00").document["fout"]["reden"] == "KLOK_ALLEEN_PROEF"
    assert voordeur(*arguments).code == 0
    assert voordeur("cases", now="2024-05-02T08:00").document["fout"]["reden"] == "KLOK_ALLEEN_PROEF"


def test_a_real_vault_imports_only_once_the_recovery_sheet_is_put_away(voordeur: Run, tmp_path: Path) -> None:
    voordeur("init", "--gemeente", "0014", "--user", "F. Yildiz", "--role", "uitvoerder", "--no-keyring")
    file = delivery(tmp_path / "in.json", [rij(1)])
    refused = voordeur("import", file)
    assert refused.document["fout"]["reden"] == "HERSTELBLAD_NIET_BEVESTIGD"
    assert voordeur("settings", "herstelblad_bevestigd", "T. Visser, 22-11-2026").code == 0
    assert voordeur("import", file).document["rijen"] == 1


def test_a_delivery_for_another_municipality_is_refused_whole(trial: Run, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(signaalbestand(rows=[rij(1)], gemeentecode="0599"))
    refused = trial("import", file, now="2024-05-02T09:00")
    assert refused.code == 1
    assert refused.document["fout"]["reden"] == "ANDERE_GEMEENTE"
    assert trial("signals", now="2024-05-02T09:01").document == {"signalen": []}


def test_a_wrong_passphrase_says_so_and_nothing_more(trial: Run, tmp_path: Path, passphrase_file: Path) -> None:
    passphrase_file.write_text("heel iets anders dan dat", encoding="utf-8")
    refused = trial("cases", now="2024-05-02T09:00")
    assert refused.code == 1
    assert refused.document["fout"]["reden"] == "SLEUTEL_ONJUIST"
    assert PASSPHRASE not in refused.stderr


@pytest.mark.parametrize("command", [("sync",), ("retention",), ("restore", "x")])
def test_what_comes_later_says_so(trial: Run, command: tuple[str, ...]) -> None:
    refused = trial(*command, now="2024-05-02T09:00")
    assert (refused.code, refused.document["fout"]["reden"]) == (1, "NOG_NIET_BESCHIKBAAR")


def test_wrong_usage_is_exit_code_2(trial: Run) -> None:
    assert trial("log", "2024-A0001", "iets").code == 2
    assert trial("signals", "--tray", "prullenbak").code == 2


def test_settings_are_listed_shown_and_set(trial: Run) -> None:
    listed = trial("settings", now="2024-05-02T09:00").document["instellingen"]
    assert (listed["gemeente"], listed["pogingen"]) == ("0014", "3")
    assert trial("settings", "pogingen", "4", now="2024-05-02T09:01").document == {"instellingen": {"pogingen": "4"}}
    refused = trial("settings", "pogingen", "veel", now="2024-05-02T09:02")
    assert refused.document["fout"]["reden"] == "INSTELLING_ONGELDIG"
    assert trial("settings", "gemeente", "0363", now="2024-05-02T09:03").document["fout"]["reden"] == "INSTELLING_VAST"


def test_a_refused_signal_queues_one_code_and_keeps_its_ground(trial: Run, tmp_path: Path) -> None:
    trial("import", delivery(tmp_path / "in.json", [rij(1, id="CM-1")]), now="2024-06-02T09:00")
    no_check = trial("refuse", "CM-1", "--reason", "overleden", now="2024-06-02T09:01")
    assert no_check.document["fout"]["regel"] == "GEEN_BRP_CONTROLE"
    refused = trial("refuse", "CM-1", "--reason", "geen-capaciteit", "--notitie", "te druk", now="2024-06-02T09:02")
    assert refused.code == 0, refused.stderr
    (message,) = trial("outbox", now="2024-06-02T09:03").document["berichten"]
    assert message["code"] == "NIET_OPGEPAKT"
    assert "te druk" not in json.dumps(message)


def test_a_changed_passphrase_opens_and_the_old_one_does_not(trial: Run, tmp_path: Path, passphrase_file: Path) -> None:
    new = tmp_path / "nieuw.txt"
    new.write_text("een heel ander lang geheim", encoding="utf-8")
    assert trial("passphrase", "--new-passphrase-file", new).code == 0
    assert trial("cases", now="2024-05-02T09:00").document["fout"]["reden"] == "SLEUTEL_ONJUIST"
    passphrase_file.write_bytes(new.read_bytes())
    assert trial("cases", now="2024-05-02T09:01").code == 0


def test_a_backup_stands_beside_its_keys_and_is_never_overwritten(trial: Run, tmp_path: Path) -> None:
    copy = tmp_path / "kopie.db"
    assert trial("backup", copy, now="2024-05-02T09:00").code == 0
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert trial("backup", copy, now="2024-05-02T09:01").code == 1


def test_the_recovery_key_opens_a_vault_whose_passphrase_is_lost(
    voordeur: Run, tmp_path: Path, passphrase_file: Path
) -> None:
    arguments = ("init", "--gemeente", "0014", "--user", "F. Yildiz", "--role", "uitvoerder", "--proef", "--no-keyring")
    sheet, new = tmp_path / "herstelblad.txt", tmp_path / "nieuw.txt"
    sheet.write_text(voordeur(*arguments).document["herstelsleutel"].lower(), encoding="utf-8")
    new.write_text("een heel ander lang geheim", encoding="utf-8")
    passphrase_file.write_text("dit wachtwoord ben ik kwijt", encoding="utf-8")
    assert voordeur("cases").document["fout"]["reden"] == "SLEUTEL_ONJUIST"
    changed = voordeur("passphrase", "--recovery-key-file", sheet, "--new-passphrase-file", new)
    assert changed.document == {"gewijzigd": True}, changed.stderr
    passphrase_file.write_bytes(new.read_bytes())
    assert voordeur("check").document["in_orde"]


@pytest.mark.parametrize("as_json", [True, False])
def test_a_terminal_without_the_letters_of_a_name_is_no_failure(
    trial: Run, tmp_path: Path, passphrase_file: Path, *, as_json: bool
) -> None:
    trial("import", delivery(tmp_path / "in.json", [rij(1, achternaam="Łukaszewicz")]), now="2024-05-02T09:00")
    command = [sys.executable, "-m", "desktop", "signals", "--vault", str(tmp_path / "kluis")]
    command += ["--passphrase-file", str(passphrase_file), *(["--json"] if as_json else [])]
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert ("Łukaszewicz" if as_json else "\\u0141ukaszewicz") in done.stdout.decode()


def test_old_and_new_passphrase_come_from_stdin_in_that_order(trial: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop", "passphrase", "--vault", str(tmp_path / "kluis")]
    command += ["--passphrase-file", "-", "--new-passphrase-file", "-"]
    typed = f"{PASSPHRASE}\neen heel ander lang geheim\n".encode()
    changed = subprocess.run(command, input=typed, capture_output=True, check=False)
    assert changed.returncode == 0, changed.stderr
    assert trial("cases").document["fout"]["reden"] == "SLEUTEL_ONJUIST"


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of our own")
def test_a_new_passphrase_is_typed_at_a_terminal_until_it_is_twice_the_same(trial: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "desktop", "passphrase", "--vault", str(tmp_path / "kluis")]
    keyboard, terminal = os.openpty()
    # Without a controlling terminal of its own the program asks on stdin and stderr.
    with subprocess.Popen(command, stdin=terminal, stderr=subprocess.PIPE, start_new_session=True) as asking:
        assert asking.stderr is not None
        for typed in (PASSPHRASE, "een heel ander lang geheim", "een typefout", *["een heel ander lang geheim"] * 2):
            asked = b""
            while not asked.endswith(b": "):
                asked += asking.stderr.read(1)
            os.write(keyboard, typed.encode() + b"\n")
        asking.stderr.read()
    os.close(keyboard)
    os.close(terminal)
    assert asking.returncode == 0
    assert trial("cases").document["fout"]["reden"] == "SLEUTEL_ONJUIST"


def test_a_passphrase_file_in_another_encoding_is_refused_and_not_guessed(trial: Run, passphrase_file: Path) -> None:
    passphrase_file.write_bytes(PASSPHRASE.replace("e", "é").encode("latin-1"))
    refused = trial("cases", now="2024-05-02T09:00")
    assert refused.document["fout"]["reden"] == "BESTAND_ONLEESBAAR"


def test_changing_the_passphrase_is_no_way_around_the_waiting(
    trial: Run, tmp_path: Path, passphrase_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    new, wrong = tmp_path / "nieuw.txt", tmp_path / "fout.txt"
    new.write_text("een heel ander lang geheim", encoding="utf-8")
    wrong.write_text("dit is het vast niet geweest", encoding="utf-8")
    change = ["passphrase", "--vault", str(tmp_path / "kluis"), "--new-passphrase-file", str(new), "--passphrase-file"]
    for _ in range(4):
        assert run([*change, str(wrong)]) == 1
    assert waited[:3] == [0, 0, 0]
    assert waited[3] > 0
    assert run([*change, str(passphrase_file)]) == 0


def test_who_stops_reading_gets_no_complaint(trial: Run, tmp_path: Path, passphrase_file: Path) -> None:
    trial("import", delivery(tmp_path / "in.json", [rij(n) for n in range(1, 3000)]), now="2024-05-02T09:00")
    command = [sys.executable, "-m", "desktop", "signals", "--vault", str(tmp_path / "kluis")]
    command += ["--passphrase-file", str(passphrase_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.close()
        assert reading.stderr.read() == b""
    assert reading.returncode == 1


def test_a_profile_kept_once_reads_the_layout_of_another_source(trial: Run, tmp_path: Path) -> None:
    (tmp_path / "voorbeeld.toml").write_text('[kolommen]\nachternaam = "Naam"\n', encoding="utf-8")
    (tmp_path / "fout.toml").write_text('datum = "gisteren"', encoding="utf-8")
    file = tmp_path / "in.xlsx"
    file.write_bytes(xlsx([{("Naam" if name == "achternaam" else name): value for name, value in rij(1).items()}]))
    assert trial("import", file).document["fout"]["plaats"] == "kolom achternaam"
    assert trial("import", file, "--profile", "voorbeeld").document["fout"]["reden"] == "PROFIEL_ONBEKEND"
    refused = trial("profile", "voorbeeld", "--file", tmp_path / "fout.toml")
    assert refused.document["fout"] == {
        "reden": "PROFIEL_ONGELDIG",
        "uitleg": "Het profiel klopt niet bij: datum. Verbeter die plek en probeer het opnieuw.",
        "plaats": "datum",
    }
    assert trial("profile", "voorbeeld", "--file", tmp_path / "voorbeeld.toml").code == 0
    assert trial("profile").document == {"profielen": ["voorbeeld"]}
    assert trial("import", file, "--profile", "voorbeeld").document["geaccepteerd"] == 1
    assert trial("profile", "voorbeeld", "--remove").code == 0
    assert trial("profile").document == {"profielen": []}
    assert trial("profile", "--remove").code == 2
