"""Pictures: one of every state of the window, however it is looked at, and nobody in them who exists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.demo import schermen
from desktop.ui.pictures import Beeld, take
from desktop.ui.states import before, first_time, walk
from desktop.ui.window import Window
from resources.styles import Variant
from tests.ui.seeding import PASSPHRASE, Opener

ROOT = Path(__file__).resolve().parents[2]


def states_of(qtbot: QtBot, window: Window) -> list[str]:
    names = [state.name for state in before(window)]
    with qtbot.waitSignal(window.unlocked):
        window.unlock(PASSPHRASE)
    assert window.workbench is not None
    return names + [state.name for state in walk(window.workbench, qtbot.waitUntil)]


def test_there_is_one_picture_of_every_state(
    qtbot: QtBot, tmp_path: Path, locked: Window, opener: Opener, new: Window
) -> None:
    names = [state.name for state in first_time(new)] + states_of(qtbot, locked)
    with qtbot.waitSignal(locked.locked):
        locked.lock("")
    folder = tmp_path / "beelden"
    folder.mkdir()
    made = take(lambda: opener(PASSPHRASE), folder)
    assert [path.stem for path in made] == [name.replace("_", "-") for name in names]
    assert len(set(made)) == len(made)
    assert all(path.stat().st_size > 5_000 for path in made)


@pytest.fixture
def new(qtbot: QtBot, opener: Opener) -> Window:
    """A window for which there is no vault yet."""
    from desktop.ui.door import Door

    def never(*_: object) -> str:
        raise AssertionError("no vault is made for a picture")

    window = Window(opener, lambda: None, None, Door(opener, lambda: False, never, lambda *_: None))
    qtbot.addWidget(window)
    window.show()
    return window


def seen(path: Path, of: Callable[[int], int]) -> list[int]:
    """A number of the colour of every hundredth pixel."""
    picture = QImage(str(path))
    return [of(picture.pixel(x, y)) for x in range(0, picture.width(), 10) for y in range(0, picture.height(), 10)]


def grey(colour: int) -> int:
    return ((colour >> 16 & 255) + (colour >> 8 & 255) + (colour & 255)) // 3


def test_each_set_looks_in_its_own_way(tmp_path: Path) -> None:
    made = schermen.make(tmp_path, only=["vandaag"])
    assert {path.parent.name for path in made} == set(schermen.SETS)
    assert all((QImage(str(path)).width(), QImage(str(path)).height()) == (1366, 768) for path in made)
    light = {path.parent.name: sum(seen(path, grey)) / 10_500 for path in made}
    assert light["hoog-contrast"] < light["donker"] < 100 < light["vol"]
    assert len({path.read_bytes() for path in made}) == len(made)


def test_enlarged_text_is_enlarged(qtbot: QtBot, tmp_path: Path, zaken: object, opener: Opener) -> None:
    widths = []
    for scale in (1.0, 2.0):
        (made,) = take(lambda: opener(PASSPHRASE), tmp_path, Beeld(scale, Variant.LICHT), only=["vandaag"])
        picture = QImage(str(made))
        navigation = picture.pixel(2, 4)
        widths.append(next(x for x in range(1366) if picture.pixel(x, 4) != navigation))
    assert widths[1] == 2 * widths[0]


def test_the_readme_shows_three_screens() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [line.split("](")[1].rstrip(")") for line in text.splitlines() if line.startswith("![")]
    assert len(shown) == 3
    assert all(
        (QImage(str(ROOT / name)).width(), (ROOT / name).stat().st_size < 80_000) == (1366, True) for name in shown
    )
