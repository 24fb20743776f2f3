"""Invented residents who are hard to tell apart, and signals about them that are hard to join: a labelled set.

What it holds, so that a figure measured on it can be judged. Residents: one family name in two is common and takes
the share it has in the country, the others come from a long tail; one date in thirty is a first of January or July,
as with residents whose birthday nobody wrote down. They live alone, in couples, with grown children of whom some bear
a parent's initials, as twins, or in institutions of 60 to 400 people at one house number; 4 in 5 have a telephone, and
an institution's is shared. Half of the residents were reported once. No pair to be found shares a klantnummer, so the
person alone counts. An earlier signal has a light form of the noise below; a new one the full form:

| what happened to a new signal | of all, or of those it can happen to |
|---|---|
| moved; new telephone; telephone missing | 12%; 12%; 12% |
| partner's name added, dropped, turned round or taken instead | 3%; of the double names 40% |
| voorvoegsel dropped, shortened, glued to the name or put behind it | 25% |
| diacritics dropped; ij, y, ß, ss, ü, ue written the other way | 50%; 30% |
| a slip in the name: neighbouring key, two letters swapped, one lost or doubled | 6% |
| initials missing; only the first; in another order; another letter | 4%; 15%; 1%; 1% |
| day and month of birth swapped; one digit wrong; another year | 3%; 2%; 1% |
| house number addition written otherwise; dropped | 50%; 10% |
| postcode or house number with a slip | 2% |

Of the new signals 55% are about a resident who was reported before. Of the others a good part is made to mislead: the
twin, parent, child, partner or fellow resident of somebody who was, or a namesake of the same birth year and initial.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from db.model.bedrag import Bedrag
from db.model.codes import Signaalpartner
from db.model.inwoner import Inwoner
from db.model.signaal import Signaal
from desktop.bench.residents import BRON, FIRST_DAY
from desktop.bench.slips import Writer

# Weight in ten thousandths of the country's residents, about.
_COMMON = (
    (53, "de", "Jong"), (46, "", "Jansen"), (45, "de", "Vries"), (37, "van den", "Berg"), (36, "", "Bakker"),
    (36, "van", "Dijk"), (34, "", "Visser"), (33, "", "Janssen"), (26, "", "Smit"), (25, "", "Meijer"),
    (24, "de", "Boer"), (23, "", "Mulder"), (22, "de", "Groot"), (21, "", "Bos"), (19, "", "Vos"), (19, "", "Peters"),
    (18, "", "Hendriks"), (17, "van", "Leeuwen"), (17, "", "Dekker"), (16, "", "Brouwer"), (16, "de", "Wit"),
    (16, "", "Dijkstra"), (15, "", "Smits"), (14, "de", "Graaf"), (14, "van der", "Meer"), (13, "van der", "Linden"),
    (13, "", "Kok"), (13, "", "Jacobs"), (13, "de", "Haan"), (12, "", "Vermeulen"), (12, "van den", "Heuvel"),
    (12, "van der", "Veen"), (12, "van den", "Broek"), (11, "de", "Bruijn"), (11, "", "Schouten"),
    (11, "van", "Beek"), (11, "", "Willems"), (11, "van", "Vliet"), (11, "van de", "Ven"), (11, "", "Hoekstra"),
    (11, "", "Maas"), (10, "", "Verhoeven"), (10, "", "Koster"), (10, "van", "Dam"), (10, "van der", "Wal"),
    (10, "", "Prins"), (10, "", "Blom"), (10, "", "Huisman"), (10, "", "Peeters"), (10, "de", "Jonge"),
    (9, "", "Kuipers"), (9, "van", "Veen"), (9, "", "Post"), (9, "", "Kuiper"), (9, "", "Veenstra"), (9, "", "Kramer"),
    (9, "van den", "Brink"), (9, "", "Scholten"), (9, "van", "Wijk"), (9, "", "Postma"), (8, "", "Martens"),
    (8, "", "Vink"), (8, "de", "Ruiter"), (8, "", "Timmermans"), (8, "", "Groen"), (8, "", "Gerritsen"),
    (8, "", "Jonker"), (8, "van", "Loon"), (8, "", "Boer"), (8, "van der", "Velde"), (8, "", "Willemsen"),
    (8, "", "Smeets"), (8, "de", "Lange"), (8, "de", "Vos"), (8, "", "Bosch"), (8, "van", "Dongen"),
    (8, "", "Schipper"), (7, "de", "Koning"), (7, "van der", "Laan"), (7, "", "Koning"), (7, "van", "Rijn"),
    (7, "", "Meyer"), (7, "", "Meier"), (7, "in 't", "Veld"), (7, "", "'t Hart"), (7, "van", "IJzendoorn"),
    (6, "", "Schmidt"), (6, "", "Müller"), (4, "", "Weiß"), (4, "", "Großmann"), (6, "", "van Dyk"),
)  # fmt: skip
_ELSEWHERE = (
    (18, "", "Yılmaz"), (17, "", "Kaya"), (15, "", "Yıldız"), (14, "", "Çelik"), (14, "", "Demir"), (13, "", "Şahin"),
    (12, "", "Öztürk"), (11, "", "Kılıç"), (10, "", "Göçer"), (9, "", "Güneş"), (9, "", "Aydın"), (8, "", "Doğan"),
    (14, "el", "Idrissi"), (12, "", "Bouazza"), (11, "el", "Amrani"), (9, "", "Aït Lahcen"), (9, "", "Ouali"),
    (10, "", "Nowak"), (9, "", "Kowalczyk"), (8, "", "Wiśniewski"), (7, "", "Łukaszewicz"), (7, "", "Dąbrowska"),
    (12, "", "Singh"), (10, "", "Mohamed"), (9, "", "Ramdin"), (8, "", "Chin A Foeng"), (8, "", "Martina"),
    (9, "", "Nguyễn"), (7, "", "Pham"), (7, "", "Tesfay"), (6, "de la", "Peña-Núñez"), (6, "", "Gonçalves"),
    (6, "", "O'Brien"), (8, "", "Ali"), (7, "", "Hassan"), (6, "", "Ferreira"),
)  # fmt: skip
_STEMS = (
    "Wester Ooster Noorder Hoog Laag Nieuw Oud Steen Hout Water Bruin Zwart Rood Roose Klooster Linde Eiken Berken"
    " Wilgen Elzen Hazel Doorn Braam Vogel Zwaan Valk Haver Rogge Koren Molen Brug Poort Dijk Polder Heide Bosch Beuken"
    " Sme Kreu Wie Gro Lu Har Bo Te Ve Nij Riet Gras Maar Duin Zand Klei Veen Turf Kool Ploeg Spijk Zie Schu Ha"
)
_ENDS = (
    "ink stra ma huis berg veld man kamp horst mans sma inga enga sen kers dam meijer boer broek hof huizen waard kerk"
    " stede burg land beek mond voort wijk straten maker ing laar graaf kuil pas"
)
_LETTERS = "JJJJJJJAAAAAMMMMMCCCHHHHPPPWWWGGGRRRLLLEEETTSSBBDDFFIKKNVYZO"
_STREETS = 900
_POSTCODES = "ABCDEGHJKLMNPRSTVWXZ"
_SOORTEN = ("wmo-abonnementstarief", "wmo-beschermd-wonen", "wlz")


class Persoon(NamedTuple):
    """An invented resident: who they are is their number, whatever a signal says of them."""

    nummer: int
    inwoner: Inwoner
    huis: bool


class Gelabeld(NamedTuple):
    """A signal and the resident it is really about."""

    signaal: Signaal
    persoon: int


class Verzameling(NamedTuple):
    """Signals that came before, and new ones of which it is known whom they are about."""

    eerder: list[Gelabeld]
    nieuw: list[Gelabeld]


def make(seed: int, *, eerder: int, nieuw: int) -> Verzameling:
    """The labelled set of a seed: so many earlier and so many new signals."""
    return _Town(Random(seed)).signals(eerder, nieuw)


class _Town:
    """Where the residents live; hands out names, addresses and signals, all from one random source."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        tail = [("", stem + end) for stem in _STEMS.split() for end in _ENDS.split()]
        rng.shuffle(tail)
        # The tail falls off as family names do: the hundredth is far rarer than the first.
        weighted = [*_COMMON, *_ELSEWHERE, *((1_300 / (place + 900), *name) for place, name in enumerate(tail))]
        self._names = [(voorvoegsel, name) for _, voorvoegsel, name in weighted]
        self._weights = list(accumulate(weight for weight, *_ in weighted))
        self._writer = Writer(rng)
        self._people: list[Persoon] = []
        self._houses: list[tuple[Inwoner, list[int]]] = []
        self._signals = 0

    # ------------------------------------------------------------------------------------ people

    def _surname(self) -> tuple[str, str]:
        return self._rng.choices(self._names, cum_weights=self._weights)[0]

    def _initials(self) -> str:
        count = self._rng.choices((1, 2, 3, 4), weights=(40, 40, 15, 5))[0]
        return "".join(f"{self._rng.choice(_LETTERS)}." for _ in range(count))

    def _birth(self, youngest: int = 18, oldest: int = 95) -> date:
        rng = self._rng
        found = FIRST_DAY - timedelta(days=int(rng.triangular(youngest, oldest, (youngest + oldest) * 0.6) * 365.25))
        return found.replace(month=rng.choice((1, 1, 7)), day=1) if rng.random() < 1 / 30 else found

    def _phone(self) -> str:
        return f"06-00{self._rng.randint(0, 999_999):06d}" if self._rng.random() < 0.8 else ""

    def _home(self) -> Inwoner:
        rng = self._rng
        street = rng.randrange(_STREETS)
        postcode = (
            f"97{street // 20 + 10:02d}{_POSTCODES[street % 20]}{_POSTCODES[rng.randrange(20)]}"
            if rng.random() < 0.9
            else f"9{rng.randint(700, 799)}{rng.choice(_POSTCODES)}{rng.choice(_POSTCODES)}"
        )
        letter = rng.choice("abc") if rng.random() < 0.1 else ""
        addition = rng.choice(("1", "2", "3", "B", "bis", "a", "12")) if not letter and rng.random() < 0.15 else ""
        voorvoegsel, achternaam = self._surname()
        return Inwoner(
            voorletters=self._initials(),
            voorvoegsel=voorvoegsel,
            achternaam=achternaam,
            geboortedatum=self._birth(),
            straatnaam=f"Straat {street}",
            huisnummer=str(rng.randint(1, 250)),
            huisletter=letter,
            huisnummertoevoeging=addition,
            postcode=postcode,
            plaatsnaam="Groningen",
            telefoonnummer=self._phone(),
        )

    def _add(self, inwoner: Inwoner, *, huis: bool = False) -> Persoon:
        found = Persoon(len(self._people), inwoner, huis)
        self._people.append(found)
        return found

    def _settle(self, count: int) -> None:
        """People the town until so many live in it, household by household."""
        rng = self._rng
        while len(self._people) < count:
            kind = rng.random()
            first = self._add(self._home())
            if kind < 0.12:
                self._add(self.partner(first.inwoner))
            elif kind < 0.19:
                self._add(self.child(first.inwoner))
            elif kind < 0.20:
                self._add(self.twin(first.inwoner))
            elif kind < 0.2006:
                self._institution(rng.randint(60, 400))

    def _institution(self, beds: int) -> None:
        reception = self._phone() if self._rng.random() < 0.5 else None
        at = replace(self._home(), huisletter="", huisnummertoevoeging="")
        living = []
        for _ in range(beds):
            found = self.fellow(at, reception)
            living.append(self._add(found, huis=True).nummer)
        self._houses.append((at, living))

    def partner(self, of: Inwoner) -> Inwoner:
        """Somebody else at the same address and telephone; often with both names."""
        voorvoegsel, achternaam = self._surname()
        if self._rng.random() < 0.4:
            achternaam = f"{of.achternaam}-{voorvoegsel} {achternaam}".replace("- ", "-")
            voorvoegsel = of.voorvoegsel
        years = timedelta(days=self._rng.randint(-2500, 2500))
        return replace(
            of, voorletters=self._initials(), voorvoegsel=voorvoegsel, achternaam=achternaam,
            geboortedatum=_grown(of.geboortedatum + years),
        )  # fmt: skip

    def child(self, of: Inwoner) -> Inwoner:
        """A grown child who lives in; one in five bears the parent's initials."""
        born = of.geboortedatum + timedelta(days=self._rng.randint(7_000, 13_000))
        initials = of.voorletters if self._rng.random() < 0.2 else self._initials()
        phone = of.telefoonnummer if self._rng.random() < 0.3 else self._phone()
        return replace(of, voorletters=initials, geboortedatum=_grown(born), telefoonnummer=phone)

    def twin(self, of: Inwoner) -> Inwoner:
        """The other of two born on one day; one pair in ten begins with the same letter."""
        initials = self._initials()
        while (initials[0] == of.voorletters[0]) != (self._rng.random() < 0.1):
            initials = self._initials()
        return replace(of, voorletters=initials)

    def fellow(self, at: Inwoner, reception: str | None = None) -> Inwoner:
        """A resident of an institution: its address, perhaps a room, perhaps the telephone of its reception."""
        voorvoegsel, achternaam = self._surname()
        room = f"K{self._rng.randint(1, 60)}" if self._rng.random() < 0.3 else ""
        phone = reception if reception is not None and self._rng.random() < 0.7 else self._phone()
        return replace(
            at, voorletters=self._initials(), voorvoegsel=voorvoegsel, achternaam=achternaam,
            geboortedatum=self._birth(), huisnummertoevoeging=room, telefoonnummer=phone,
        )  # fmt: skip

    def namesake(self, of: Inwoner) -> Inwoner:
        """A stranger with the same family name, first initial and year of birth."""
        other = self._home()
        day = of.geboortedatum.replace(month=self._rng.randint(1, 12), day=self._rng.randint(1, 28))
        initials = of.voorletters[:2] + other.voorletters[2:]
        return replace(
            other, voorletters=initials, voorvoegsel=of.voorvoegsel, achternaam=of.achternaam, geboortedatum=day
        )

    # ----------------------------------------------------------------------------------- signals

    def signals(self, eerder: int, nieuw: int) -> Verzameling:
        """So many earlier signals about the people of the town, and then the new ones."""
        rng = self._rng
        self._settle(int(eerder * 0.62))
        known = list(self._people)
        before: list[Gelabeld] = []
        for person in known:
            more = rng.choices((1, 2, 3, 4), weights=(60, 22, 12, 6))[0]
            before += (self._signal(person.nummer, self._writer.written(person.inwoner, 0.2)) for _ in range(more))
        rng.shuffle(before)
        del before[eerder:]
        reported = [known[number] for number in sorted({one.persoon for one in before})]
        again = rng.sample(reported, k=min(int(nieuw * 0.55), len(reported)))
        after = [self._signal(one.nummer, self._later(one.inwoner)) for one in again]
        after += (self._signal(*self._stranger(rng.choice(reported))) for _ in range(nieuw - len(after)))
        rng.shuffle(after)
        return Verzameling(before, after)

    def _stranger(self, near: Persoon) -> tuple[int, Inwoner]:
        """Somebody who was not reported before, often one who looks like somebody who was."""
        kind = self._rng.random()
        fellows = self._houses and kind >= 0.85
        makers: tuple[tuple[float, Callable[[Inwoner], Inwoner]], ...] = (
            (0.03, self.twin), (0.08, self.child), (0.13, self.partner), (0.20, self.namesake),
        )  # fmt: skip
        if fellows:
            at, _ = self._rng.choice(self._houses)
            found = self.fellow(at)
        elif not near.huis and kind < makers[-1][0]:
            found = next(maker for end, maker in makers if kind < end)(near.inwoner)
        else:
            found = self._home()
        return self._add(found).nummer, self._writer.written(found, 0.3)

    def _signal(self, person: int, inwoner: Inwoner) -> Gelabeld:
        self._signals += 1
        number = self._signals
        signaal = Signaal(
            id=f"GL-{number:08d}", bron=BRON, signaalpartner=Signaalpartner.CAK_EIGEN_BIJDRAGE,
            soort=_SOORTEN[number % 3], signaaldatum=FIRST_DAY - timedelta(days=1),
            ontstaansdatum=FIRST_DAY - timedelta(days=200 + number % 100), bedrag=Bedrag(150_00 + number % 900_00),
            klantnummer=f"9{number:08d}", inwoner=inwoner,
        )  # fmt: skip
        return Gelabeld(signaal, person)

    # ------------------------------------------------------------------- what happens in between

    def _later(self, who: Inwoner) -> Inwoner:
        """The resident as a new signal has them, with everything that may have happened since."""
        if self._happens(0.12):
            who = self._moved(who)
        if self._happens(0.12):
            who = replace(who, telefoonnummer=self._phone())
        if self._happens(0.4 if "-" in who.achternaam else 0.03):
            who = self._married(who)
        return self._writer.written(who, 1.0)

    def _moved(self, who: Inwoner) -> Inwoner:
        to = self._home()
        return replace(
            who, straatnaam=to.straatnaam, huisnummer=to.huisnummer, huisletter=to.huisletter,
            huisnummertoevoeging=to.huisnummertoevoeging, postcode=to.postcode,
        )  # fmt: skip

    def _happens(self, chance: float) -> bool:
        return self._rng.random() < chance

    def _married(self, who: Inwoner) -> Inwoner:
        own, _, partners = who.achternaam.partition("-")
        if partners:
            turned = f"{partners}-{who.voorvoegsel} {own}".replace("- ", "-")
            return self._rng.choice((
                replace(who, achternaam=own), replace(who, voorvoegsel="", achternaam=partners),
                replace(who, voorvoegsel="", achternaam=turned), replace(who, voorvoegsel="", achternaam=turned),
            ))  # fmt: skip
        voorvoegsel, name = self._surname()
        behind = f"{name}-{who.voorvoegsel} {own}".replace("- ", "-")
        before = f"{own}-{voorvoegsel} {name}".replace("- ", "-")
        return self._rng.choice((
            replace(who, voorvoegsel=voorvoegsel, achternaam=behind), replace(who, achternaam=before),
            replace(who, voorvoegsel=voorvoegsel, achternaam=behind), replace(who, achternaam=before),
            replace(who, voorvoegsel=voorvoegsel, achternaam=name),
        ))  # fmt: skip


def _grown(born: date) -> date:
    """A birth date of somebody of eighteen or older: whoever would be younger is born so many years earlier."""
    years = max(0, born.year - FIRST_DAY.year + 19)
    return born - timedelta(days=round(years * 365.25))
