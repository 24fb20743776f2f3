"""How long nobody touched this system, as the system itself counts it.

Where that is unknown the window's own timer decides alone. What is known here is only ever a reason to lock
sooner.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from contextlib import suppress

_TIMEOUT = 0.5  # seconds for an answer over D-Bus; the service lives on this same machine
Probe = Callable[[], float | None]


class IdleClock:
    """Time since the last key or pointer input in any program of this session.

    Windows: GetLastInputInfo. macOS: CGEventSourceSecondsSinceLastEventType. Linux: Mutter's IdleMonitor
    (GNOME, also on Wayland), else the XScreenSaver extension of an X11 session. Not asked on purpose:
    `org.freedesktop.ScreenSaver.GetSessionIdleTime`, which stands in no specification and differs in its unit,
    and XScreenSaver under Wayland, which sees only the input that goes to X11 programs.
    """

    def __init__(self) -> None:
        self._probe = _find_probe()

    def seconds(self) -> float | None:
        """Seconds without input; None where the system does not tell. Takes milliseconds, at most half a second."""
        return self._probe() if self._probe else None


if sys.platform == "win32":

    class _LastInput(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint), ("tick", ctypes.c_uint32))

    def _find_probe() -> Probe | None:
        user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
        kernel.GetTickCount.restype = ctypes.c_uint32

        def seconds() -> float | None:
            last = _LastInput(size=ctypes.sizeof(_LastInput))
            if not user.GetLastInputInfo(ctypes.byref(last)):
                return None
            # Both count milliseconds in 32 bits and start again after 49.7 days.
            elapsed: int = (kernel.GetTickCount() - last.tick) & 0xFFFFFFFF
            return elapsed / 1000

        return seconds

elif sys.platform == "darwin":

    def _find_probe() -> Probe | None:
        services = ctypes.CDLL("/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices")
        since = services.CGEventSourceSecondsSinceLastEventType
        since.argtypes, since.restype = [ctypes.c_int32, ctypes.c_uint32], ctypes.c_double
        combined_session, any_input = 0, 0xFFFFFFFF
        return lambda: float(since(combined_session, any_input))

else:

    def _find_probe() -> Probe | None:
        return _mutter_probe() or _x11_probe()

    def _mutter_probe() -> Probe | None:
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        monitor = DBusAddress(
            "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor", "org.gnome.Mutter.IdleMonitor"
        )

        def seconds() -> float | None:
            # A connection per question: every half minute or so, and no socket that may have died meanwhile.
            with (
                suppress(OSError, KeyError, RuntimeError, ValueError, StopIteration, DBusErrorResponse),
                open_dbus_connection(auth_timeout=_TIMEOUT) as connection,
            ):
                question = new_method_call(monitor, "GetIdletime")
                (milliseconds,) = unwrap_msg(connection.send_and_get_reply(question, timeout=_TIMEOUT))
                return float(milliseconds) / 1000
            return None

        return seconds if seconds() is not None else None

    class _ScreenSaver(ctypes.Structure):
        """XScreenSaverInfo of X11/extensions/scrnsaver.h; `idle` in milliseconds."""

        _fields_ = (
            ("window", ctypes.c_ulong),
            ("state", ctypes.c_int),
            ("kind", ctypes.c_int),
            ("til_or_since", ctypes.c_ulong),
            ("idle", ctypes.c_ulong),
            ("event_mask", ctypes.c_ulong),
        )

    def _x11_probe() -> Probe | None:
        if os.environ.get("WAYLAND_DISPLAY") or not os.environ.get("DISPLAY"):
            return None
        try:
            xlib, extension = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
        except OSError:
            return None
        xlib.XOpenDisplay.argtypes, xlib.XOpenDisplay.restype = [ctypes.c_char_p], ctypes.c_void_p
        xlib.XDefaultRootWindow.argtypes, xlib.XDefaultRootWindow.restype = [ctypes.c_void_p], ctypes.c_ulong
        extension.XScreenSaverQueryInfo.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p]
        display = xlib.XOpenDisplay(None)
        if not display:
            return None
        root = xlib.XDefaultRootWindow(display)

        def seconds() -> float | None:
            told = _ScreenSaver()
            if not extension.XScreenSaverQueryInfo(display, root, ctypes.byref(told)):
                return None
            return float(told.idle) / 1000

        return seconds if seconds() is not None else None
