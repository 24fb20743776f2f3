"""A private D-Bus with a real keyring behind it, so that nothing of the person who runs the tests is touched."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

# No service folders: nothing is started on demand, so a prompt finds nobody to show it.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Bus(NamedTuple):
    address: str
    environment: dict[str, str]
    start_keyring: Callable[..., object]
    stop: Callable[[], object]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests speak D-Bus; elsewhere the systems' own keyrings would need their own tests."""
    if platform.system() == "Linux":
        return
    for item in items:
        if "bus" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="D-Bus is of Linux"))


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """A session bus of its own, at which the environment of this process points."""
    with private_bus(tmp_path / "bus") as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


@contextmanager
def private_bus(folder: Path) -> Iterator[Bus]:
    """Start a bus in `folder`; a keyring is started, with an empty opened collection, when asked."""
    for name in ("run", "data", "config", "cache"):
        (folder / name).mkdir(mode=0o700, parents=True)
    (folder / "bus.conf").write_text(BUS.format(folder=folder / "run"), encoding="ascii")
    with ExitStack() as running:
        daemon = _start(
            running,
            ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--print-address=1"],
            os.environ.copy(),
        )
        assert daemon.stdout is not None
        address = daemon.stdout.readline().decode().strip()
        environment = {
            "DBUS_SESSION_BUS_ADDRESS": address,
            "DBUS_SYSTEM_BUS_ADDRESS": address,
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }

        def start_keyring(*, with_collection: bool = True) -> None:
            with waiting_for_name(address, "org.freedesktop.secrets"):
                keyring = _start(
                    running,
                    [
                        *("gnome-keyring-daemon", "--foreground", "--components=secrets"),
                        *(["--unlock"] if with_collection else []),
                    ],
                    {**os.environ, **environment},
                )
                assert keyring.stdin is not None
                keyring.stdin.write(b"opens the collection of this test")
                keyring.stdin.close()

        def stop() -> None:
            daemon.terminate()
            daemon.wait()

        yield Bus(address, environment, start_keyring, stop)


@contextmanager
def waiting_for_name(address: str, name: str) -> Iterator[None]:
    """Leave the block only when somebody has taken `name` on the bus."""
    from jeepney import MatchRule
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with open_dbus_connection(address) as connection:
        rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
        rule.add_arg_condition(0, name)
        Proxy(message_bus, connection).AddMatch(rule)
        with connection.filter(rule) as taken:
            yield
            connection.recv_until_filtered(taken, timeout=20)


def _start(running: ExitStack, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    process = running.enter_context(
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    )
    running.callback(process.wait)
    running.callback(process.terminate)
    return process
