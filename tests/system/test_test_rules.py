"""The rules that tests/conftest.py lays on every test hold, seen from a test run of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
SAMPLE = """
import logging
import pytest

def test_quiet():
    logging.getLogger("x").info("as always")

def test_loud():
    logging.getLogger("x").warning("unforeseen")

@pytest.mark.log_expected("WARNING")
def test_loud_on_purpose():
    logging.getLogger("x").warning("foreseen")

@pytest.mark.log_expected("WARNING")
def test_louder_than_announced():
    logging.getLogger("x").error("unforeseen")

@pytest.mark.nightly
def test_long():
    pass
"""


def verdicts(place: Path, profile: str) -> set[str]:
    """Run the sample under a profile; return `VERDICT test_name`, two for a test that passes and then fails."""
    shutil.copy(HOUSE / "conftest.py", place)
    (place / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "--tb=no", "--no-header", "-p", "no:cacheprovider"]
    command += ["-c", str(HOUSE.parent / "pyproject.toml"), "--rootdir", str(place), "--profile", profile, str(place)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place)
    return {re.sub(r"\S+::", "", line).split(" - ")[0] for line in run.stdout.splitlines() if "::" in line}


def test_a_test_fails_that_logs_more_than_it_announces(tmp_path: Path) -> None:
    found = verdicts(tmp_path, "normal")
    assert {"PASSED test_quiet", "PASSED test_loud_on_purpose"} <= found
    assert {line for line in found if line.startswith("ERROR")} == {
        "ERROR test_loud",
        "ERROR test_louder_than_announced",
    }
    assert "PASSED test_long" not in found


def test_the_nightly_profile_leaves_nothing_out(tmp_path: Path) -> None:
    assert "PASSED test_long" in verdicts(tmp_path, "nightly")
