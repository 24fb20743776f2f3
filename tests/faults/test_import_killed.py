"""The importing process is killed, at a chosen moment or at any: all of the delivery is there, or none of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.journal import verify_chain, verify_contents
from db.vault import Vault
from desktop.intake import import_file
from tests.factories import signaalbestand
from tests.vaults import make_vault, reopen

ROWS = 1500
IMPORTER = """
import os, signal, sys
from pathlib import Path
from desktop.intake import import_file
from tests.vaults import reopen

folder, file, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
asked = 0

def cancelled():
    global asked
    asked += 1
    if asked == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return False

with reopen(folder) as vault:
    print("go", flush=True)
    import_file(vault, file, cancelled=cancelled)
    print(asked, flush=True)
"""


class Delivery:
    """A vault in a folder, and a file for it."""

    def __init__(self, folder: Path) -> None:
        self.vault = folder / "kluis"
        self.file = folder / "levering.json"
        self.file.write_bytes(signaalbestand(ROWS))
        make_vault(self.vault).close()

    def importer(self, last: int = 0) -> subprocess.Popen[str]:
        """A process that imports the file, and kills itself the `last` time it is asked whether to go on."""
        command = [sys.executable, "-c", IMPORTER, str(self.vault), str(self.file), str(last)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        return process

    def check(self) -> int:
        """The number of signals in the vault, after seeing that it is whole and that the import still works."""
        with reopen(self.vault) as vault:
            count = signals(vault)
            assert count in (0, ROWS)
            assert vault.connection.execute("SELECT count(*) FROM levering").fetchone() == (count // ROWS,)
            assert verify_chain(vault.connection) == verify_contents(vault.connection)
            assert vault.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            vault.connection.execute("INSERT INTO zoek (zoek, rank) VALUES ('integrity-check', 1)")
            report = import_file(vault, self.file)
            assert (report.geaccepteerd, report.al_bekend) == (ROWS - count, count)
            assert signals(vault) == ROWS
        return count


def signals(vault: Vault) -> int:
    return int(vault.connection.execute("SELECT count(*) FROM signaal").fetchone()[0])


@pytest.mark.slow
@pytest.mark.parametrize("moment", [1, 4, 6, 8, 10, 12, 14])
def test_killed_at_a_step_nothing_is_there(tmp_path: Path, moment: int) -> None:
    delivery = Delivery(tmp_path)
    process = delivery.importer(last=moment)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert delivery.check() == 0


@pytest.mark.slow
def test_killed_at_any_moment_all_or_nothing_is_there(tmp_path: Path, profile: str) -> None:
    (tmp_path / "maat").mkdir()
    whole = Delivery(tmp_path / "maat").importer()
    started = time.monotonic()
    whole.communicate(timeout=120)
    span = time.monotonic() - started
    kills = 200 if profile == "nightly" else 6
    for number in range(kills):
        folder = tmp_path / str(number)
        folder.mkdir()
        delivery = Delivery(folder)
        process = delivery.importer()
        try:
            # The moment is the experiment: evenly over the import, past its end for the commit and the closing.
            process.communicate(timeout=span * 1.2 * (number + 0.5) / kills)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=60)
        if process.returncode == 0:
            assert delivery.check() == ROWS
        else:
            delivery.check()
