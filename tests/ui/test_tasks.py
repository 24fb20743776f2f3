"""Work off the UI thread: answers come back to it, and only to whoever still lives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from db.errors import KnownError, RegelOvertreding
from db.queries import instellingen
from db.vault import Vault
from desktop.ui.tasks import Tasks
from tests.ui.seeding import PASSPHRASE, MovingClock, Opener, make_vault


@pytest.fixture
def vault_opener(tmp_path: Path) -> Opener:
    make_vault(tmp_path, MovingClock()).close()
    return Opener(tmp_path, MovingClock())


def opened(qtbot: QtBot, vault_opener: Opener) -> Tasks:
    made = Tasks()
    done: list[object] = []
    made.open(lambda: vault_opener(PASSPHRASE), context=made, done=done.append, failed=done.append)
    qtbot.waitUntil(lambda: done == [None])
    return made


@pytest.fixture
def tasks(qtbot: QtBot, vault_opener: Opener) -> Iterator[Tasks]:
    made = opened(qtbot, vault_opener)
    yield made
    closed: list[None] = []
    made.close(context=made, done=closed.append)
    qtbot.waitUntil(lambda: bool(closed))


def test_answers_arrive_on_the_ui_thread_and_work_happens_elsewhere(qtbot: QtBot, tasks: Tasks) -> None:
    seen: dict[str, object] = {}

    def work(vault: Vault) -> str:
        seen["work"] = threading.current_thread().name
        return "klaar"

    def done(answer: str) -> None:
        seen["done"], seen["answer"] = QThread.currentThread(), answer

    tasks.write(work, context=tasks, done=done)
    qtbot.waitUntil(lambda: "answer" in seen)
    assert str(seen["work"]).startswith("kluis")
    assert seen["done"] is tasks.thread()
    assert seen["answer"] == "klaar"


def test_the_reading_connection_lives_on_a_thread_of_its_own(qtbot: QtBot, tasks: Tasks) -> None:
    found: list[tuple[str, int]] = []
    tasks.read(
        lambda connection: (threading.current_thread().name, len(instellingen.medewerkers(connection))),
        context=tasks,
        done=found.append,
    )
    qtbot.waitUntil(lambda: bool(found))
    name, people = found[0]
    assert name.startswith("lezer")
    assert people == 1


def test_a_callback_dies_with_the_object_that_asked(qtbot: QtBot, tasks: Tasks) -> None:
    context, gate = QObject(), threading.Event()
    called: list[object] = []
    tasks.write(lambda _: gate.wait(5), context=context, done=called.append)
    shiboken6.delete(context)
    gate.set()
    after: list[object] = []
    tasks.write(lambda _: None, context=tasks, done=after.append)
    qtbot.waitUntil(lambda: bool(after))
    assert called == []


def test_an_error_to_act_on_goes_to_whoever_asked(qtbot: QtBot, tasks: Tasks) -> None:
    errors: list[object] = []

    def refuse(_: Vault) -> None:
        raise RegelOvertreding("NIET_BEREIKT")

    tasks.write(refuse, context=tasks, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], RegelOvertreding)


def test_an_error_nobody_waits_for_goes_to_the_message_bar(qtbot: QtBot, tasks: Tasks) -> None:
    def fail(_: Vault) -> None:
        raise KnownError("SCHIJF_VOL")

    with qtbot.waitSignal(tasks.refused) as signal:
        tasks.write(fail, context=tasks)
    assert signal.args is not None
    assert signal.args[0].code == "SCHIJF_VOL"


def test_a_bug_is_raised_again_on_the_ui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    def crash(_: Vault) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        tasks.write(crash, context=tasks)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_closing_finishes_what_was_asked_and_drops_what_was_only_read(qtbot: QtBot, vault_opener: Opener) -> None:
    tasks, gate = opened(qtbot, vault_opener), threading.Event()
    written: list[str] = []
    read: list[object] = []
    closed: list[None] = []
    tasks.write(lambda _: gate.wait(5), context=tasks)
    tasks.write(lambda _: written.append("ja"), context=tasks)
    tasks.read(lambda _: gate.wait(5), context=tasks, done=read.append)
    tasks.close(context=tasks, done=closed.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(closed))
    assert written == ["ja"]
    assert read == []
    assert vault_opener.key == bytearray(32)


def test_what_is_asked_after_closing_is_dropped(qtbot: QtBot, vault_opener: Opener) -> None:
    tasks = opened(qtbot, vault_opener)
    came: list[object] = []
    closed: list[None] = []
    tasks.write(lambda _: None, context=tasks, done=lambda _: tasks.write(lambda _: came.append(1), context=tasks))
    tasks.close(context=tasks, done=closed.append)
    tasks.read(lambda _: 1, context=tasks, done=came.append)
    tasks.draw(lambda _: 1, context=tasks, done=came.append)
    qtbot.waitUntil(lambda: bool(closed))
    assert came == []


def test_putting_the_owner_away_while_answers_arrive_harms_nothing(qtbot: QtBot) -> None:
    came: list[int] = []
    for _ in range(500):
        gone = Tasks()
        gone.outside(lambda: 1, context=gone, done=came.append, failed=lambda _: None)
        gone.close(context=gone, done=lambda _: None)
        shiboken6.delete(gone)
    last = Tasks()
    last.outside(lambda: 2, context=last, done=came.append, failed=lambda _: None)
    last.close(context=last, done=lambda _: None)
    qtbot.waitUntil(lambda: 2 in came)
    assert came == [2]
