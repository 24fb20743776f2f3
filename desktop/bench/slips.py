"""How whoever reports a resident writes them down: slips of the keyboard and the spellings of one and the same name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from msgspec.structs import replace

from db.model.inwoner import Inwoner
from db.model.zoektekst import plain

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RESPELLED = (("ij", "y"), ("IJ", "Y"), ("ß", "ss"), ("ü", "ue"), ("ö", "oe"), ("y", "ij"))


class Writer:
    """Writes residents down as somebody in a hurry does; `desktop.bench.lookalikes` says how often what goes wrong."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def _happens(self, chance: float) -> bool:
        return self._rng.random() < chance

    def written(self, who: Inwoner, share: float) -> Inwoner:
        """The same resident with the slips of whoever wrote them down; `share` of the chances in the table."""
        steps: tuple[tuple[float, Callable[[Inwoner], Inwoner]], ...] = (
            (0.12, lambda who: replace(who, telefoonnummer="")),
            (0.25, self._voorvoegsel), (0.50, _bare), (0.30, self._respelled), (0.06, self._slip),
            (0.21, self._initials), (0.06, self._birth), (0.60, self._addition), (0.02, self._house),
        )  # fmt: skip
        for chance, step in steps:
            if self._happens(chance * share):
                who = step(who)
        return who

    def _voorvoegsel(self, who: Inwoner) -> Inwoner:
        if not who.voorvoegsel:
            return who
        short = ".".join(word[0] for word in who.voorvoegsel.split()) + "."
        return self._rng.choice((
            replace(who, voorvoegsel=""), replace(who, voorvoegsel=short),
            replace(who, voorvoegsel="", achternaam=f"{who.voorvoegsel} {who.achternaam}"),
            replace(who, voorvoegsel="", achternaam=f"{who.achternaam}, {who.voorvoegsel}"),
        ))  # fmt: skip

    def _respelled(self, who: Inwoner) -> Inwoner:
        name = who.achternaam
        for written, other in _RESPELLED:
            if written in name:
                name = name.replace(written, other)
                break
        return replace(who, achternaam=name)

    def _slip(self, who: Inwoner) -> Inwoner:
        return replace(who, achternaam=self._mistyped(who.achternaam))

    def _mistyped(self, text: str) -> str:
        rng = self._rng
        places = [place for place in range(1, len(text)) if text[place].isalpha()]
        if len(places) < 3:
            return text
        at = rng.choice(places)
        kind = rng.random()
        if kind < 0.4:
            return text[:at] + self._neighbour(text[at]) + text[at + 1 :]
        if kind < 0.6:
            return text[: at - 1] + text[at] + text[at - 1].lower() + text[at + 1 :]
        return text[:at] + text[at + 1 :] if kind < 0.85 else text[:at] + text[at] + text[at:]

    def _neighbour(self, letter: str) -> str:
        for row in _KEYS:
            if (at := row.find(plain(letter))) >= 0:
                return row[max(0, at - 1)] if at == len(row) - 1 or (at and self._happens(0.5)) else row[at + 1]
        return letter

    def _initials(self, who: Inwoner) -> Inwoner:
        letters = who.voorletters.split(".")[:-1]
        match self._rng.choices(("missing", "first", "order", "other"), weights=(4, 15, 1, 1))[0]:
            case "missing":
                letters = []
            case "first":
                letters = letters[:1]
            case "order":
                letters.reverse()
            case _:
                letters[0] = self._neighbour(letters[0]).upper()
        return replace(who, voorletters="".join(f"{letter}." for letter in letters))

    def _birth(self, who: Inwoner) -> Inwoner:
        born = who.geboortedatum
        kind = self._rng.choices(("swapped", "digit", "year"), weights=(3, 2, 1))[0]
        if kind == "swapped" and born.day <= 12:
            return replace(who, geboortedatum=born.replace(month=born.day, day=born.month))
        if kind == "year":
            return replace(
                who, geboortedatum=born.replace(day=min(born.day, 28), year=born.year + self._rng.choice((-1, 1)))
            )
        text = f"{born:%Y%m%d}"
        while kind == "digit":
            at = self._rng.randrange(2, 8)
            changed = f"{text[:at]}{self._rng.randint(0, 9)}{text[at + 1 :]}"
            try:
                found = date.fromisoformat(changed)
            except ValueError:
                continue
            if date(1920, 1, 1) < found < date(2006, 5, 1) and found != born:
                return replace(who, geboortedatum=found)
        return who

    def _addition(self, who: Inwoner) -> Inwoner:
        text = who.huisletter or who.huisnummertoevoeging
        if not text:
            return who
        number = who.huisnummer
        choices: Sequence[Inwoner] = (
            replace(who, huisletter="", huisnummertoevoeging=text.upper()),
            replace(who, huisletter=text.lower() if len(text) == 1 and text.isalpha() else "", huisnummertoevoeging=""),
            replace(who, huisnummer=f"{number}-{text.upper()}", huisletter="", huisnummertoevoeging=""),
            replace(who, huisnummer=f"{number} {text.lower()}", huisletter="", huisnummertoevoeging=""),
            replace(who, huisletter="", huisnummertoevoeging="bis" if text in "bB" else f"-{text}"),
            replace(who, huisletter="", huisnummertoevoeging=""),
        )
        return self._rng.choice(choices)

    def _house(self, who: Inwoner) -> Inwoner:
        if self._happens(0.4):
            return replace(
                who,
                huisnummer=str(
                    max(1, int("".join(filter(str.isdigit, who.huisnummer))) + self._rng.choice((-2, -1, 1, 2, 10)))
                ),
            )
        code = who.postcode
        kind = self._rng.random()
        if kind < 0.4:
            return replace(who, postcode=code[:4] + code[5] + code[4])
        if kind < 0.7:
            return replace(who, postcode=code[:5] + self._neighbour(code[5]).upper())
        return replace(who, postcode=f"{code[:3]}{self._rng.randint(0, 9)}{code[4:]}")


def _bare(who: Inwoner) -> Inwoner:
    """Without diacritics, as a keyboard or an old system writes it."""
    if who.achternaam.isascii():
        return who
    return replace(who, achternaam=plain(who.achternaam).title())
