"""Locking, switching and suspending as logind tells them, by the same messages over a real D-Bus."""

from __future__ import annotations

import os
import selectors
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from desktop.platform.session import LockReason, SessionWatch, watch_session

if TYPE_CHECKING:
    from jeepney import Message

    from tests.system.conftest import Bus

LOGIND = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
OURS, THEIRS = f"{PATH}/session/_31", f"{PATH}/session/_32"


class Logind:
    """The part of logind that a session watch speaks with; the messages are those of login1(5)."""

    def __init__(self, address: str, *, may_delay: bool = True) -> None:
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import Proxy, open_dbus_connection

        self.connection: Any = open_dbus_connection(address, enable_fds=True)
        Proxy(message_bus, self.connection).RequestName(LOGIND)
        self.may_delay = may_delay
        self.delays: list[int] = []  # our ends of the pipes that delay a suspend
        self.stopped = threading.Event()
        self.server = threading.Thread(target=self._serve)
        self.server.start()

    def _serve(self) -> None:
        from jeepney import HeaderFields, MessageType

        while not self.stopped.is_set():
            try:
                message = self.connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._answer(message, message.header.fields[HeaderFields.member])

    def _answer(self, message: Message, member: str) -> None:
        from jeepney import new_error, new_method_return

        if member in {"GetSession", "GetSessionByPID"} and message.body in {("1",), (os.getpid(),)}:
            self.connection.send(new_method_return(message, "o", (OURS,)))
        elif member == "Inhibit" and self.may_delay:
            assert message.body == ("sleep", "Voordeur", "lock the vault", "delay")
            ours, theirs = os.pipe()
            self.delays.append(ours)
            with os.fdopen(theirs, "wb", buffering=0) as end:  # the watch gets a copy of it
                self.connection.send(new_method_return(message, "h", (end,)))
        else:
            self.connection.send(new_error(message, f"{LOGIND}.Refused"))

    def tell(self, path: str, interface: str, member: str, signature: str | None = None, *body: object) -> None:
        from jeepney import DBusAddress, new_signal

        self.connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def property_changed(self, path: str, name: str, *, value: bool) -> None:
        interface, nothing = "org.freedesktop.DBus.Properties", list[str]()
        changed = {name: ("b", value)}
        self.tell(path, interface, "PropertiesChanged", "sa{sv}as", f"{LOGIND}.Session", changed, nothing)

    def suspend(self, *, starts: bool) -> None:
        self.tell(PATH, f"{LOGIND}.Manager", "PrepareForSleep", "b", starts)

    def close(self) -> None:
        self.stopped.set()
        self.server.join()
        self.connection.close()
        for descriptor in self.delays:
            os.close(descriptor)


@pytest.fixture
def logind(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logind]:
    monkeypatch.setenv("XDG_SESSION_ID", "1")
    service = Logind(bus.address)
    yield service
    service.close()


@pytest.fixture
def watch(logind: Logind) -> Iterator[SessionWatch]:
    made = watch_session()
    assert made is not None
    with made:
        yield made


def next_reasons(watch: SessionWatch) -> list[LockReason]:
    """Wait on the socket as the event loop does, until there is something to tell."""
    with selectors.DefaultSelector() as selector:
        selector.register(watch.fileno(), selectors.EVENT_READ)
        while selector.select(timeout=20):
            if reasons := watch.reasons():
                return reasons
    pytest.fail("nothing was told")


def is_released(delay: int) -> bool:
    """Whether the other end of the pipe is closed: the suspend may go on."""
    with selectors.DefaultSelector() as selector:
        selector.register(delay, selectors.EVENT_READ)
        return bool(selector.select(timeout=0))


def test_quiet_session_gives_no_reason_and_does_not_wait(watch: SessionWatch) -> None:
    assert watch.reasons() == []


def test_request_to_lock_is_told(logind: Logind, watch: SessionWatch) -> None:
    logind.tell(OURS, f"{LOGIND}.Session", "Lock")
    assert next_reasons(watch) == [LockReason.SCREEN_LOCKED]


def test_lock_screen_and_user_switch_are_told(logind: Logind, watch: SessionWatch) -> None:
    logind.property_changed(OURS, "LockedHint", value=True)
    assert next_reasons(watch) == [LockReason.SCREEN_LOCKED]
    logind.property_changed(OURS, "Active", value=False)
    assert next_reasons(watch) == [LockReason.USER_SWITCHED]


def test_unlocking_other_properties_and_other_sessions_are_no_reason(logind: Logind, watch: SessionWatch) -> None:
    logind.property_changed(OURS, "LockedHint", value=False)
    logind.property_changed(OURS, "Active", value=True)
    logind.property_changed(OURS, "IdleHint", value=True)
    logind.property_changed(THEIRS, "LockedHint", value=True)
    logind.tell(THEIRS, f"{LOGIND}.Session", "Lock")
    logind.suspend(starts=True)  # the first that counts
    assert next_reasons(watch) == [LockReason.SUSPENDING]


def test_suspend_waits_until_the_vault_is_locked_and_the_next_one_too(logind: Logind, watch: SessionWatch) -> None:
    (delay,) = logind.delays
    logind.suspend(starts=True)
    assert next_reasons(watch) == [LockReason.SUSPENDING]
    assert not is_released(delay)
    watch.release_suspend()
    assert is_released(delay)
    logind.suspend(starts=False)
    logind.tell(OURS, f"{LOGIND}.Session", "Lock")
    assert next_reasons(watch) == [LockReason.SCREEN_LOCKED]
    assert len(logind.delays) == 2
    assert not is_released(logind.delays[1])


def test_closing_lets_a_suspend_go_on(logind: Logind) -> None:
    watch = watch_session()
    assert watch is not None
    watch.close()
    assert is_released(logind.delays[0])
    assert watch.fileno() == -1
    assert watch.reasons() == []


def test_session_is_found_by_process_when_the_environment_names_none(
    logind: Logind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_SESSION_ID")
    watch = watch_session()
    assert watch is not None
    with watch:
        logind.tell(OURS, f"{LOGIND}.Session", "Lock")
        assert next_reasons(watch) == [LockReason.SCREEN_LOCKED]


def test_without_permission_to_delay_the_session_is_watched_all_the_same(bus: Bus) -> None:
    service = Logind(bus.address, may_delay=False)
    watch = watch_session()
    assert watch is not None
    with watch:
        service.suspend(starts=True)
        assert next_reasons(watch) == [LockReason.SUSPENDING]
    service.close()


def test_bus_without_logind_stays_quiet(bus: Bus) -> None:
    watch = watch_session()
    assert watch is not None
    with watch:
        assert watch.reasons() == []


def test_bus_that_stops_ends_the_watch_and_leaves_no_socket_to_wait_on(bus: Bus) -> None:
    watch = watch_session()
    assert watch is not None
    bus.stop()
    assert watch.reasons() == []
    assert watch.fileno() == -1


def test_system_without_bus_has_no_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nergens")
    assert watch_session() is None
