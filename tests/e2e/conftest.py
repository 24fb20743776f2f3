"""The program as a real process, on a vault of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PASSPHRASE = "een rustige dag aan het raam"


class Result(NamedTuple):
    """Exit code, the document on stdout, and what stood on stderr."""

    code: int
    document: dict[str, Any]
    stderr: str


Run = Callable[..., Result]


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "wachtwoord.txt"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


@pytest.fixture
def voordeur(tmp_path: Path, passphrase_file: Path) -> Run:
    """Run `voordeur … --json` on the vault of this test."""

    def run(*arguments: object, now: str | None = None, vault: Path | None = None) -> Result:
        command = [sys.executable, "-m", "desktop", *map(str, arguments), "--json"]
        command += ["--vault", str(vault or tmp_path / "kluis"), "--passphrase-file", str(passphrase_file)]
        if now is not None:
            command += ["--now", now]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        return Result(done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr)

    return run


@pytest.fixture
def trial(voordeur: Run) -> Run:
    """Run commands on a trial vault of Groningen, made on the second of May 2024."""
    made = voordeur(
        "init", "--gemeente", "0014", "--user", "F. Yildiz", "--role", "uitvoerder", "--proef", "--no-keyring",
        now="2024-05-02T08:00",
    )  # fmt: skip
    assert made.code == 0, made.stderr
    return voordeur
