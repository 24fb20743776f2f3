"""What every command needs: the vault opened as asked, an answer to print, and words turned into values."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from db.errors import KnownError, RegelOvertreding
from db.keys import Header
from db.model.bedrag import decimal
from db.model.ids import Clock, utc_now
from db.queries.dossier import find_zaak
from db.queries.signalen import find_signaal
from db.queries.vergelijken import OokGemeld
from db.vault import Vault
from desktop import app
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.regels import Regel
from resources.uitleg import uitleg

DONE, FAILED, DONE_WITH_REFUSALS = 0, 1, 3
"""Exit codes: done; failed and nothing changed; done with rows refused or waiting for a choice. Wrong usage is 2,
and argparse's own."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a command answers: one document for machines, lines for people, and an exit code."""

    document: object
    lines: tuple[str, ...] = ()
    note: str = ""
    code: int = DONE


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Vault]:
    """The vault of `--vault`, unlocked with `--passphrase-file`, on the clock of `--now`.

    Raises:
        KnownError: KLOK_ALLEEN_PROEF, KLOK_TERUG, WACHTWOORD_ONTBREEKT, and what `app.unlock` raises.
    """
    directory = directory_of(options)
    clock = clock_of(options)
    header = app.locked_header(directory)
    if options.now is not None and not header.trial:
        raise KnownError("KLOK_ALLEEN_PROEF")
    passphrase = passphrase_of(options, header)
    app.sit_out(directory)
    with app.unlock(directory, passphrase, clock=clock) as vault:
        if options.now is not None:
            _refuse_to_run_back(vault, options.now)
        yield vault


def _refuse_to_run_back(vault: Vault, now: datetime) -> None:
    """The trial clock goes forward only; the day on which the vault was made does not count."""
    last = vault.journal.last_worked()
    if last is not None and now < last:
        raise KnownError("KLOK_TERUG")


def clock_of(options: argparse.Namespace) -> Clock:
    """The machine's clock, or one that stands at `--now`."""
    fixed: datetime | None = options.now
    return utc_now if fixed is None else lambda: fixed


def directory_of(options: argparse.Namespace) -> Path:
    """The folder of the vault: `--vault`, or this person's own."""
    chosen: Path | None = options.vault
    return chosen or app.default_directory()


def passphrase_of(options: argparse.Namespace, header: Header) -> str:
    """The passphrase from `--passphrase-file` (`-` is stdin), the keyring, or typed at a terminal.

    Raises:
        KnownError: WACHTWOORD_ONTBREEKT, BESTAND_ONLEESBAAR.
    """
    if options.passphrase_file is not None:
        return read_passphrase(options.passphrase_file)
    found = app.unattended_passphrase(header)
    if found is not None:
        return found
    if sys.stdin.isatty():
        return getpass.getpass("Wachtwoord van de kluis: ")
    raise KnownError("WACHTWOORD_ONTBREEKT")


def new_passphrase_of(path: Path | None) -> str:
    """A passphrase to be, from a file (`-` is stdin), or typed at a terminal until it is twice the same.

    Raises:
        KnownError: WACHTWOORD_ONTBREEKT, BESTAND_ONLEESBAAR.
    """
    if path is not None:
        return read_passphrase(path)
    if not sys.stdin.isatty():
        raise KnownError("WACHTWOORD_ONTBREEKT")
    while (typed := getpass.getpass("Nieuw wachtwoord: ")) != getpass.getpass("Nog een keer: "):
        print("Dat was niet twee keer hetzelfde.", file=sys.stderr)
    return typed


def read_passphrase(path: Path) -> str:
    """The first line of a UTF-8 file; `-` reads stdin.

    Raises:
        KnownError: BESTAND_ONLEESBAAR, also for another encoding: a guess would make a passphrase nobody can type.
    """
    if str(path) == "-":
        return sys.stdin.readline().rstrip("\r\n")
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnownError("BESTAND_ONLEESBAAR", oorzaak=type(error).__name__) from None  # its text holds the bytes
    return text.partition("\n")[0].removesuffix("\r")


def read_bytes(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        KnownError: BESTAND_ONLEESBAAR.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnownError("BESTAND_ONLEESBAAR", oorzaak=type(error).__name__) from error


def fault_of(error: KnownError) -> dict[str, object]:
    """The fault as machines read it: `reden`, `uitleg`, and `plaats` when it has one."""
    place = error.facts.get("plaats")
    return {"reden": error.code, "uitleg": uitleg(error), "plaats": None if place is None else str(place)}


def zaak_of(vault: Vault, nummer: str) -> UUID:
    """The zaak with this number.

    Raises:
        RegelOvertreding: ZAAK_ONBEKEND.
    """
    zaak = find_zaak(vault.connection, nummer)
    if zaak is None:
        raise RegelOvertreding(Regel.ZAAK_ONBEKEND)
    return zaak


def signaal_of(vault: Vault, extern_id: str) -> UUID:
    """The signal with this id of the source.

    Raises:
        RegelOvertreding: SIGNAAL_ONBEKEND.
    """
    signaal = find_signaal(vault.connection, extern_id)
    if signaal is None:
        raise RegelOvertreding(Regel.SIGNAAL_ONBEKEND)
    return signaal


def moment(text: str) -> datetime:
    """An instant as `--now` and `--op` write it; without a zone it is Europe/Amsterdam."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"geen tijdstip: {text!r} (verwacht: 2024-05-07T14:00)") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def day(text: str) -> date:
    """A date as `--van` and `--brp` write it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"geen datum: {text!r} (verwacht: 2024-05-07)") from None


def local(moment_: datetime) -> str:
    """An instant in an answer: RFC 3339 with the zone of Europe/Amsterdam."""
    return moment_.astimezone(AMSTERDAM).isoformat(timespec="seconds")


def also(found: OokGemeld) -> dict[str, str]:
    """A signal of another creditor about the same resident, in an answer."""
    return {
        "soort": found.debtsoort,
        "signaaldatum": found.signaaldatum.isoformat(),
        "bedrag": decimal(found.bedrag),
        "herkend_aan": found.herkend_aan.value,
    }
