"""The developer's command: what it refuses, what it counts, and what it does not do twice."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from installer import dev


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_a_supported_python_is_welcome(version: tuple[int, int]) -> None:
    assert dev.advice_on_python(version, []) is None


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 15)])
def test_another_python_hears_which_ones_would_do(version: tuple[int, int]) -> None:
    advice = dev.advice_on_python(version, [])
    assert advice is not None
    assert "Python 3.11 to 3.14" in advice
    assert f"this is Python {version[0]}.{version[1]}" in advice


def test_a_fitting_python_on_the_same_machine_is_pointed_at() -> None:
    advice = dev.advice_on_python((3, 9), ["python3.12"])
    assert advice is not None
    assert "python3.12 installer/dev.py test" in advice


def test_only_what_is_missing_counts_as_missing(tmp_path: Path) -> None:
    present = [
        dev.Need("a", "library", "libEGL.so.1"),
        dev.Need("b", "program", Path(sys.executable).name),
        dev.Need("c", "module", "json"),
        dev.Need("d", "file", str(tmp_path)),
    ]
    absent = [
        dev.Need("e", "library", "libnowhere.so.9"),
        dev.Need("f", "program", "no-such-program-here"),
        dev.Need("g", "module", "no_such_module_here"),
        dev.Need("h", "file", str(tmp_path / "none")),
    ]
    found = dev.missing_needs([*present, *absent], {"libEGL.so.1"})
    assert [need.package for need in found if need.package != "b"] == ["e", "f", "g", "h"]


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        ('<testsuites><testsuite tests="12" failures="0" errors="0" skipped="0"/></testsuites>', "12 passed, 0 failed"),
        (
            '<testsuites><testsuite tests="12" failures="1" errors="2" skipped="3"/></testsuites>',
            "6 passed, 3 failed, 3 skipped",
        ),
    ],
    ids=["all well", "some of each"],
)
def test_totals_count_errors_as_failures(tmp_path: Path, xml: str, line: str) -> None:
    report = tmp_path / "tests.xml"
    report.write_text(xml, encoding="utf-8")
    assert str(dev.read_totals(report)) == line


def test_a_run_that_broke_down_counts_as_a_failure(tmp_path: Path) -> None:
    assert dev.read_totals(tmp_path / "never written.xml").failed == 1
    (tmp_path / "half.xml").write_text("<testsuites><testsuite", encoding="utf-8")
    assert dev.read_totals(tmp_path / "half.xml").failed == 1


def test_totals_agree_with_what_pytest_says(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert False\n"
        "@pytest.mark.skip\ndef test_left_out(): pass\n"
        "@pytest.fixture\ndef broken(): raise ValueError\n"
        "def test_unready(broken): pass\n",
        encoding="utf-8",
    )
    report = tmp_path / "tests.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    command += ["-c", "/dev/null", f"--junitxml={report}", str(tmp_path)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "1 failed, 1 passed, 1 skipped, 1 error" in outcome.stdout
    assert str(dev.read_totals(report)) == "1 passed, 2 failed, 1 skipped"


@pytest.mark.parametrize(
    ("arguments", "narrow"),
    [
        ([], False),
        (["--profile", "nightly"], False),
        (["-x", "-v", "-n", "2"], False),
        (["tests/architecture"], True),
        (["-k", "chain"], True),
        (["tests/unit/test_dev.py::test_a"], True),
    ],
)
def test_coverage_is_asked_only_of_a_whole_run(arguments: list[str], narrow: bool) -> None:
    assert dev.selects_tests(arguments) is narrow


def test_work_done_is_not_done_again_until_its_key_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    done: list[str] = []
    for key in ("one", "one", "two"):
        dev.once("packages", key, partial(done.append, key))
    assert done == ["one", "two"]


def test_work_that_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    done: list[str] = []

    def fail() -> None:
        raise dev.Stop

    with pytest.raises(dev.Stop):
        dev.once("packages", "one", fail)
    dev.once("packages", "one", lambda: done.append("one"))
    assert done == ["one"]


def test_an_unknown_command_is_refused_with_the_usage() -> None:
    script = Path(dev.__file__)
    outcome = subprocess.run([sys.executable, str(script), "deploy"], capture_output=True, text=True, check=False)
    assert outcome.returncode == 2
    assert "demo" in outcome.stderr
