"""What everybody must be able to use: every screen, form and dialog, found by walking, in every size that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.model.signaal import Signaal
from desktop.ui import theme
from desktop.ui.dialogs.help import HelpDialog
from desktop.ui.screens.zaakpaneel import FORMS
from desktop.ui.states import kinds_of_dialog, walk
from desktop.ui.widgets.scroll import WholeScroll
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from resources.styles import Variant, colours, stylesheet
from tests.ui.checks import CHECKS
from tests.ui.conftest import put_away
from tests.ui.finding import find
from tests.ui.seeding import (
    PASSPHRASE,
    MovingClock,
    Opener,
    fill,
    fill_further,
    long_signalen,
    make_vault,
    some_signalen,
)

Found = dict[str, dict[str, list[object]]]


@dataclass(frozen=True)
class Setting:
    """How the window is looked at: its size in logical pixels, and whose dossiers are in it."""

    size: QSize
    residents: Callable[[int, int], list[Signaal]] = some_signalen
    fits: bool = True


SETTINGS = {
    "100%": Setting(QSize(1366, 728)),
    "125%": Setting(QSize(1093, 535)),
    "200%": Setting(QSize(683, 340), fits=False),
    "long names": Setting(QSize(1093, 535), long_signalen),
}
_found: dict[str, Found] = {}
"""By setting: by check, by state, what is wrong. A walk takes seconds, and answers every check."""


@pytest.fixture(params=SETTINGS)
def found(request: pytest.FixtureRequest, tmp_path: Path, clock: MovingClock) -> Found:
    name = str(request.param)
    if name not in _found:
        with make_vault(tmp_path, clock) as vault:
            fill(vault, clock, SETTINGS[name].residents)
            fill_further(vault)
        _found[name] = walk_through(request.getfixturevalue("qtbot"), Opener(tmp_path, clock), SETTINGS[name])
    return _found[name]


def walk_through(qtbot: QtBot, opener: Opener, setting: Setting) -> Found:
    result: Found = {name: {} for name in ("states", "scrolls", *CHECKS)}
    window = Window(opener, lambda: None)
    qtbot.addWidget(window)
    window.resize(setting.size)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    with qtbot.waitSignal(window.unlocked):
        window.on_submitted(PASSPHRASE)
    assert window.workbench is not None
    for state in walk(window.workbench, qtbot.waitUntil):
        result["states"][state.name] = []
        room = window.centralWidget()
        assert isinstance(room, WholeScroll)
        if setting.fits and (room.horizontalScrollBar().maximum() or room.verticalScrollBar().maximum()):
            result["scrolls"][state.name] = [room.viewport().size().toTuple()]
        for name, check in CHECKS.items():
            if name in {"cut off", "order"}:
                settled(qtbot, lambda: bool(check(state.widget)))  # noqa: B023  # called at once
            if wrong := check(state.widget):
                result[name][state.name] = wrong
    put_away(qtbot, window)
    return result


def settled(qtbot: QtBot, wrong: Callable[[], bool]) -> None:
    """Let what was just laid out come to rest; what stays wrong is told by the check itself."""
    try:
        qtbot.waitUntil(lambda: not wrong(), timeout=300)
    except qtbot.TimeoutError:
        return


def test_the_walk_comes_to_every_form_and_dialog(found: Found) -> None:
    seen = set(found["states"])
    assert {f"zaak-{name}" for name in FORMS} <= seen
    assert sum(name.startswith("dialoog-") for name in seen) == len(kinds_of_dialog())


def test_the_window_scrolls_as_a_whole_only_where_it_does_not_fit(found: Found) -> None:
    assert found["scrolls"] == {}


def test_alt_letters_are_unique(found: Found) -> None:
    assert found["letters"] == {}


def test_every_field_has_a_label_with_a_letter_of_its_own(found: Found) -> None:
    assert found["captions"] == {}


def test_every_control_has_a_name_for_tests_and_for_screen_readers(found: Found) -> None:
    assert found["names"] == {}


def test_targets_are_high_enough_to_hit(found: Found) -> None:
    assert found["targets"] == {}


def test_tab_comes_to_every_control(found: Found) -> None:
    assert found["reach"] == {}


def test_tab_goes_down_and_to_the_right(found: Found) -> None:
    assert found["order"] == {}


def test_nothing_is_cut_off_and_nothing_overlaps(found: Found) -> None:
    assert found["cut off"] == {}


def test_every_word_is_dutch(found: Found) -> None:
    assert found["words"] == {}


def test_no_status_is_told_by_colour_alone(found: Found) -> None:
    assert found["status"] == {}


def test_every_row_of_a_list_reads_as_a_sentence(found: Found) -> None:
    assert found["sentences"] == {}


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PAIRS = [
    ("ink", "surface"), ("ink", "card"), ("ink", "selected"), ("ink", "quote"), ("secondary", "surface"),
    ("secondary", "card"), ("secondary", "selected"), ("primary", "card"), ("primary", "hover"),
    ("on_primary", "primary"), ("on_primary", "primary_hover"), ("nav_text", "nav"), ("nav_text", "nav_hover"),
    ("nav_selected_text", "nav_selected"), ("nav_ok", "nav"), ("on_amber", "amber"), ("done_text", "done"),
    ("due_text", "due"), ("danger_text", "danger"), ("danger_text", "card"), ("done_text", "card"),
    ("neutral_text", "neutral"), ("key_text", "key"),
]  # fmt: skip


@pytest.mark.parametrize("variant", [Variant.LICHT, Variant.DONKER])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_against_its_ground(variant: Variant, text: str, ground: str) -> None:
    named = colours(variant)
    light, dark = sorted((luminance(named[text]), luminance(named[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# The colours of Windows' own contrast themes: ground, text, what is chosen, and the text on it.
THEMES = {
    "Waterachtig": ("#202020", "#ffffff", "#8ee3f0", "#263b50"),
    "Woestijn": ("#fffaef", "#3d3d3d", "#903909", "#fff5e3"),
    "Schemering": ("#2d3236", "#ffffff", "#a6d8ff", "#212d3b"),
    "Nachthemel": ("#000000", "#ffffff", "#d6b4fd", "#2b2b2b"),
}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_high_contrast_puts_the_systems_own_colours_together(name: str, text: str, ground: str) -> None:
    window, ink, highlight, on_highlight = THEMES[name]
    system = {"window": window, "base": window, "window-text": ink, "text": ink,
              "highlight": highlight, "highlighted-text": on_highlight}  # fmt: skip
    roles = colours(Variant.CONTRAST)
    light, dark = sorted(
        (luminance(system[roles[role].removeprefix("palette(").removesuffix(")")]) for role in (text, ground)),
        reverse=True,
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("variant", list(Variant))
def test_every_variant_names_the_same_colours_and_fills_the_stylesheet(variant: Variant) -> None:
    assert colours(variant).keys() == colours(Variant.LICHT).keys()
    assert "$" not in stylesheet(variant).partition("*/")[2]
    assert theme.variant() in Variant


def test_an_open_window_and_what_stands_before_it_follow_the_system_to_dark(qapp: QApplication, window: Window) -> None:
    dialog = HelpDialog("vandaag", window)
    dialog.show()
    theme.fix(qapp, Variant.DONKER)
    try:
        for shown in (window, dialog):
            corner = shown.grab().toImage().pixelColor(shown.width() - 4, shown.height() - 4)
            assert corner.name() == colours(Variant.DONKER)["surface"], shown.objectName()
    finally:
        theme.fix(qapp, None)


def test_a_counter_leaves_the_name_of_its_screen_in_sight(workbench: Workbench) -> None:
    for name in ("vandaag", "signalen", "route", "terugmelden"):
        workbench.navigation.mark(name)
        workbench.navigation.set_count(name, 1300, "")
        made = find(workbench, QPushButton, f"naar_{name}")
        bold = QFont(made.font())
        bold.setBold(True)
        left = 12  # what the stylesheet keeps free
        (counter,) = made.findChildren(QLabel)
        assert left + QFontMetrics(bold).horizontalAdvance(made.text().replace("&", "")) < counter.x(), name
