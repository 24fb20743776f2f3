"""Bad files by the thousand, in a process that can open nothing: a reasoned refusal, and nothing else, comes out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from db.errors import KnownError
from db.vault import Vault
from desktop.intake import import_file
from desktop.intake.beoordelen import Deel, Kop, Opdracht
from desktop.intake.bestand import MAX_BYTES
from desktop.intake.invoer import MAX_RIJEN
from desktop.intake.lezer import oordelen
from tests.factories import GEMEENTE, csv_bestand, rij, signaalbestand
from tests.intake.confined import READERS, Uitslag, _read
from tests.intake.corpus import MERK, Bestand, corpus

ROOT = Path(__file__).parents[2]
SEED = 8
EXECUTIONS = 20_000
AT_NIGHT = 1_000_000
MOST_MEMORY = 256 * 1024 * 1024

_COVERAGE = "COVERAGE_"
"""So begins what makes a process count its lines, for which a bound on time or memory leaves no room."""
_LAW_COMPARES = ("csv-waarde-signaalpartner", "csv-waarde-soort", "json-waarde-signaalpartner", "json-waarde-soort")
"""What a legal refusal must show beside what the law asks; the tray shows the same."""


def confined(*arguments: object) -> Uitslag:
    """What the readers made of it; measured by itself, since counting covered lines would take most of the time."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_COVERAGE)}
    command = [sys.executable, "-m", "tests.intake.confined", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=3600)
    assert done.returncode == 0, f"the process died: {done.returncode}, {done.stderr[-2000:].decode()}"
    return msgspec.json.decode(done.stdout, type=Uitslag)


def test_there_are_more_than_five_hundred_bad_files_and_they_are_small() -> None:
    files = [file for lezer in READERS for file in corpus(lezer)]
    assert len(files) >= 500
    assert max(len(file.inhoud) for file in files) <= 1024 * 1024 + 1024


@pytest.mark.parametrize("lezer", READERS)
def test_a_bad_file_is_refused_with_a_reason_or_read_row_by_row(lezer: str) -> None:
    found = confined(lezer)
    assert found.fouten == []
    assert found.gelezen == len(corpus(lezer))
    assert len(found.codes) >= 2  # files of more than one kind of wrong came by
    assert found.piek <= MOST_MEMORY


@pytest.mark.slow
@pytest.mark.parametrize("lezer", READERS)
def test_a_file_changed_at_random_is_refused_with_a_reason_or_read(lezer: str, profile: str) -> None:
    found = confined(lezer, SEED, 0, AT_NIGHT if profile == "nightly" else EXECUTIONS)
    assert found.fouten == []
    assert found.gelezen >= EXECUTIONS
    assert found.codes.get("", 0) >= found.gelezen // 100  # some are still good enough to be read to the end
    assert found.piek <= MOST_MEMORY


@pytest.mark.parametrize("lezer", ["csv", "json"])
def test_every_row_of_a_bad_file_is_in_the_report(lezer: str, vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "aangeleverd"
    for file in corpus(lezer):
        if file.rijen is None:
            continue
        path.write_bytes(file.inhoud)
        report = import_file(vault, path)
        outcomes = (
            report.geaccepteerd,
            report.niet_toegelaten,
            report.onleesbaar,
            report.al_bekend,
            report.gewijzigd,
        )
        assert (file.naam, report.rijen, sum(outcomes)) == (file.naam, file.rijen, file.rijen)
        if not file.naam.startswith(_LAW_COMPARES):
            assert (file.naam, MERK in repr(report)) == (file.naam, False)


def _largest() -> Iterator[tuple[str, bytes, int | None]]:
    rows = [rij(number, achternaam=MERK) for number in range(1, MAX_RIJEN + 1)]
    yield "csv", csv_bestand(rows=rows), MAX_RIJEN
    yield "json", signaalbestand(rows=rows), MAX_RIJEN
    yield "one line", b"x" * MAX_BYTES, None
    yield "one cell", csv_bestand(0) + b'"' + b"x" * (MAX_BYTES - 1000), None
    yield "brackets", b"[" * MAX_BYTES, None
    yield "empty objects", b'{"formaat": "signaalbestand/1", "signalen": [' + b"{}," * (MAX_BYTES // 4), None
    yield "lines", csv_bestand(0) + b"\n" * (MAX_BYTES - 1000), 0


@pytest.mark.slow
def test_the_largest_files_are_read_or_refused_within_ten_seconds_and_512_mib(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's own reading process keeps to both, and says TE_DIEP when it did not get through."""
    for name in [name for name in os.environ if name.startswith(_COVERAGE)]:
        monkeypatch.delenv(name)
    for name, content, rows in _largest():
        if rows is None:
            with pytest.raises(KnownError) as refused:
                list(oordelen(content, Opdracht(gemeentecode=GEMEENTE)))
            assert MERK not in repr(refused.value.facts)
            continue
        messages = list(oordelen(content, Opdracht(gemeentecode=GEMEENTE)))
        assert isinstance(messages[0], Kop)
        judged = sum(len(message.oordelen) for message in messages if isinstance(message, Deel))
        assert (name, messages[0].rijen, judged) == (name, rows, rows)


def test_what_this_looks_for_is_found() -> None:
    """A reader that echoes, crashes or loses a row does not get past it."""

    def echoes(_: bytes) -> int:
        raise KnownError("ONBEKEND_FORMAAT", plaats=MERK)

    def repeats(_: bytes) -> int:
        raise KnownError("ONBEKEND_FORMAAT", plaats="") from KeyError(MERK)

    def crashes(_: bytes) -> int:
        raise ValueError(MERK)

    file = Bestand("x", b"", 3)
    assert _read(echoes, file)[1] == "a value in the refusal"
    assert _read(repeats, file)[1] == "a value in the refusal"
    assert _read(crashes, file)[1].startswith("ValueError at ")
    assert _read(lambda _: 2, file)[1] == "3 rows in, 2 accounted for"
    assert _read(lambda _: 3, file) == ("", "")
