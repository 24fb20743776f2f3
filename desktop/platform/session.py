"""Locking and suspending, as the session itself tells it: on Linux by logind, over D-Bus.

Windows and macOS tell a window, not a socket: there the window listens by itself.
"""

from __future__ import annotations

import enum
import os
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from jeepney import Message, MessageGenerator

_TIMEOUT = 0.5  # seconds for an answer; logind lives on this same machine
_LOGIND, _LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER, _SESSION, _USER = f"{_LOGIND}.Manager", f"{_LOGIND}.Session", f"{_LOGIND}.User"
_OWN_USER = f"{_LOGIND_PATH}/user/self"
_PROPERTIES = "org.freedesktop.DBus.Properties"


class LockReason(enum.Enum):
    """What happened to the session, and asks for the vault to be locked."""

    SCREEN_LOCKED = "screen locked"
    SUSPENDING = "suspending"
    USER_SWITCHED = "another user's session is in front"


class SessionWatch:
    """What logind tells of this session (org.freedesktop.login1(5)); wait on `fileno` for something to read.

    While it is open, and until `release_suspend`, a suspend waits for the vault to be locked: logind gives
    such a delay five seconds by default. Anybody may send the signals it listens to; all they can do is lock.
    """

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - jeepney ships no types
        from jeepney import MatchRule

        self._connection = connection
        self._delay: Any = None
        # A signal that comes in while an answer is awaited is kept here; otherwise it would be lost.
        self._told: deque[Message] = deque()
        connection.filter(MatchRule(type="signal"), queue=self._told)
        session = self._find_session()
        self._match(member="PrepareForSleep", interface=_MANAGER)
        if session is not None:
            self._match(member="Lock", interface=_SESSION, path=session)
            self._match(member="PropertiesChanged", interface=_PROPERTIES, path=session)
        self._delay_suspend()

    def fileno(self) -> int:
        """The socket, for a notifier of the event loop; -1 after the bus went away or `close`."""
        return int(self._connection.sock.fileno())

    def reasons(self) -> list[LockReason]:
        """What happened since the last call; never waits."""
        if self.fileno() >= 0:
            try:
                while True:
                    self._connection.recv_messages(timeout=0)
            except TimeoutError:
                pass  # all has been read
            except OSError:
                self.close()  # the bus went away
        found: list[LockReason] = []
        while self._told:
            reason = self._reason(self._told.popleft())
            if reason is not None:
                found.append(reason)
        return found

    def release_suspend(self) -> None:
        """Let a suspend that waits go on; to be called once the vault is locked."""
        if self._delay is not None:
            self._delay.close()
            self._delay = None

    def close(self) -> None:
        """Stop watching, and let a suspend go on."""
        self.release_suspend()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reason(self, message: Message) -> LockReason | None:
        from jeepney import HeaderFields

        match message.header.fields.get(HeaderFields.member), message.body:
            case "Lock", _:
                return LockReason.SCREEN_LOCKED
            case "PrepareForSleep", (True,):
                return LockReason.SUSPENDING
            case "PrepareForSleep", (False,):
                self._delay_suspend()  # awake again: be in time for the next one
            case "PropertiesChanged", (str(_), {"LockedHint": (_, True)}, _):
                return LockReason.SCREEN_LOCKED
            case "PropertiesChanged", (str(_), {"Active": (_, False)}, _):
                return LockReason.USER_SWITCHED
        return None

    def _delay_suspend(self) -> None:
        from jeepney import DBusErrorResponse

        self.release_suspend()
        with suppress(DBusErrorResponse, OSError):  # not allowed to: locked after the suspend, then
            what = ("sleep", "Voordeur", "lock the vault", "delay")
            (descriptor,) = self._call("Inhibit", "ssss", *what)
            self._delay = descriptor.to_file("rb", buffering=0)

    def _find_session(self) -> str | None:
        """The object path of our session; a program that systemd started for the user has to look further."""
        from jeepney import DBusErrorResponse, Properties

        tries: list[Callable[[], tuple[Any, ...]]] = [
            lambda: self._call("GetSessionByPID", "u", os.getpid()),
            lambda: self._send(Properties(_address(_OWN_USER, _USER)).get("Display"))[0][1][1:],
        ]
        if own := os.environ.get("XDG_SESSION_ID"):
            tries.insert(0, lambda: self._call("GetSession", "s", own))
        for attempt in tries:
            with suppress(DBusErrorResponse):
                return str(attempt()[0])
        return None

    def _match(self, **rule: str) -> None:
        from jeepney import MatchRule
        from jeepney.bus_messages import message_bus

        self._send(message_bus.AddMatch(MatchRule(type="signal", sender=_LOGIND, **rule)))

    def _call(self, method: str, signature: str, *arguments: object) -> tuple[Any, ...]:
        from jeepney import new_method_call

        return self._send(new_method_call(_address(_LOGIND_PATH, _MANAGER), method, signature, arguments))

    def _send(self, message: Message) -> tuple[Any, ...]:
        from jeepney.wrappers import unwrap_msg

        answer: tuple[Any, ...] = unwrap_msg(self._connection.send_and_get_reply(message, timeout=_TIMEOUT))
        return answer


def _address(path: str, interface: str) -> MessageGenerator:
    from jeepney import DBusAddress

    return DBusAddress(path, _LOGIND, interface)


if sys.platform == "linux":

    def watch_session() -> SessionWatch | None:
        """The watch on this session, or None where no logind answers; whoever asks for it closes it."""
        from jeepney import DBusErrorResponse
        from jeepney.io.blocking import open_dbus_connection

        try:
            connection = open_dbus_connection("SYSTEM", enable_fds=True, auth_timeout=_TIMEOUT)
        except (OSError, RuntimeError, ValueError, StopIteration):
            return None
        try:
            return SessionWatch(connection)
        except (OSError, DBusErrorResponse):
            connection.close()
            return None

else:

    def watch_session() -> SessionWatch | None:
        """None: this system has no logind."""
        return None
