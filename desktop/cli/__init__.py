"""The command line: the same services without windows (exchange section 4)."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence

import msgspec

from db.errors import KnownError, VoordeurError
from desktop.cli.arguments import parser
from desktop.cli.session import FAILED, Answer, fault_of
from resources.uitleg import uitleg

log = logging.getLogger("voordeur")


def run(arguments: Sequence[str]) -> int:
    """Parse, run one command, print its answer; returns the exit code.

    With `--json` stdout holds one document and everything human goes to stderr.
    """
    _speak_every_language()
    options = parser().parse_args(arguments)
    as_json = options.json
    try:
        answer: Answer = options.command(options)
        _say(answer, as_json=as_json)
    except VoordeurError as error:
        return _refused(error, as_json=as_json)
    except BrokenPipeError:  # whoever read along has enough, as `| head` has; the exit must not complain about it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001  # the outermost frame: a bug is named by its place, never by its data
        place = _place(error)
        log.error("bug: %s at %s", type(error).__name__, place)  # noqa: TRY400  # a traceback would carry data
        print(f"Er ging iets mis in het programma ({type(error).__name__}, {place}).", file=sys.stderr)
        return FAILED
    return answer.code


def _speak_every_language() -> None:
    # A terminal without ı or ł must not end a command that was carried out already.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        _write_document(answer.document)
        if answer.note:
            print(answer.note, file=sys.stderr)
    else:
        for line in (*answer.lines, *([answer.note] if answer.note else [])):
            print(line)
    sys.stdout.flush()


def _write_document(document: object) -> None:
    """One JSON document in UTF-8, whatever the terminal speaks (RFC 8259 section 8.1)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(msgspec.json.encode(document).decode() + "\n")


def _refused(error: VoordeurError, *, as_json: bool) -> int:
    text = uitleg(error)
    print(text, file=sys.stderr)
    if as_json:
        fault = fault_of(error) if isinstance(error, KnownError) else {"regel": error.code, "uitleg": text}
        _write_document({"fout": fault})
    return FAILED


def _place(error: BaseException) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else "?"
