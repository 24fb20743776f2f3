"""One script that makes a picture of every screen in every state: `python -m desktop.demo.schermen FOLDER`."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from desktop import app
from desktop.demo import program
from desktop.demo.leveringen import Levering
from desktop.demo.vullen import NU
from resources.styles import Variant

NAMEN = (
    ("Wolfeschlegelsteinhausenbergerdorff" * 6)[:200],
    "عبد الرحمن بن محمد بن عبد العزيز الأندلسي",
    "🙂👨‍👩‍👧 Van den Eerenbeemt",
    ("van der " * 25)[:197] + "Aa",
)
"""As long and as odd as a name may be: 200 characters, from right to left, emoji, and words without end."""

_SEED, _SIGNALS = 2024, 160
_STRAAT = "Burgemeester Van Heemskerck van Beest-Schimmelpenninckstraat te Zuidwest"
_PLAATS = "Westerhaar-Vriezenveensewijk"
_ADRES = "heel.lang.adres.van.iemand.die.geduldig.is@een-lange-domeinnaam.example"


def make(folder: Path, *, sets: Sequence[str] = (), only: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write `<set>/<state>.png` for every state of the window, in a folder that is made when it is not there.

    The sets tell how the window is looked at and what is in it; `sets` and `only` name which sets and states are
    wanted, all when empty. Everybody in the pictures was invented.
    """
    from desktop.ui.pictures import Beeld, take

    made: list[Path] = []
    with TemporaryDirectory(prefix="voordeur-schermen-") as temporary:
        for name in sets or SETS:
            fill, scale, variant = SETS[name]
            filled = Path(temporary) / fill.__name__
            if not filled.exists():
                fill(filled)
            vault = filled.with_name(name)  # each its own, for what is half-typed is kept
            shutil.copytree(filled, vault)
            (folder / name).mkdir(parents=True, exist_ok=True)
            opener = partial(app.unlock, vault, program.WACHTWOORD, clock=lambda: NU)
            made += take(opener, folder / name, Beeld(scale, variant), only=only)
    return tuple(made)


def _full(vault: Path) -> None:
    program.filled(vault, _SIGNALS, _SEED)


def _empty(vault: Path) -> None:
    program.new_vault(vault, lambda: NU).close()


def _long(vault: Path) -> None:
    names = itertools.cycle(NAMEN)
    program.filled(vault, _SIGNALS, _SEED, bewerk=lambda levering: _stretched(levering, lambda: next(names)))


def _stretched(levering: Levering, naam: Callable[[], str]) -> Levering:
    """The same delivery about people with other names and addresses; a table stays as it was."""
    if not levering.naam.endswith(".json"):
        return levering
    document: dict[str, Any] = json.loads(levering.inhoud)
    for signal in document["signalen"]:
        person = signal["inwoner"]
        if person["achternaam"]:
            person |= {"voorvoegsel": "", "achternaam": naam(), "straatnaam": _STRAAT, "plaatsnaam": _PLAATS}
        if person["emailadres"]:
            person["emailadres"] = _ADRES
    return msgspec.structs.replace(levering, inhoud=json.dumps(document, ensure_ascii=False).encode())


SETS = {
    "vol": (_full, 1.0, Variant.LICHT),
    "leeg": (_empty, 1.0, Variant.LICHT),
    "lange-namen": (_long, 1.25, Variant.LICHT),
    "donker": (_full, 1.0, Variant.DONKER),
    "hoog-contrast": (_full, 1.0, Variant.CONTRAST),
    "op-125": (_full, 1.25, Variant.LICHT),
    "op-200": (_full, 2.0, Variant.LICHT),
}
"""What is in the vault, what the system enlarges by, and the colours."""


if __name__ == "__main__":
    given, *wanted = sys.argv[1:]
    print(f"{len(make(Path(given), sets=wanted))} pictures in {given}")
