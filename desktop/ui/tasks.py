"""Work off the UI thread: one thread owns the writing connection, one the reading one, and one draws paper."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from db.errors import VoordeurError
from desktop.ui.mailbox import mailbox

if TYPE_CHECKING:
    from db.vault import Vault

T = TypeVar("T")
Opener = Callable[[str], "Vault"]
Write = Callable[["Vault"], T]
Read = Callable[[Any], T]
"""Work on the reading connection, whose type belongs to `db`."""
Draw = Callable[[Callable[[], bool]], T]
"""Work that asks now and then whether it should stop."""
NEXT_TURN_MS = 1
"""For work in two pieces with a key or a frame between them; Qt does what is asked after 0 ms in the same turn."""
Failed = Callable[[VoordeurError], None]


class Tasks(QObject):
    """The threads of one unlocked vault; made to unlock, gone after locking.

    Every piece of work names a context object: when that has been destroyed by the time the answer arrives, its
    callback is dropped with it. Errors that a person can act on go to `failed`, or else out by `refused`; any
    other error is a bug and is raised again on the UI thread.
    """

    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="kluis")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="lezer")
        self._drawer = ThreadPoolExecutor(1, thread_name_prefix="papier")
        self._vault: Vault | None = None
        self._connection: Any = None
        self._closing = threading.Event()
        self._shut = False
        self._mailbox = mailbox()

    def open(
        self,
        opener: Callable[[], Vault],
        *,
        context: QObject,
        done: Callable[[None], None],
        failed: Failed,
    ) -> None:
        """Open the vault on its thread and a reader on the other, then call `done`."""

        def work() -> None:
            self._vault = opener()
            self._reader.submit(self._open_reader, self._vault).result()

        self._submit(self._writer, work, context, done, failed)

    def outside(self, work: Callable[[], T], *, context: QObject, done: Callable[[T], None], failed: Failed) -> None:
        """Do something for which no vault is open, on the vault's thread: make one, or change its key slots."""
        self._submit(self._writer, work, context, done, failed)

    def write(
        self,
        work: Write[T],
        *,
        context: QObject,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do something with the vault on its own thread; what was asked before a lock is still done."""

        def run() -> T:
            if self._vault is None:
                raise RuntimeError("the vault is not open")
            return work(self._vault)

        self._submit(self._writer, run, context, done, failed)

    def read(
        self,
        work: Read[T],
        *,
        context: QObject,
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask the reading connection something; when the vault locks first the answer never comes."""
        self._submit(self._reader, lambda: work(self._connection), context, done, failed, droppable=True)

    def draw(
        self,
        work: Draw[T],
        *,
        context: QObject,
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Do something for which no vault is needed and which takes long; it is handed whether the vault locks.

        When it does the answer never comes, and the work is expected to end.
        """
        self._submit(self._drawer, lambda: work(self._closing.is_set), context, done, failed, droppable=True)

    def close(self, *, context: QObject, done: Callable[[None], None]) -> None:
        """Close both connections on their own threads and overwrite the key; waiting reads are dropped."""
        self._closing.set()
        self._drawer.shutdown(wait=False, cancel_futures=True)

        def work() -> None:
            self._reader.submit(self._close_reader).result()
            if self._vault is not None:
                vault, self._vault = self._vault, None
                vault.close()

        self._submit(self._writer, work, context, done, None)
        self._writer.shutdown(wait=False)
        self._shut = True

    def _submit(
        self,
        executor: ThreadPoolExecutor,
        work: Callable[[], T],
        context: QObject,
        done: Callable[[Any], None] | None,
        failed: Failed | None,
        *,
        droppable: bool = False,
    ) -> None:
        if self._shut:  # an answer that was on its way asks more, of a vault that is closing
            return

        def run() -> T | None:
            return None if droppable and self._closing.is_set() else work()

        def report(future: Future[T | None]) -> None:
            if not (droppable and self._closing.is_set()):
                self._mailbox.leave(context, lambda: deliver(future))

        def deliver(future: Future[T | None]) -> None:
            error = future.exception()
            if error is None:
                if done is not None:
                    done(future.result())
            elif not isinstance(error, VoordeurError):
                raise error
            elif failed is not None:
                failed(error)
            else:
                self.refused.emit(error)

        executor.submit(run).add_done_callback(report)

    def _open_reader(self, vault: Vault) -> None:
        self._connection = vault.reader()

    def _close_reader(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        self._reader.shutdown(wait=False)
