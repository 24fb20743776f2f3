"""The command line: the same services without windows (exchange section 4)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import msgspec

from db.errors import KnownError, RegelOvertreding, VoordeurError
from desktop.cli.arguments import parser
from desktop.cli.session import Answer
from resources.uitleg import uitleg

log = logging.getLogger("voordeur")

DONE, FAILED, USAGE, DONE_WITH_REFUSALS = range(4)
"""Exit codes: done; failed and nothing changed; wrong usage; done with rows refused or waiting for a choice."""


def run(arguments: Sequence[str]) -> int:
    """Parse, run one command, print its answer; returns the exit code.

    With `--json` stdout holds one document and everything human goes to stderr.
    """
    options = parser().parse_args(arguments)
    as_json = options.json
    try:
        answer: Answer = options.command(options)
    except VoordeurError as error:
        return _refused(error, as_json=as_json)
    except BrokenPipeError:
        return FAILED
    except Exception as error:  # noqa: BLE001  # the outermost frame: a bug is named by its place, never by its data
        place = _place(error)
        log.error("bug: %s at %s", type(error).__name__, place)  # noqa: TRY400  # a traceback would carry data
        print(f"Er ging iets mis in het programma ({type(error).__name__}, {place}).", file=sys.stderr)
        return FAILED
    if as_json:
        sys.stdout.write(msgspec.json.encode(answer.document).decode() + "\n")
        if answer.note:
            print(answer.note, file=sys.stderr)
    else:
        for line in (*answer.lines, *([answer.note] if answer.note else [])):
            print(line)
    return answer.code


def _refused(error: VoordeurError, *, as_json: bool) -> int:
    text = uitleg(error)
    print(text, file=sys.stderr)
    if as_json:
        place = error.facts.get("plaats")
        fault: dict[str, object] = {"uitleg": text}
        if isinstance(error, RegelOvertreding):
            fault["regel"] = error.code
        if isinstance(error, KnownError):
            fault |= {"reden": error.code, "plaats": None if place is None else str(place)}
        sys.stdout.write(msgspec.json.encode({"fout": fault}).decode() + "\n")
    return FAILED


def _place(error: BaseException) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else "?"
