"""The resident as a signal delivers them: name, address and ways to reach them."""

from __future__ import annotations

from datetime import date

import msgspec

_MEERDERJARIG = 18


class Inwoner(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A resident; the fields and no others that TRSB 2.4 lid 2 lists (sex is not among them)."""

    voorletters: str = ""
    voorvoegsel: str = ""
    achternaam: str
    geboortedatum: date
    straatnaam: str
    huisnummer: str
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    postcode: str
    plaatsnaam: str
    telefoonnummer: str = ""
    emailadres: str = ""

    @property
    def naam(self) -> str:
        """As one writes it on an envelope: `A.B. van der Meer`."""
        return " ".join(filter(None, (self.voorletters, self.voorvoegsel, self.achternaam)))

    @property
    def lijstnaam(self) -> str:
        """As it stands in a list: `Van der Meer, A.B.`."""
        family = f"{self.voorvoegsel} {self.achternaam}" if self.voorvoegsel else self.achternaam
        family = family[:1].upper() + family[1:]
        return f"{family}, {self.voorletters}" if self.voorletters else family

    @property
    def nummer(self) -> str:
        """House number with its additions: `14-B`, `88a`, `12a-3`."""
        number = f"{self.huisnummer}{self.huisletter}"
        return f"{number}-{self.huisnummertoevoeging}" if self.huisnummertoevoeging else number

    @property
    def straatregel(self) -> str:
        """First address line: `Oosterstraat 14-B`."""
        return f"{self.straatnaam} {self.nummer}"

    @property
    def plaatsregel(self) -> str:
        """Second address line, with the two spaces that PostNL asks for: `9711 NS  Groningen`."""
        return f"{self.postcode[:4]} {self.postcode[4:]}  {self.plaatsnaam}"

    def leeftijd(self, op: date) -> int:
        """Age in whole years on a day."""
        birthday_passed = (op.month, op.day) >= (self.geboortedatum.month, self.geboortedatum.day)
        return op.year - self.geboortedatum.year - (not birthday_passed)

    def minderjarig(self, op: date) -> bool:
        """Whether the resident is younger than eighteen on a day (BW 1:233)."""
        return self.leeftijd(op) < _MEERDERJARIG
