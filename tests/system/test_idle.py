"""Idle time by a real X server and over a real D-Bus."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from desktop.platform.idle import IdleClock

if TYPE_CHECKING:
    from tests.system.conftest import Bus

MUTTER = "org.gnome.Mutter.IdleMonitor"


@pytest.fixture
def _x_server(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An X server of its own, and no desktop on the bus."""
    if shutil.which("Xvfb") is None:
        pytest.fail("Xvfb is missing; installer/dev.py installs it")
    reading, writing = os.pipe()
    with (
        subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "64x64x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        ) as server,
        os.fdopen(reading, "rb") as told,
    ):
        os.close(writing)
        monkeypatch.setenv("DISPLAY", f":{told.readline().decode().strip()}")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        yield
        server.terminate()


def reset_idle_time() -> None:
    """Make the X server believe in input (XResetScreenSaver of Xlib)."""
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(xlib.XOpenDisplay(None))
    xlib.XResetScreenSaver(display)
    xlib.XCloseDisplay(display)


@pytest.mark.usefixtures("_x_server")
def test_x11_idle_time_grows_and_starts_again_at_input() -> None:
    clock = IdleClock()
    before = clock.seconds()
    assert before is not None
    deadline = time.monotonic() + 20
    while (grown := clock.seconds() or 0.0) < before + 0.05:
        assert time.monotonic() < deadline
    reset_idle_time()
    after = clock.seconds()
    assert after is not None
    assert after < grown


@pytest.mark.usefixtures("_x_server")
def test_x11_idle_time_is_not_believed_under_wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert IdleClock().seconds() is None


@contextmanager
def mutter(address: str, *answers: int | None) -> Iterator[None]:
    """GNOME's idle monitor, as far as one method goes; None answers with an error."""
    from jeepney import HeaderFields, new_error, new_method_return
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    with open_dbus_connection(address) as connection:
        Proxy(message_bus, connection).RequestName(MUTTER)

        def serve() -> None:
            left = list(answers)
            while left:
                question = connection.receive()
                if question.header.fields.get(HeaderFields.member) == "GetIdletime":
                    answer = left.pop(0)
                    connection.send(
                        new_error(question, f"{MUTTER}.Error")
                        if answer is None
                        else new_method_return(question, "t", (answer,))
                    )

        server = threading.Thread(target=serve)
        server.start()
        yield
        server.join(timeout=20)
        assert not server.is_alive()


def test_gnome_idle_time_comes_over_the_bus_also_under_wayland(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with mutter(bus.address, 0, 301_500, None):
        clock = IdleClock()
        assert clock.seconds() == 301.5
        assert clock.seconds() is None


def test_desktop_that_went_away_leaves_it_to_the_window(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with mutter(bus.address, 0):
        clock = IdleClock()
    assert clock.seconds() is None


def test_without_desktop_the_idle_time_is_unknown(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert IdleClock().seconds() is None
    monkeypatch.setenv("DISPLAY", ":9999")
    assert IdleClock().seconds() is None
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert IdleClock().seconds() is None
