"""What every test can count on: the profile of Hypothesis, and a log that stays quiet."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILES = {
    # Derandomised: the same commit gives the same verdict, here and on every other machine.
    "normal": settings(max_examples=50, stateful_step_count=25, derandomize=True, deadline=None, database=None),
    # Random on purpose; a failure prints the blob that reproduces it.
    "nightly": settings(
        max_examples=2_000,
        stateful_step_count=60,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--profile`: normal for every change, nightly for all that takes long."""
    parser.addoption("--profile", choices=sorted(PROFILES), default="normal", help="how thorough to be")


def pytest_configure(config: pytest.Config) -> None:
    """Load the Hypothesis profile before any test module is imported."""
    for name, profile in PROFILES.items():
        settings.register_profile(name, profile)
    settings.load_profile(config.getoption("--profile"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the nightly tests out of the normal profile, visibly."""
    if config.getoption("--profile") == "nightly":
        return
    nightly = pytest.mark.skip(reason="runs with --profile nightly")
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(nightly)


@pytest.fixture
def profile(request: pytest.FixtureRequest) -> str:
    """Return the name of the profile, for a test that takes a bigger sample at night."""
    return str(request.config.getoption("--profile"))


@pytest.fixture
def private_keyring() -> None:
    """Grant the use of the keyring: an unlocked one of this run only, which `installer/dev.py test` starts.

    Elsewhere the test is skipped, so that nobody's own keyring is ever written to.
    """
    if not os.environ.get("VOORDEUR_PRIVATE_SESSION"):
        pytest.skip("needs the keyring that installer/dev.py test starts")


@pytest.fixture(autouse=True)
def _log_stays_quiet(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which something was logged at WARNING or above, unless it says so itself.

    A test that provokes such a record carries `@pytest.mark.log_expected("WARNING")`: the highest level
    it may reach.
    """
    yield
    marker = request.node.get_closest_marker("log_expected")
    allowed = logging.getLevelName(marker.args[0]) if marker else logging.INFO
    loud = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for phase in ("setup", "call")
        for record in caplog.get_records(phase)
        if record.levelno > allowed
    ]
    if loud:
        pytest.fail("unexpected log records: " + "; ".join(loud), pytrace=False)
