"""A screen reader's way into the program: the accessibility bus, asked as AT-SPI clients ask it."""

from __future__ import annotations

import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jeepney import DBusAddress, Message
    from jeepney.io.blocking import DBusConnection

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
ROOT = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_PATIENCE = 20.0
_PAUSE = 0.25

# Numbers of AtspiStateType that are asked for here.
CHECKED, ENABLED, FOCUSABLE, FOCUSED, SHOWING = 4, 8, 11, 12, 25
HOLD, LET_GO, PRESS_AND_RELEASE, KEYSYM = 0, 1, 2, 3
CONTROL, ALT = 37, 64  # keycodes, which are what is held down


@contextmanager
def accessibility_bus(session: str, environment: dict[str, str]) -> Iterator[str]:
    """Start the accessibility bus of a session bus as a desktop does; gives its address."""
    from jeepney import DBusAddress

    from tests.system.conftest import waiting_for_name

    launcher = next(path for path in LAUNCHERS if Path(path).exists())
    with ExitStack() as running:
        with waiting_for_name(session, "org.a11y.Bus"):
            process = running.enter_context(
                subprocess.Popen(
                    [launcher, "--launch-immediately"],
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            running.callback(process.wait)
            running.callback(process.terminate)
        with _connected(session) as connection:
            to = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
            address = _call(connection, to, "GetAddress")
        yield str(address)


def _connected(address: str) -> DBusConnection:
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection(address)


def _call(connection: DBusConnection, to: DBusAddress, member: str, signature: str = "", *body: object) -> Any:  # noqa: ANN401  # D-Bus gives what it likes
    from jeepney import MessageType, new_method_call

    reply = connection.send_and_get_reply(new_method_call(to, member, signature or None, body), timeout=_PATIENCE)
    if reply.header.message_type is MessageType.error:
        raise GoneError(member, reply.header.fields)
    return reply.body[0] if len(reply.body) == 1 else reply.body


class GoneError(Exception):
    """The object does not answer: it left the screen, or it never had this interface."""


class Node(NamedTuple):
    """One object on the accessibility bus: what a screen reader knows of a control."""

    reader: Reader
    bus: str
    path: str

    def ask(self, interface: str, member: str, signature: str = "", *body: object) -> Any:  # noqa: ANN401  # as above
        """Call a method of an AT-SPI interface of this object, such as `Action`."""
        return _call(self.reader.connection, self._face(f"org.a11y.atspi.{interface}"), member, signature, *body)

    def value(self, interface: str, name: str) -> Any:  # noqa: ANN401  # as above
        """Read a property of an AT-SPI interface of this object."""
        to = self._face("org.freedesktop.DBus.Properties")
        return _call(self.reader.connection, to, "Get", "ss", f"org.a11y.atspi.{interface}", name)[1]

    def _face(self, interface: str) -> DBusAddress:
        from jeepney import DBusAddress

        return DBusAddress(self.path, bus_name=self.bus, interface=interface)

    @property
    def name(self) -> str:
        return str(self.value("Accessible", "Name"))

    @property
    def description(self) -> str:
        return str(self.value("Accessible", "Description"))

    @property
    def role(self) -> str:
        return str(self.ask("Accessible", "GetRoleName"))

    @property
    def identity(self) -> str:
        """The name by which the program itself knows the control."""
        return str(self.value("Accessible", "AccessibleId")).rpartition(".")[2]

    @property
    def interfaces(self) -> frozenset[str]:
        return frozenset(name.rpartition(".")[2] for name in self.ask("Accessible", "GetInterfaces"))

    def has(self, state: int) -> bool:
        """Whether it is in this state; never when it is gone."""
        try:
            words = self.ask("Accessible", "GetState")
        except GoneError:
            return False
        return bool(words[state // 32] & 1 << state % 32)

    @property
    def children(self) -> tuple[Node, ...]:
        found = self.ask("Accessible", "GetChildren")
        return tuple(Node(self.reader, bus, path) for bus, path in found if path != "/org/a11y/atspi/null")

    def walk(self) -> Iterator[Node]:
        """This object and all beneath it, in the order in which a screen reader goes through them.

        What left the screen since its parent named it is passed over.
        """
        try:
            children = self.children
        except GoneError:
            return
        yield self
        for child in children:
            yield from child.walk()

    @property
    def checked(self) -> bool:
        return self.has(CHECKED)

    def at(self, row: int, column: int) -> Node:
        """The cell of a table."""
        bus, path = self.ask("Table", "GetAccessibleAt", "ii", row, column)
        return Node(self.reader, bus, path)

    def act(self) -> None:
        """Do the first action it offers (press, toggle), as a person does who cannot point or press."""
        assert self.ask("Action", "DoAction", "i", 0)


class Reader:
    """A connection to an accessibility bus, and the keyboard behind it."""

    def __init__(self, connection: DBusConnection, events: deque[Message]) -> None:
        self.connection, self._events = connection, events

    def program(self, pid: int) -> Node:
        """The tree of the program with this process id, as soon as it is there."""
        registry = Node(self, "org.a11y.atspi.Registry", ROOT)

        def find() -> Node | None:
            return next((child for child in registry.children if self._pid(child.bus) == pid), None)

        return self.wait_for(find)

    def _pid(self, bus: str) -> int:
        from jeepney.bus_messages import message_bus

        return int(_call(self.connection, message_bus, "GetConnectionUnixProcessID", "s", bus))

    def press(self, keysym: int) -> None:
        """Press and release a key, through the X server."""
        registry = Node(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/registry/deviceeventcontroller")
        registry.ask("DeviceEventController", "GenerateKeyboardEvent", "isu", keysym, "", KEYSYM)

    def type(self, text: str) -> None:
        """Type a text key by key, through the X server."""
        for character in text:
            self.press(ord(character))

    def chord(self, modifier: int, keysym: int) -> None:
        """Press a key, by its keysym, while another is held down, by its keycode."""
        registry = Node(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/registry/deviceeventcontroller")
        registry.ask("DeviceEventController", "GenerateKeyboardEvent", "isu", modifier, "", HOLD)
        self.press(keysym)
        registry.ask("DeviceEventController", "GenerateKeyboardEvent", "isu", modifier, "", LET_GO)

    def wait_for(self, find: Callable[[], Node | None]) -> Node:
        """What `find` finds, as soon as it does; what leaves the screen meanwhile is asked again."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                found = find()
            except GoneError:
                found = None
            if found is not None:
                return found
            self._await_event()
        raise TimeoutError

    def _await_event(self) -> None:
        """Return when the program told that something changed; it does not tell of everything."""
        with suppress(TimeoutError):
            self.connection.recv_until_filtered(self._events, timeout=_PAUSE)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Go on as soon as the condition holds."""
        self.wait_for(lambda: Node(self, "", "") if condition() else None)


@contextmanager
def reader(address: str) -> Iterator[Reader]:
    """Join the accessibility bus at this address."""
    from jeepney import MatchRule
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy

    with _connected(address) as connection:
        registry = Node(Reader(connection, deque()), "org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
        registry.ask("Registry", "RegisterEvent", "s", "object:")
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object")
        Proxy(message_bus, connection).AddMatch(rule)
        with connection.filter(rule, bufsize=1) as events:
            yield Reader(connection, events)
