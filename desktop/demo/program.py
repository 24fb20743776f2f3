"""The demo: a filled trial vault, shown in a window or worked to its end in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import msgspec

from db.durable import write_durably
from db.errors import KnownError, RegelOvertreding
from db.journal import events_of
from db.model.codes import Dagdeel, Identiteitsbewijs, Rol
from db.model.ids import Clock, utc_now
from db.queries import zaken
from db.queries.zaken import Cursor
from db.vault import Vault
from desktop import app
from desktop.casework import instellingen
from desktop.casework.kalender import lokale_datum
from desktop.demo.klok import Klok
from desktop.demo.leveringen import Levering
from desktop.demo.vullen import BEGIN, NU, Gevuld, fill

WACHTWOORD = "een proefkluis met verzonnen mensen"
"""Opens every demo vault; nothing in it is about anybody."""

GEMEENTE = "0014"
GEBRUIKER = "F. Yıldız"
_HALF_YEARS = ("2024-1", "2024-2")
_TRIED = 200
_SCHERMEN = frozenset({
    "ontgrendelen", "vandaag", "werkvoorraad", "signalen", "zaak-bellen", "zaak-huisbezoek", "zaak-hulpaanbod",
    "zaak-eerste-gesprek", "zaak-plan", "zaak-afsluiten",
})  # fmt: skip
"""The states of the window of which the demo leaves a picture; `schermen.py` makes them all."""


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    """What the demo left, by name; paths are relative to `map`."""

    map: str
    signalen: int
    zaken: int
    producten: tuple[str, ...]


def run(out: Path | None, *, headless: bool, signals: int, seed: int) -> Demo:
    """Fill a trial vault and show it; headless, leave every product in `out` (default `demo`)."""
    if headless:
        return _headless(out or Path("demo"), signals, seed)
    with _folder(out) as folder:
        gevuld = filled(folder / "kluis", signals, seed)
        print(f"Proefkluis met {gevuld.zaken} zaken. Wachtwoord: {WACHTWOORD}")
        app.show_window(folder / "kluis", running_from_now(), passphrase=WACHTWOORD)
        return Demo(map=str(folder), signalen=gevuld.rijen, zaken=gevuld.zaken, producten=())


def running_from_now() -> Clock:
    """A clock that starts where the story of the demo ends, and runs on."""
    ahead = NU - utc_now()
    return lambda: utc_now() + ahead


@contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    if out is not None:
        yield out
        return
    with TemporaryDirectory(prefix="voordeur-demo-") as temporary:
        yield Path(temporary)


def filled(
    directory: Path,
    signals: int,
    seed: int,
    products: Path | None = None,
    *,
    bewerk: Callable[[Levering], Levering] = lambda levering: levering,
) -> Gevuld:
    """Make a trial vault in a directory and live through its seven months (`vullen.fill`)."""
    klok = Klok(BEGIN)
    with new_vault(directory, klok) as vault:
        return fill(vault, seed, signals, klok, products, bewerk=bewerk)


def new_vault(directory: Path, klok: Clock) -> Vault:
    """A trial vault of Groningen in which nothing happened yet, open."""
    return app.create_vault(
        directory,
        WACHTWOORD,
        gemeente=GEMEENTE,
        naam=GEBRUIKER,
        rol=Rol.UITVOERDER,
        proef=True,
        use_keyring=False,
        clock=klok,
    ).vault


def _headless(out: Path, signals: int, seed: int) -> Demo:
    folders = {name: out / name for name in ("bestanden", "brieven", "inzage", "evaluatie", "schermen")}
    if (out / "kluis").exists():
        raise KnownError("KLUIS_BESTAAT")
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    gevuld = filled(out / "kluis", signals, seed, folders["bestanden"])
    with app.unlock(out / "kluis", WACHTWOORD, clock=lambda: NU) as vault:
        _letters(vault, folders["brieven"])
        _inzage(vault, folders["inzage"])
        _figures(vault, folders["evaluatie"])
    _pictures(out / "kluis", folders["schermen"])
    products = sorted(str(path.relative_to(out)) for folder in folders.values() for path in folder.iterdir())
    return Demo(map=str(out), signalen=gevuld.rijen, zaken=gevuld.zaken, producten=tuple(products))


def _letters(vault: Vault, folder: Path) -> None:
    """Every letter that can be made, each for the first zaak that it fits."""
    from desktop.documents import briefsoorten, making

    day = lokale_datum(vault.clock()) + timedelta(days=7)
    for kind in briefsoorten.kinds():
        if not kind.gereed:
            continue
        for zaak in _zaken(vault):
            try:
                pdf = making.make(
                    vault,
                    zaak,
                    kind.soort,
                    event_id=vault.new_id(),
                    datum=day if "datum" in kind.nodig else None,
                    dagdeel=Dagdeel.MIDDAG if "dagdeel" in kind.nodig else None,
                    aan="Maatschappelijk werk Groningen" if "aan" in kind.nodig else "",
                )
            except RegelOvertreding:
                continue  # this letter does not fit this zaak
            write_durably(folder / f"{kind.soort}.pdf", pdf)
            break


def _zaken(vault: Vault) -> Iterator[UUID]:
    regels, _ = zaken.every_page(vault.connection, na=Cursor("", b""), limiet=_TRIED)
    return iter([regel.id for regel in regels])


def _inzage(vault: Vault, folder: Path) -> None:
    """The inzage of the resident about whom most happened."""
    from desktop.documents import verstrekken

    busiest = max(_zaken(vault), key=lambda zaak: len(events_of(vault.connection, zaak)))
    verstrekken.inzage(vault, busiest, Identiteitsbewijs.PASPOORT, folder, event_id=vault.new_id())


def _figures(vault: Vault, folder: Path) -> None:
    from desktop.evaluation import evaluatie, rapport

    settings = instellingen.load(vault.connection)
    for half_year in _HALF_YEARS:
        figures = evaluatie.evaluate(vault.connection, half_year, settings, vault.clock())
        (folder / half_year).mkdir(exist_ok=True)
        rapport.write(figures, folder / half_year)


def _pictures(directory: Path, folder: Path) -> None:
    from desktop.ui import pictures

    pictures.take(lambda: app.unlock(directory, WACHTWOORD, clock=lambda: NU), folder, only=_SCHERMEN)
