"""What is left of the vault's key in the memory of a real process after locking."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from db import keys, vault
from db.model.codes import Rol

ROOT = Path(__file__).parents[2]
PASSPHRASE = "paarse fiets onder de brug"
PROGRAM = """
import sys; from pathlib import Path; from db import keys, vault
directory, way = Path(sys.argv[1]), sys.argv[2]
secret = sys.stdin.readline().strip()
if way == "passphrase":
    dek = keys.unlock(directory, secret, lambda _: None)
else:
    dek = keys.unlock_with_recovery_key(directory, secret)
opened = vault.open_vault(directory, dek)
reader = opened.reader()
reader.execute("SELECT count(*) FROM sqlite_schema").fetchall()
print("open", flush=True); sys.stdin.readline()
reader.close(); opened.close()
print("locked", flush=True); sys.stdin.readline()
"""


def occurrences(process: int, *needles: bytes) -> int:
    """How often any of `needles` stands in the writable memory of a process (proc(5))."""
    found = 0
    regions = Path(f"/proc/{process}/maps").read_text("ascii", "replace").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for region in regions:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", region)
            if match and "[vvar" not in region:
                start, end = (int(place, 16) for place in match.groups())
                memory.seek(start)
                content = memory.read(end - start)
                found += sum(content.count(needle) for needle in needles)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("way", ["passphrase", "recovery key"])
def test_key_of_a_locked_vault_is_nowhere_in_memory(way: str, tmp_path: Path) -> None:
    """Security design, K-3: the vault is locked, the process goes on."""
    created = keys.create(tmp_path, bytes(16), PASSPHRASE, None, trial=True)
    dek, secret = bytes(created.dek), PASSPHRASE if way == "passphrase" else created.recovery_key
    vault.create(
        tmp_path,
        created.dek,
        vault_id=UUID(int=0),
        gemeentecode="0014",
        naam="Proef",
        rol=Rol.UITVOERDER,
        proef=True,
    ).close()
    assert created.dek == bytes(32)
    forms = (dek, dek.hex().encode(), dek.hex().upper().encode())
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, tmp_path, way],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(secret + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "open\n"
        assert occurrences(process.pid, *forms) == 1  # the buffer itself: the search does find it
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "locked\n"
        assert occurrences(process.pid, *forms) == 0
