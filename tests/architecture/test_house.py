"""What a newcomer and a packager count on: the files at the top, and locks that pin everything."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.house import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME, DEV = (ROOT / "installer" / name for name in ("requirements.txt", "requirements-dev.txt"))
LOCKED = re.compile(
    r"^(?P<name>[a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==(?P<version>[^ ;]+)(?: ; .+?)?"
    r"(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)$"
)


def entries(lock: Path) -> list[str]:
    """Return the requirements of a lock file, each on one line."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [re.sub(r"\s+", " ", line).strip() for line in text.splitlines() if line.strip()]


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the version or versions that a lock file gives each package (several, when systems differ)."""
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        match = LOCKED.match(entry)
        assert match, f"not pinned by version and hash: {entry[:80]}"
        found.setdefault(match["name"], set()).add(match["version"])
    return found


@pytest.mark.parametrize("lock", [RUNTIME, DEV], ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_index(lock: Path) -> None:
    assert pins(lock)
    assert "://" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUNTIME, PYPROJECT["project"]["dependencies"]),
        (DEV, [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]),
        (DEV, PYPROJECT["build-system"]["requires"]),
    ],
    ids=["runtime", "development", "build"],
)
def test_a_lock_satisfies_what_the_project_asks_for(lock: Path, wanted: list[str]) -> None:
    locked = pins(lock)
    for requirement in map(Requirement, wanted):
        versions = locked.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not locked: python3 installer/dev.py lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_developers_test_with_the_packages_that_users_get() -> None:
    runtime, dev = pins(RUNTIME), pins(DEV)
    assert {name: dev.get(name) for name in runtime} == runtime


def test_no_package_comes_along_that_the_product_must_not_carry() -> None:
    # Two packages with the import name of sqlcipher3 overwrite one another; the others are AGPL or 600 MB.
    unwanted = {"sqlcipher3-wheels", "sqlcipher3-binary", "borb", "nuitka", "pyside6", "pyside6-addons"}
    assert unwanted.isdisjoint(pins(DEV))


def test_every_line_of_the_linters_ignore_lists_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ruff = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.isort]")]
    bare = [line for line in ruff.splitlines() if re.match(r'\s+"[A-Z]+[0-9]*"', line) and "#" not in line]
    assert bare == []


def test_the_readme_is_short_enough_to_be_read() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert 0 < len(lines) <= 120


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    assert re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_users_find_what_is_new_in_the_changelog() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_server_checks_with_the_command_of_the_developer() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert commands[-1] == 'exec python3 installer/dev.py test "$@"'


def test_an_older_python_can_read_the_script_that_refuses_it() -> None:
    source = (ROOT / "installer" / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 7))
