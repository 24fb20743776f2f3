"""Which variant of the look the system asks for, and its named colours as palette, stylesheet and brushes."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from resources.styles import Variant, colours, contrast_theme, stylesheet

_BASE_POINTS = 10.5
_FIXED = "voordeur_variant"
_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "card",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.PlaceholderText: "secondary",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "primary",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",  # what lies around the pages of a preview
}
_PALETTE_ROLES = {
    "window": QPalette.ColorRole.Window,
    "window-text": QPalette.ColorRole.WindowText,
    "base": QPalette.ColorRole.Base,
    "text": QPalette.ColorRole.Text,
    "mid": QPalette.ColorRole.Mid,
    "highlight": QPalette.ColorRole.Highlight,
    "highlighted-text": QPalette.ColorRole.HighlightedText,
}


@cache  # asked for every colour of every cell that is painted; forgotten when the system changes its mind
def variant() -> Variant:
    """The variant the system asks for now, or the one that was fixed for a picture."""
    application = QGuiApplication.instance()
    fixed = application.property(_FIXED) if application is not None else None
    if fixed:
        return Variant(fixed)
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Variant.CONTRAST
    return Variant.DONKER if hints.colorScheme() == Qt.ColorScheme.Dark else Variant.LICHT


def colour(name: str) -> QColor:
    """A named colour, for what is painted and not styled."""
    value = colours(variant())[name]
    if value.startswith("palette("):
        return QGuiApplication.palette().color(_PALETTE_ROLES[value[len("palette(") : -1]])
    return _parsed(value)


@cache
def _parsed(value: str) -> QColor:
    return QColor(value)


def apply(application: QApplication) -> None:
    """Give the application style, font and palette; follows the system when it changes its mind."""
    application.setStyle("Fusion")
    font = QFont(application.font())
    font.setPointSizeF(_BASE_POINTS)
    application.setFont(font)
    _refresh()
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(_refresh)
    hints.accessibility().contrastPreferenceChanged.connect(_refresh)


def dress(window: QWidget) -> None:
    """Give a window, and every dialog over it, the stylesheet.

    Not the application: Qt would then style whatever is put in a layout, and again with each container around it,
    before it is in any window. A screen of many parts took two to three times as long to make.
    """
    window.setStyleSheet(stylesheet(variant()))


def fix(application: QApplication, chosen: Variant | None) -> None:
    """Keep to one variant whatever the system asks, for pictures and tests; None follows the system again.

    High contrast comes with the colours of one of Windows' own themes, for the system here has others now.
    """
    application.setProperty(_FIXED, chosen.value if chosen else None)
    if chosen is Variant.CONTRAST:
        palette = QPalette(application.palette())
        for name, value in contrast_theme().items():
            palette.setColor(QPalette.ColorRole[name], _parsed(value))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, _parsed(contrast_theme()["Mid"]))
        application.setPalette(palette)
    _refresh()


def _refresh() -> None:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    variant.cache_clear()
    chosen = variant()
    if chosen is not Variant.CONTRAST:
        named = colours(chosen)
        palette = QPalette(application.palette())
        for role, name in _ROLES.items():
            palette.setColor(role, _parsed(named[name]))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, _parsed(named["disabled"]))
        application.setPalette(palette)
    for window in application.topLevelWidgets():
        if window.styleSheet():
            dress(window)
