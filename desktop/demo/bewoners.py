"""Invented residents of Groningen: names as one meets them there, streets that exist, telephones that reach nobody."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import msgspec

from db.model.inwoner import Inwoner

# Family names with their voorvoegsel, and initials that go with them; the weight is roughly that of the street.
_NAMEN: tuple[tuple[int, str, tuple[tuple[str, str], ...]], ...] = (
    (46, "AABCDEFGHJJKLMMNPRSTWW", (
        ("", "Jansen"), ("de", "Vries"), ("van den", "Berg"), ("van", "Dijk"), ("", "Bakker"), ("", "Visser"),
        ("", "Smit"), ("", "Meijer"), ("de", "Boer"), ("", "Mulder"), ("de", "Groot"), ("", "Bos"), ("", "Peters"),
        ("van", "Leeuwen"), ("", "Dekker"), ("", "Brouwer"), ("de", "Wit"), ("in 't", "Veld"), ("'t", "Hart"),
        ("van der", "Linden"), ("van der", "Heijden"), ("van der", "Wal"), ("van de", "Ven"), ("van", "IJzendoorn"),
        ("van der", "Meer"), ("", "Prins"), ("van 't", "Hof"), ("den", "Hartog"), ("", "Bruins-Slot"),
    )),
    (24, "AABDEFGHHIJJKLMRSTTW", (
        ("", "Dijkstra"), ("", "Hoekstra"), ("", "Veenstra"), ("", "Postma"), ("", "Bouma"), ("", "Kooistra"),
        ("", "Wiersma"), ("", "Zijlstra"), ("", "Boersma"), ("", "Sjoerdsma"), ("", "Huizinga"), ("", "Wiersema"),
        ("", "Ritsema"), ("", "Doornbos"), ("", "Knol"), ("", "Feringa"), ("van der", "Veen"), ("", "Ynia"),
        ("", "Bûterwei"), ("", "Oosterhûs"), ("van", "Dyk"),
    )),
    (8, "ABEFGHİKMÖSŞYZ", (
        ("", "Yıldız"), ("", "Öztürk"), ("", "Çelik"), ("", "Şahin"), ("", "Göçer"), ("", "Kılıç"), ("", "Demir"),
        ("", "Aydın"), ("", "Güneş"),
    )),
    (7, "AEGJKŁMPSTWZ", (
        ("", "Łukaszewicz"), ("", "Wójcik"), ("", "Kowalczyk"), ("", "Zieliński"), ("", "Szymańska"),
        ("", "Dąbrowska"), ("", "Wiśniewski"), ("", "Nowak"),
    )),
    (7, "ACDEGHIJKLMNRSW", (
        ("", "Ramdin"), ("", "Baidjnath"), ("", "Kromodimedjo"), ("", "Pinas"), ("", "Biswamitre"), ("", "Sabajo"),
        ("", "Wijngaarde"), ("", "Chin A Foeng"), ("", "Martina"), ("", "Rosalia"),
    )),
    (5, "AFHIKLMNRSYZ", (
        ("el", "Idrissi"), ("", "Bouazza"), ("el", "Amrani"), ("ben", "Haddou"), ("", "Aït Lahcen"), ("", "Ouali"),
    )),
    (3, "ABÉFHJMNSTÜ", (
        ("", "Weiß"), ("", "Müller"), ("de la", "Peña-Núñez"), ("", "Gonçalves"), ("", "O'Brien"), ("", "Tesfay"),
        ("", "Nguyễn"), ("", "Strömbäck"),
    )),
)  # fmt: skip

# Street, four digits, letters, highest house number; the letters of a postcode need not be the street's own.
_STRATEN = (
    ("Oosterstraat", "9711", "NS", 60), ("Nieuwe Ebbingestraat", "9712", "NE", 90), ("Korreweg", "9714", "AC", 240),
    ("Oppenheimstraat", "9714", "EN", 80), ("Bedumerweg", "9716", "AD", 140), ("Asingastraat", "9716", "EK", 60),
    ("Van Iddekingeweg", "9721", "CH", 180), ("P.C. Hooftlaan", "9721", "JN", 120), ("Helper Brink", "9722", "EH", 60),
    ("Hereweg", "9725", "AC", 110), ("Paterswoldseweg", "9727", "BC", 160), ("1e Drift", "9712", "GK", 24),
    ("Snelliusstraat", "9727", "KR", 70), ("Kajuit", "9733", "CA", 280), ("Barwerdaheerd", "9737", "BP", 190),
    ("Amkemaheerd", "9736", "JJ", 230), ("Eikenlaan", "9741", "EW", 300), ("Plutolaan", "9742", "GM", 320),
    ("Siersteenlaan", "9743", "ET", 420), ("Goudlaan", "9743", "CD", 340), ("Zuiderweg", "9744", "AA", 150),
    ("J.P. Coenstraat", "9715", "HA", 60), ("Het Witte Lam", "9742", "NA", 48),
)  # fmt: skip
_DORPEN = (("Rijksstraatweg", "9752", "AD", 300, "Haren"), ("Boltweg", "9791", "AC", 80, "Ten Boer"))
# Many unrelated people at one address: a house for people who need care.
_HUIZEN = (("Zonnelaan", "9742", "BL", "500"), ("Molukkenplantsoen", "9715", "XH", "401"))


class Bewoner(msgspec.Struct, frozen=True, kw_only=True):
    """A resident and the number under which the CAK knows them."""

    klantnummer: str
    inwoner: Inwoner


def bewoner(rng: Random, volgnummer: int, *, jongst: int, oudst: int, huis: float = 0.0) -> Bewoner:
    """Invent a resident between two ages; `huis` is the chance that they live in an institution."""
    (_, initials, surnames), *_ = rng.choices(_NAMEN, weights=[weight for weight, *_ in _NAMEN])
    voorvoegsel, achternaam = rng.choice(surnames)
    plaatsnaam, toevoeging, letter = "Groningen", "", ""
    if rng.random() < huis:
        straatnaam, cijfers, letters, huisnummer = rng.choice(_HUIZEN)
        toevoeging = f"K{rng.randint(1, 60):02d}"
    elif rng.random() < 0.08:
        straatnaam, cijfers, letters, highest, plaatsnaam = rng.choice(_DORPEN)
        huisnummer = str(rng.randint(1, highest))
    else:
        straatnaam, cijfers, letters, highest = rng.choice(_STRATEN)
        huisnummer = str(rng.randint(1, highest))
        letter = rng.choice("abc") if rng.random() < 0.12 else ""
        toevoeging = rng.choice(("1", "2", "B", "bis")) if not letter and rng.random() < 0.12 else ""
    geboren = date(2024, 4, 1) - timedelta(days=rng.randint(jongst * 366, oudst * 365))
    return Bewoner(
        klantnummer=str(4_100_000 + volgnummer * 37 % 899_981),
        inwoner=Inwoner(
            voorletters="".join(f"{letter}." for letter in rng.choices(initials, k=rng.choice((1, 1, 2, 2, 3)))),
            voorvoegsel=voorvoegsel,
            achternaam=achternaam,
            geboortedatum=geboren,
            straatnaam=straatnaam,
            huisnummer=huisnummer,
            huisletter=letter,
            huisnummertoevoeging=toevoeging,
            postcode=cijfers + letters,
            plaatsnaam=plaatsnaam,
            telefoonnummer=_telefoon(rng),
            emailadres=f"bewoner{volgnummer}@voorbeeld.example" if rng.random() < 0.35 else "",
        ),
    )


def _telefoon(rng: Random) -> str:
    """Ranges that no operator gives out; nearly one in five residents has no number."""
    kind = rng.random()
    if kind < 0.18:
        return ""
    return f"050-55501{rng.randint(0, 99):02d}" if kind < 0.45 else f"06-00000{rng.randint(0, 999):03d}"
