"""The process is killed while it writes: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from db import backup, keys
from db.errors import KnownError
from db.integrity import check
from db.journal import verify_chain
from tests.vaults import key, make_vault, reopen, take_up

ROOT = Path(__file__).parents[2]
BATCH = 30

# Each batch is one append: thirty signals, received and acknowledged on the output line by line.
WRITER = """
    import pathlib, sys
    from tests.vaults import receive, reopen
    vault = reopen(pathlib.Path(sys.argv[1]))
    start = int(sys.argv[2])
    print("open", flush=True)
    for number in range(start, 1_000_000, 30):
        receive(vault, range(number, number + 30))
        print(number, flush=True)
"""
MAKER = """
    import pathlib, sys
    from tests.vaults import make_vault
    print("open", flush=True)
    for number in range(1_000_000):
        make_vault(pathlib.Path(sys.argv[1]) / str(number)).close()
        print(number, flush=True)
"""
COPIER = """
    import pathlib, sys
    from db import backup
    from db import vault as vaults
    vault = vaults.open_vault(pathlib.Path(sys.argv[1]), bytearray(range(1, 33)))
    print("open", flush=True)
    for number in range(1_000_000):
        backup.make(vault, pathlib.Path(sys.argv[2]) / f"{number}.db")
        print(number, flush=True)
"""


def killed(script: str, *arguments: str, chance: random.Random) -> list[str]:
    """Run a script, kill it somewhere in its work, and return the lines it wrote: one for each thing it finished."""
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        # Counted in work done and not in time alone, so that a slow machine is killed at other moments too.
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 7))]
        assert lines[0] == "open\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=chance.uniform(0.0, 0.02))
        process.kill()
        lines += process.stdout.readlines()
        process.wait()
    return [line.strip() for line in lines[1:] if line.endswith("\n")]


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_whole_appends_only(tmp_path: Path, profile: str) -> None:
    chance = random.Random(15)
    folder = tmp_path / "kluis"
    make_vault(folder).close()
    before = 0
    for _ in range(500 if profile == "nightly" else 12):
        acknowledged = killed(WRITER, str(folder), str(before), chance=chance)
        with reopen(folder) as vault:
            (received,) = vault.connection.execute("SELECT count(*) FROM signaal").fetchone()
            assert received % BATCH == 0
            beyond = received - before - BATCH * len(acknowledged)
            assert beyond in {0, BATCH}, "every acknowledged append, and at most the one that was under way"
            assert verify_chain(vault.connection) == received + 2
            assert all(controle.in_orde for controle in check(vault)), check(vault)
        before = received
    assert before > 0, "nothing was ever written: the sample says nothing"


@pytest.mark.slow
def test_a_maker_killed_at_any_moment_leaves_a_whole_vault_or_none(tmp_path: Path, profile: str) -> None:
    chance = random.Random(16)
    found = 0
    for attempt in range(200 if profile == "nightly" else 4):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        acknowledged = killed(MAKER, str(folder), chance=chance)
        whole = 0
        for made in folder.iterdir():
            try:
                with reopen(made) as vault:
                    assert all(controle.in_orde for controle in check(vault)), check(vault)
                whole += 1
            except KnownError as error:
                assert error.code == "KLUIS_ONTBREEKT"  # noqa: PT017  # either is right, a third outcome is not
                make_vault(made).close()
        assert whole - len(acknowledged) in {0, 1}
        found += whole
        shutil.rmtree(folder)
    assert found > 0


@pytest.mark.slow
def test_a_copier_killed_at_any_moment_leaves_whole_copies_only(tmp_path: Path, profile: str) -> None:
    chance = random.Random(17)
    folder = tmp_path / "kluis"
    with make_vault(folder) as vault:
        take_up(vault)
        vault_id = vault.vault_id
    # Key slots of any vault will do: a copy takes them along as they are.
    keys.create(folder, vault_id.bytes, "vier woorden uit een lijst", None, trial=True)
    found = 0
    for attempt in range(200 if profile == "nightly" else 4):
        copies = tmp_path / str(attempt)
        copies.mkdir()
        acknowledged = killed(COPIER, str(folder), str(copies), chance=chance)
        made = [path for path in copies.iterdir() if path.suffix == ".db"]
        assert len(acknowledged) <= len(made) <= len(acknowledged) + 1
        for path in made:
            backup.verify(path, key())
            assert path.with_name(path.name + backup.KEYS_SUFFIX).exists()
        found += len(made)
        with reopen(folder) as vault:
            assert all(controle.in_orde for controle in check(vault)), check(vault)
    assert found > 0
