"""Finding the widgets of a window by the name that they carry."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def find(window: QWidget, kind: type[W], name: str) -> W:
    """The widget of that kind and name; there must be one."""
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def focused() -> QWidget:
    """The widget that has the focus; there must be one."""
    found = QApplication.focusWidget()
    assert found is not None
    return found
