"""Commands that keep the vault: make it, change its passphrase and settings, copy it, check it."""

from __future__ import annotations

import argparse
import secrets
import sys

from db import backup as backups
from db import integrity
from db.errors import KnownError
from db.model.codes import Rol
from db.vault import Vault
from desktop import app
from desktop.casework import instellingen
from desktop.casework.instellingen import NAMES, as_text
from desktop.casework.kalender import lokale_datum
from desktop.cli.session import (
    DONE,
    FAILED,
    Answer,
    clock_of,
    directory_of,
    new_passphrase_of,
    opened,
    passphrase_of,
    read_passphrase,
)

_NO_KEYRING = (
    "Let op: zonder sleutelbos beschermt alleen het wachtwoord deze kluis. Wie de schijf heeft en het wachtwoord "
    "raadt, kan alles lezen."
)


def init(options: argparse.Namespace) -> Answer:
    """`voordeur init`: a new vault; the recovery key is printed once and kept nowhere."""
    if options.now is not None and not options.proef:
        raise KnownError("KLOK_ALLEEN_PROEF")
    directory = directory_of(options)
    made = app.create_vault(
        directory,
        new_passphrase_of(options.passphrase_file),
        gemeente=options.gemeente,
        naam=options.user,
        rol=Rol(options.role),
        proef=options.proef,
        use_keyring=not options.no_keyring,
        clock=clock_of(options),
    )
    with made.vault as vault:
        if not options.proef and sys.stdin.isatty() and sys.stderr.isatty():
            _confirm_sheet(vault, made.herstelsleutel)
    return Answer(
        document={"kluis": str(directory), "herstelsleutel": made.herstelsleutel},
        lines=(
            f"Kluis gemaakt in {directory}.",
            f"Herstelsleutel: {made.herstelsleutel}",
            "Schrijf de sleutel op papier en bewaar die in een gesloten envelop in de kluis van de gemeente.",
        ),
        note=_NO_KEYRING if options.no_keyring else "",
    )


def _confirm_sheet(vault: Vault, recovery_key: str) -> None:
    """Ask two groups of the recovery key at random, so that it stands on paper before the first import."""
    print(f"Herstelsleutel: {recovery_key}", file=sys.stderr)
    groups = recovery_key.split("-")
    for position in sorted(secrets.SystemRandom().sample(range(len(groups)), 2)):
        print(f"Typ groep {position + 1} over van je papier: ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().upper() != groups[position]:
            print("Dat klopt niet. Bevestig het herstelblad later met: voordeur settings.", file=sys.stderr)
            return
    today = lokale_datum(vault.clock())
    instellingen.change(vault, "herstelblad_bevestigd", f"{today:%d-%m-%Y}")


def passphrase(options: argparse.Namespace) -> Answer:
    """`voordeur passphrase`: the same vault under another passphrase, with the old one or the recovery key."""
    directory = directory_of(options)
    # What opens the vault now is read before what will: on stdin it is the first line.
    if options.recovery_key_file is not None:
        recovery_key = read_passphrase(options.recovery_key_file)
        app.recover(directory, recovery_key, new_passphrase_of(options.new_passphrase_file), clock=clock_of(options))
    else:
        old = passphrase_of(options, app.locked_header(directory))
        new = new_passphrase_of(options.new_passphrase_file)
        app.sit_out(directory)
        app.change_passphrase(directory, old, new, clock=clock_of(options))
    return Answer(document={"gewijzigd": True}, lines=("Het wachtwoord is gewijzigd.",))


def settings(options: argparse.Namespace) -> Answer:
    """`voordeur settings [NAAM [WAARDE]]`: list, show, set."""
    with opened(options) as vault:
        if options.waarde is not None:
            instellingen.change(vault, options.naam, options.waarde)
        current = instellingen.load(vault.connection)
    names = [options.naam] if options.naam else NAMES
    shown = {name: as_text(current, name) for name in names}
    return Answer(document={"instellingen": shown}, lines=tuple(f"{name} = {text}" for name, text in shown.items()))


def backup(options: argparse.Namespace) -> Answer:
    """`voordeur backup BESTAND`: an encrypted copy, opened and verified before it counts."""
    with opened(options) as vault:
        backups.make(vault, options.bestand)
    return Answer(document={"bestand": str(options.bestand)}, lines=(f"Reservekopie gemaakt: {options.bestand}",))


def check(options: argparse.Namespace) -> Answer:
    """`voordeur check`: is the file whole, is the log unbroken, do the tables follow from it."""
    with opened(options) as vault:
        found = integrity.check(vault)
    sound = all(control.in_orde for control in found)
    listed = [{"naam": control.naam, "in_orde": control.in_orde, "uitleg": control.uitleg} for control in found]
    lines = tuple(
        f"{'in orde ' if control.in_orde else 'NIET GOED'}  {control.naam}: {control.uitleg}" for control in found
    )
    return Answer(document={"in_orde": sound, "controles": listed}, lines=lines, code=DONE if sound else FAILED)
