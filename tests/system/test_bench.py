"""The bench runs and answers as the command line promises; what it measures is never a test's business."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"naam", "waarde", "eenheid", "tegen", "ratio", "grens", "haalt"}
CASES = "300"
QUALITY = ("precisie", "vangst", "vanzelf")


def bench(*arguments: str) -> tuple[int, Any]:
    """Return the exit code and the document of `voordeur bench`."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "bench", "--json", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("venster", {"venster"}),
        (
            "herkennen",
            {f"herkennen-{what}" for what in (*QUALITY, 1000, 3000, 10000, "anderen")}
            | {f"herkennen-{what} splink" for what in QUALITY},
        ),
        ("keten", {"keten"}),
        ("werkvoorraad", {"werkvoorraad"}),
        ("dossier", {"dossier"}),
        ("vandaag", {"vandaag"}),
        ("kopregels", {"kopregels"}),
        ("terugspelen", {"terugspelen"}),
    ],
)
def test_a_measurement_says_what_it_found_and_whether_it_holds(only: str, names: set[str]) -> None:
    code, answer = bench("--cases", CASES, "--only", only)
    measured = answer["metingen"]
    assert {meting["naam"] for meting in measured} == names
    for meting in measured:
        assert set(meting) == FIELDS
        assert isinstance(meting["waarde"], float)
        assert meting["waarde"] > 0
        assert (meting["tegen"] is None) == (meting["ratio"] is None)
    assert code == (0 if all(meting["haalt"] for meting in measured) else 1)


def test_an_unknown_measurement_is_refused_with_those_there_are() -> None:
    code, answer = bench("--only", "snelheid")
    assert code == 1
    assert answer["fout"]["reden"] == "METING_ONBEKEND"
    assert "terugspelen" in answer["fout"]["uitleg"]
