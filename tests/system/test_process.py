"""A hardened process, looked at from outside and after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_measure_is_refused_on_this_system(tmp_path: Path) -> None:
    done = run("from desktop.platform.process import harden; print(harden())", tmp_path)
    assert (done.stdout, done.stderr) == ("()\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_hardened_process_cannot_be_dumped_or_looked_into(tmp_path: Path) -> None:
    program = (
        "import ctypes, resource\n"
        "from desktop.platform.process import harden; harden()\n"
        "print(ctypes.CDLL(None).prctl(3), resource.getrlimit(resource.RLIMIT_CORE))"  # 3: PR_GET_DUMPABLE
    )
    assert run(program, tmp_path).stdout == "0 (0, 0)\n"


@pytest.mark.skipif(sys.platform == "win32", reason="wait statuses are of POSIX")
def test_crash_leaves_no_core(tmp_path: Path) -> None:
    program = (
        f"import os, sys; os.chdir({str(tmp_path)!r}); sys.path.insert(0, {str(ROOT)!r})\n"
        "from desktop.platform.process import harden; harden(); os.abort()"
    )
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are of POSIX")
def test_new_files_and_folders_are_the_owners_alone(tmp_path: Path) -> None:
    program = (
        "from desktop.platform.process import harden; harden()\n"
        "import os; open('bestand', 'w').close(); os.mkdir('map')"
    )
    run(program, tmp_path)
    assert (tmp_path / "bestand").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "map").stat().st_mode & 0o777 == 0o700
