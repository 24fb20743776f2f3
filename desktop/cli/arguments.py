"""The words of the command line: commands, options and their help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from db.model.codes import (
    OVER_TE_SLAAN,
    Antwoord,
    Bekendheid,
    Belresultaat,
    BrpUitkomst,
    Contactsoort,
    Eindresultaat,
    Gesprekspartner,
    Identiteitsbewijs,
    Richting,
    Rol,
    Weigergrond,
)
from desktop.cli import casework, intake, outward, paper, programs, safekeeping
from desktop.cli.session import Answer, day, moment

Command = Callable[[argparse.Namespace], Answer]


def parser() -> argparse.ArgumentParser:
    """The whole command line of exchange section 4."""
    root = argparse.ArgumentParser(
        prog="voordeur",
        description="Voordeur: van signaal tot hulp. Zonder opdracht opent het venster.",
        parents=[_shared(top=True)],
    )
    root.set_defaults(command=programs.window)
    commands = root.add_subparsers(metavar="OPDRACHT", title="opdrachten")
    _programs(commands)
    _safekeeping(commands)
    _intake(commands)
    _casework(commands)
    _paper(commands)
    _outward(commands)
    return root


def _shared(*, top: bool) -> argparse.ArgumentParser:
    """Options that may stand before or after the command; only the outer one has defaults."""
    shared = argparse.ArgumentParser(add_help=False)

    def add(name: str, **settings: object) -> None:
        settings.setdefault("default", None if top else argparse.SUPPRESS)
        shared.add_argument(name, **settings)  # type: ignore[arg-type]  # argparse's own keywords, passed on as they are

    add("--vault", type=Path, metavar="MAP", help="de map van de kluis")
    add("--passphrase-file", type=Path, metavar="F", help="bestand met het wachtwoord; - is stdin")
    add("--now", type=moment, metavar="T", help="zet de klok (alleen in een proefkluis)")
    add("--json", action="store_true", default=False if top else argparse.SUPPRESS, help="antwoord als JSON op stdout")
    return shared


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, command: Command, text: str
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=text, description=text, parents=[_shared(top=False)])
    made.set_defaults(command=command, opdracht=name, wrong_usage=made.error)
    return made


Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse has no public name for what add_subparsers gives


def _programs(commands: Commands[argparse.ArgumentParser]) -> None:
    demo = _command(
        commands, "demo", programs.demo, "een gevulde proefkluis; zonder venster: van signaal tot evaluatie"
    )
    demo.add_argument("--out", type=Path, metavar="MAP", help="hier komen de producten")
    demo.add_argument("--headless", action="store_true", help="zonder venster")
    demo.add_argument("--signals", type=_positive, default=400, metavar="N", help="aantal signalen (400)")
    demo.add_argument("--seed", type=int, default=2024, metavar="N", help="beginwaarde van het toeval (2024)")
    bench = _command(commands, "bench", programs.bench, "meet hoe snel Voordeur hier is, als verhoudingen")
    bench.add_argument("--cases", type=_positive, default=100_000, metavar="N", help="aantal zaken (100000)")
    bench.add_argument("--only", metavar="NAAM", help="alleen deze meting")


def _safekeeping(commands: Commands[argparse.ArgumentParser]) -> None:
    init = _command(commands, "init", safekeeping.init, "maak een nieuwe kluis; toont één keer de herstelsleutel")
    init.add_argument("--gemeente", required=True, metavar="CODE", help="GM-code: 0363, 0014, 0855 of 0637")
    init.add_argument("--user", required=True, metavar="NAAM", help="wie met de kluis werkt")
    init.add_argument("--role", required=True, choices=[*Rol], type=str, help="wat die persoon doet")
    init.add_argument("--proef", action="store_true", help="een proefkluis, met alleen verzonnen mensen")
    init.add_argument("--no-keyring", action="store_true", help="alleen een wachtwoord, geen sleutelbos")
    change = _command(commands, "passphrase", safekeeping.passphrase, "kies een ander wachtwoord")
    change.add_argument("--new-passphrase-file", type=Path, metavar="F", help="bestand met het nieuwe wachtwoord")
    change.add_argument("--recovery-key-file", type=Path, metavar="F", help="bestand met de herstelsleutel van papier")
    settings = _command(commands, "settings", safekeeping.settings, "toon of wijzig instellingen")
    settings.add_argument("naam", nargs="?", metavar="NAAM")
    settings.add_argument("waarde", nargs="?", metavar="WAARDE")
    backup = _command(commands, "backup", safekeeping.backup, "maak een versleutelde reservekopie")
    backup.add_argument("bestand", type=Path, metavar="BESTAND")
    _command(commands, "check", safekeeping.check, "controleer of de kluis gaaf is")
    restore = _command(commands, "restore", programs.later, "zet een reservekopie terug (komt later)")
    restore.add_argument("bestand", type=Path, metavar="BESTAND")
    retention = _command(commands, "retention", programs.later, "wis wat gewist moet worden (komt later)")
    retention.add_argument("--confirm", action="store_true")


def _intake(commands: Commands[argparse.ArgumentParser]) -> None:
    load = _command(commands, "import", intake.load, "lees signalen in (JSON, CSV of XLSX)")
    load.add_argument("bestanden", nargs="+", type=Path, metavar="BESTAND")
    load.add_argument("--profile", metavar="NAAM", help="profiel voor een tabel met een andere indeling")
    profile = _command(commands, "profile", intake.profile, "toon of bewaar een profiel voor een andere indeling")
    profile.add_argument("naam", nargs="?", metavar="NAAM")
    keep = profile.add_mutually_exclusive_group()
    keep.add_argument("--file", type=Path, metavar="F.toml", help="bewaar dit profiel onder de naam")
    keep.add_argument("--remove", action="store_true", help="verwijder het profiel")
    signals = _command(commands, "signals", intake.signals, "toon de signalen in de bakken")
    signals.add_argument("--tray", choices=[bak.value for bak in intake.TRAYS], help="alleen deze bak")
    accept = _command(commands, "accept", intake.accept, "pak signalen op")
    which = accept.add_mutually_exclusive_group(required=True)
    which.add_argument("signalen", nargs="*", default=[], metavar="SIGNAAL")
    which.add_argument("--all", action="store_true", help="alles in de bak nieuw")
    known = _command(commands, "known", intake.known, "laad een lijst van wie bij schuldhulpverlening bekend is")
    known.add_argument("bestand", nargs="?", type=Path, metavar="BESTAND")
    known.add_argument("--list", metavar="NAAM", help="naam van de lijst; een lijst met die naam wordt vervangen")
    known.add_argument("--remove", action="store_true", help="vergeet de lijst")
    _command(commands, "matches", intake.matches, "toon signalen die misschien over dezelfde inwoner gaan")
    match = _command(commands, "match", intake.match, "leg vast of twee signalen over dezelfde inwoner gaan")
    match.add_argument("signaal", metavar="SIGNAAL")
    match.add_argument("ander", metavar="ANDER", help="het signaal dat eerder kwam")
    says = match.add_mutually_exclusive_group(required=True)
    says.add_argument("--same", dest="same", action="store_true", help="dezelfde inwoner")
    says.add_argument("--other", dest="same", action="store_false", help="een andere inwoner")
    refuse = _command(commands, "refuse", intake.refuse, "weiger een signaal")
    refuse.add_argument("signaal", metavar="SIGNAAL")
    refuse.add_argument("--reason", required=True, choices=[ground.value for ground in Weigergrond])
    refuse.add_argument("--brp", type=day, metavar="DATUM", help="datum van de controle in de BRP")
    refuse.add_argument("--notitie", default="", metavar="T")


def _casework(commands: Commands[argparse.ArgumentParser]) -> None:
    cases = _command(commands, "cases", casework.cases, "toon zaken")
    cases.add_argument("--open", action="store_true", help="alleen open zaken")
    cases.add_argument("--search", metavar="TEKST", help="deel van een naam, nummer of adres")
    cases.add_argument("--limit", type=_positive, metavar="N")
    case = _command(commands, "case", casework.case, "toon één zaak")
    case.add_argument("zaak", metavar="ZAAK")
    log = _command(commands, "log", casework.usage, "leg vast wat er gebeurde")
    log.add_argument("zaak", metavar="ZAAK")
    _log(log.add_subparsers(metavar="WAT", required=True))
    close = _command(commands, "close", casework.close, "sluit een zaak af")
    close.add_argument("zaak", metavar="ZAAK")
    close.add_argument("--resultaat", required=True, choices=[result.value for result in Eindresultaat], metavar="R")
    close.add_argument("--hulp-aanvaard", choices=["ja", "nee"])
    close.add_argument("--schuldhulp-loopt", type=day, metavar="DATUM", help="sinds wanneer")
    close.add_argument("--bevestigd-door", default="", metavar="NAAM")
    close.add_argument("--reden", choices=[ground.value for ground in Weigergrond], help="bij: andere reden")
    close.add_argument("--notitie", default="", metavar="T")
    close.add_argument("--op", type=moment, metavar="T")
    reopen = _command(commands, "reopen", casework.reopen, "heropen een zaak")
    reopen.add_argument("zaak", metavar="ZAAK")
    reopen.add_argument("--reden", required=True, metavar="T")


def _log(kinds: Commands[argparse.ArgumentParser]) -> None:
    attempt = _command(kinds, "contactpoging", casework.contactpoging, "een poging tot contact")
    attempt.add_argument("--soort", required=True, choices=[kind.value for kind in Contactsoort])
    attempt.add_argument("--bereikt", required=True, choices=["ja", "nee"])
    attempt.add_argument("--gesproken-met", choices=[partner.value for partner in Gesprekspartner])
    attempt.add_argument("--richting", choices=[way.value for way in Richting], default=Richting.UIT.value)
    attempt.add_argument("--resultaat", choices=[result.value for result in Belresultaat])
    attempt.add_argument("--terugbellen", type=moment, metavar="T", help="beloofd moment om terug te bellen")
    attempt.add_argument("--op", type=moment, metavar="T", help="wanneer het gebeurde")
    attempt.add_argument("--notitie", default="", metavar="T")
    offer = _command(kinds, "hulpaanbod", casework.hulpaanbod, "hulp aangeboden")
    offer.add_argument("--antwoord", choices=[answer.value for answer in Antwoord])
    offer.add_argument("--dreiging", action="store_true", help="ontruiming, afsluiting of einde zorgverzekering dreigt")
    offer.add_argument("--op", type=moment, metavar="T")
    brp = _command(kinds, "brp", casework.brp, "controle in de BRP")
    brp.add_argument("--uitkomst", required=True, choices=[outcome.value for outcome in BrpUitkomst])
    brp.add_argument("--op", type=moment, metavar="T")
    known = _command(kinds, "bekend", casework.bekend, "was de inwoner al bekend")
    known.add_argument("--schuldhulp", choices=[*Bekendheid], type=str, default=Bekendheid.ONBEKEND.value)
    known.add_argument("--eerder-gemeld", choices=[*Bekendheid], type=str, default=Bekendheid.ONBEKEND.value)
    known.add_argument("--volgens", required=True, metavar="NAAM")
    talk = _command(kinds, "eerste-gesprek", casework.eerste_gesprek, "het eerste gesprek")
    talk.add_argument("--op", type=moment, required=True, metavar="T")
    talk.add_argument("--afgezien", action="store_true", help="de inwoner zag af van hulp")
    plan = _command(kinds, "plan", casework.plan, "een plan van aanpak")
    plan.add_argument("--file", required=True, type=Path, metavar="PLAN.JSON")
    skip = _command(kinds, "overslaan", casework.overslaan, "sla een stap over")
    skip.add_argument("--stap", required=True, choices=[step.value for step in OVER_TE_SLAAN])
    skip.add_argument("--reden", required=True, metavar="T")


def _paper(commands: Commands[argparse.ArgumentParser]) -> None:
    letter = _command(commands, "letter", paper.letter, "maak een brief of kaartje")
    letter.add_argument("soort", nargs="?", metavar="SOORT")
    letter.add_argument("zaak", nargs="?", metavar="ZAAK")
    letter.add_argument("--list", action="store_true", help="welke brieven er zijn")
    letter.add_argument("--out", type=Path, metavar="F.pdf")
    letter.add_argument("--datum", type=day, metavar="D")
    letter.add_argument("--dagdeel", choices=["ochtend", "middag", "avond"])
    letter.add_argument("--aan", metavar="NAAM")
    inzage = _command(commands, "inzage", paper.inzage, "alles wat wij van een inwoner weten")
    inzage.add_argument("zaak", metavar="ZAAK")
    inzage.add_argument("--identiteit", required=True, choices=[proof.value for proof in Identiteitsbewijs])
    inzage.add_argument("--out", type=Path, required=True, metavar="MAP")
    inzage.add_argument("--weglaten", action="append", default=[], metavar="TEKST", help="gaat over iemand anders")


def _outward(commands: Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "outbox", outward.outbox, "wat naar het CAK gaat")
    _command(commands, "sync", programs.later, "wissel uit met het Centraal Meldpunt (komt later)")
    export = _command(commands, "export", outward.export, "schrijf een bestand voor een periode")
    export.add_argument("wat", choices=["terugmelding", "ddas"])
    export.add_argument("--van", type=day, required=True, metavar="D")
    export.add_argument("--tot", type=day, required=True, metavar="D")
    export.add_argument("--out", type=Path, required=True, metavar="F")
    figures = _command(commands, "evaluatie", outward.evaluatie, "de cijfers van een half jaar")
    figures.add_argument("--halfjaar", required=True, type=_half_year, metavar="2024-1")
    figures.add_argument("--out", type=Path, required=True, metavar="MAP")


def _half_year(text: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[12]", text) is None:
        raise argparse.ArgumentTypeError(f"geen halfjaar als 2024-1: {text!r}")
    return text


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"geen aantal: {text!r}")
    return int(text)
