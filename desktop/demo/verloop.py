"""What becomes of one zaak: a story that waits for its moments and records what a worker would, through casework."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from db.errors import RegelOvertreding
from db.model.bedrag import Bedrag
from db.model.codes import (
    Antwoord,
    Bekendheid,
    Belresultaat,
    BrpUitkomst,
    Contactsoort,
    Dagdeel,
    Eindresultaat,
    Gesprekspartner,
    Richting,
    Stap,
)
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework import afsluiten, contact, hulp, instellingen, inzien, situatie, verzenden
from desktop.casework.kalender import AMSTERDAM, add_working_days, is_working_day, lokale_datum
from desktop.casework.outcomes import toegestaan
from desktop.casework.uitvoeren import load
from desktop.documents import making

Moments = Iterator[datetime]
"""A story yields the moment at which it wants to go on."""
Found = Generator[datetime, None, bool]
"""A part of a story that ends with a yes or a no."""

_OCHTEND, _MIDDAG, _AVOND = Dagdeel.OCHTEND, Dagdeel.MIDDAG, Dagdeel.AVOND
_UREN = {_OCHTEND: (9, 0, 170), _MIDDAG: (13, 0, 230), _AVOND: (18, 5, 100)}  # from, minutes
_AVONDEN = (1, 3)  # the worker calls in the evening on Tuesdays and Thursdays
_BELRONDES = (
    (_OCHTEND, _MIDDAG, _AVOND, _MIDDAG), (_MIDDAG, _OCHTEND, _AVOND, _OCHTEND), (_OCHTEND, _AVOND, _MIDDAG, _AVOND),
    (_MIDDAG, _MIDDAG, _AVOND, _OCHTEND), (_AVOND, _OCHTEND, _MIDDAG, _AVOND),
)  # fmt: skip
_KANS_OP_GESPREK = {_OCHTEND: 0.07, _MIDDAG: 0.09, _AVOND: 0.16}
_KANS_THUIS = 0.35

_WENSEN = (
    "Bel lang aan.", "Praat rustig, vraag of het duidelijk is.", "Liever na twee uur bellen.", "Bel eerst, kom dan.",
    "Vraagt of een buurvrouw erbij mag zijn.", "Spreekt Turks en Nederlands.", "Spreekt Pools; tolk gevraagd.", "",
    "", "", "",
)  # fmt: skip
_AFSPRAKEN = (
    ("inwoner", "belt het CAK over een betalingsregeling"),
    ("uitvoerder", "vraagt kwijtschelding aan bij het CAK"),
    ("inwoner", "verzamelt de brieven van het CAK"),
    ("uitvoerder", "maakt een afspraak bij de Groningse Kredietbank"),
    ("inwoner", "machtigt het CAK voor automatische incasso"),
)
_SCHULDEISERS = ("energieleverancier", "zorgverzekeraar", "waterbedrijf", "verhuurder", "webwinkel")


def moment(rng: Random, after: datetime, part: Dagdeel, *, days: int) -> datetime:
    """A time in that part of a working day, at least so many days after; evenings only when there is a shift."""
    day = lokale_datum(after) + timedelta(days=days)
    while not is_working_day(day) or (part is _AVOND and day.weekday() not in _AVONDEN):
        day += timedelta(days=1)
    hour, minute, length = _UREN[part]
    found = datetime.combine(day, time(hour, minute), AMSTERDAM) + timedelta(seconds=rng.randint(0, length * 60))
    return found if found > after else moment(rng, after, part, days=days + 1)


def send_letter(vault: Vault, zaak: UUID, soort: str) -> bool:
    """Make a letter and put it in the post; False when nothing may be sent there."""
    made = vault.new_id()
    try:
        making.make(vault, zaak, soort, event_id=made)
    except RegelOvertreding:
        return False
    verzenden.confirm(vault, [made])
    return True


class Verloop:
    """The story of one zaak, told by its own dice, so that it is the same whatever happens elsewhere."""

    def __init__(self, vault: Vault, zaak: UUID, rng: Random) -> None:
        self._vault = vault
        self._zaak = zaak
        self._rng = rng
        self._telefoon = bool(self._dossier().inwoner.telefoonnummer)

    def __iter__(self) -> Moments:
        """The whole story; whoever runs it sets the clock to each moment before going on."""
        yield self._later(_MIDDAG, 0, 2)
        inzien.open_dossier(self._vault, self._zaak, scherm="Zaak")
        known = self._bekendheid()
        if known and self._chance(0.6):
            yield self._later(_MIDDAG, 1, 6)
            since = lokale_datum(self._now) - timedelta(days=self._rng.randint(60, 700))
            self._close(Eindresultaat.BEKEND_BIJ_SCHULDHULP, loopt=since)
            return
        if (yield from self._brp()):
            return
        if not (yield from self._zoek_contact()):
            yield from self._geen_contact()
            return
        yield from self._na_contact()

    # --- finding out ----------------------------------------------------------------------------------------

    def _bekendheid(self) -> bool:
        """Whether schuldhulp knows the resident; of one in seven nobody can say."""
        if self._chance(0.14):
            return False
        known = self._chance(0.11)
        contact.record_bekendheid(
            self._vault,
            self._zaak,
            event_id=self._vault.new_id(),
            schuldhulp=Bekendheid.JA if known else Bekendheid.NEE,
            eerder_gemeld=Bekendheid.JA if self._chance(0.27) else Bekendheid.NEE,
            volgens="schuldhulpverlening",
        )
        return known

    def _brp(self) -> Found:
        """A check in the BRP for one in three; returns whether the zaak ended by it."""
        if self._chance(0.66):
            return False
        yield self._later(_OCHTEND, 1, 5)
        outcome = self._rng.choices(tuple(BrpUitkomst), weights=(70, 14, 6, 10))[0]
        contact.record_brp(self._vault, self._zaak, event_id=self._vault.new_id(), uitkomst=outcome)
        results = {BrpUitkomst.VERHUISD: Eindresultaat.GEEN_INWONER, BrpUitkomst.OVERLEDEN: Eindresultaat.OVERLEDEN}
        if outcome is BrpUitkomst.GEHEIM:
            yield self._later(_MIDDAG, 1, 3)
            situatie.record_adrescontrole(
                self._vault, self._zaak, event_id=self._vault.new_id(), door_wie="J. Bos", akkoord=True
            )
        if outcome not in results:
            return False
        yield self._later(_MIDDAG, 0, 4)
        self._close(results[outcome])
        return True

    # --- contact --------------------------------------------------------------------------------------------

    def _zoek_contact(self) -> Found:
        """Call, write, visit; returns whether somebody was reached who may speak about money."""
        if self._telefoon and (yield from self._bel()):
            return True
        if not self._telefoon:
            yield self._later(_OCHTEND, 1, 6)
            self._brief()
        return (yield from self._bezoek())

    def _bel(self) -> Found:
        for number, part in enumerate(self._rng.choice(_BELRONDES)[: self._rng.choice((3, 3, 3, 4))]):
            yield self._later(part, *((1, 13) if number == 0 else (3, 10)))
            if self._chance(_KANS_OP_GESPREK[part]):
                yield from self._gesprek(Contactsoort.TELEFOON)
                return True
            self._niet_bereikt()
            if self._dossier().stand.onbruikbaar:
                break
            if number == 0 and self._chance(0.85):
                self._brief()
            if number and self._chance(0.04):
                yield self._later(_MIDDAG, 1, 4)
                self._poging(Contactsoort.TELEFOON, richting=Richting.IN, bereikt=True, notitie="Belde na de brief.")
                return True
        return False

    def _niet_bereikt(self) -> None:
        if self._chance(0.07):
            partner = self._rng.choice((Gesprekspartner.ANDER, Gesprekspartner.ANDER, Gesprekspartner.MENTOR))
            self._poging(
                Contactsoort.TELEFOON,
                gesproken_met=partner,
                resultaat=Belresultaat.IEMAND_ANDERS,
                notitie="Alleen naam en nummer achtergelaten.",
            )
            return
        results = (
            Belresultaat.GEEN_GEHOOR,
            Belresultaat.VOICEMAIL_NIET_INGESPROKEN,
            Belresultaat.VOICEMAIL_INGESPROKEN,
            Belresultaat.NUMMER_ONBRUIKBAAR,
        )
        self._poging(Contactsoort.TELEFOON, resultaat=self._rng.choices(results, weights=(58, 20, 16, 6))[0])

    def _bezoek(self) -> Found:
        if not self._dossier().stand.mag_langs:
            return False
        if self._chance(0.15):
            yield self._later(_OCHTEND, 2, 9)
            contact.skip_stap(
                self._vault, self._zaak, event_id=self._vault.new_id(), stap=Stap.HUISBEZOEK,
                reden="Geen tweede collega beschikbaar; er gaat een brief.",
            )  # fmt: skip
            self._brief()
            return False
        yield self._later(self._rng.choice((_OCHTEND, _MIDDAG, _MIDDAG, _AVOND)), 3, 24)
        if self._chance(_KANS_THUIS):
            yield from self._gesprek(Contactsoort.HUISBEZOEK)
            return True
        self._poging(Contactsoort.HUISBEZOEK, resultaat=Belresultaat.NIEMAND_THUIS)
        self._poging(Contactsoort.KAARTJE)
        if self._chance(0.08):
            yield self._later(_MIDDAG, 1, 5)
            self._poging(Contactsoort.TELEFOON, richting=Richting.IN, bereikt=True, notitie="Belde na het kaartje.")
            return True
        return False

    def _gesprek(self, soort: Contactsoort) -> Moments:
        """Somebody speaks; one in four asks to be called another day, and is."""
        partner = self._rng.choices(
            (Gesprekspartner.INWONER, Gesprekspartner.BEWINDVOERDER, Gesprekspartner.GEMACHTIGDE,
             Gesprekspartner.CURATOR), weights=(86, 7, 5, 2),
        )[0]  # fmt: skip
        wish = self._rng.choice(_WENSEN)
        if not self._chance(0.28):
            self._poging(soort, bereikt=True, gesproken_met=partner, resultaat=Belresultaat.GESPROKEN, notitie=wish)
            return
        promised = moment(self._rng, self._now, self._rng.choice((_OCHTEND, _MIDDAG)), days=self._rng.randint(1, 6))
        promised = promised.replace(minute=promised.minute // 15 * 15, second=0)
        self._poging(
            soort, bereikt=True, gesproken_met=partner, resultaat=Belresultaat.TERUGBELLEN, terugbellen_op=promised,
            notitie=wish,
        )  # fmt: skip
        yield promised + timedelta(minutes=self._rng.choice((0, 2, 4, 24 * 60, 3 * 24 * 60)))
        self._poging(Contactsoort.TELEFOON, bereikt=True, gesproken_met=partner, resultaat=Belresultaat.GESPROKEN)

    def _geen_contact(self) -> Moments:
        if not self._chance(0.85):
            yield self._later(_OCHTEND, 3, 8)
            self._poging(Contactsoort.SMS_WHATSAPP)
        yield self._later(_OCHTEND, 2, 6)
        self._brief()
        sent = lokale_datum(self._now)
        yield self._later(_MIDDAG, (add_working_days(sent, 10) - sent).days, 30)
        missing = Eindresultaat.GEEN_CONTACT not in self._allowed()
        while missing:  # too few calls yet: the number rang in one part of the day only
            yield self._later(_AVOND, 1, 4)
            self._poging(Contactsoort.TELEFOON, resultaat=Belresultaat.GEEN_GEHOOR)
            missing = Eindresultaat.GEEN_CONTACT not in self._allowed()
        self._close(Eindresultaat.GEEN_CONTACT, helped=False)
        if self._chance(0.05):
            yield self._later(_OCHTEND, 10, 40)
            if self._dossier().stand.gesloten_op is not None:  # else a new signal opened it meanwhile
                afsluiten.reopen_zaak(
                    self._vault, self._zaak, event_id=self._vault.new_id(), reden="De inwoner belde zelf terug."
                )
            self._poging(Contactsoort.TELEFOON, richting=Richting.IN, bereikt=True)
            yield from self._na_contact()

    # --- help -----------------------------------------------------------------------------------------------

    def _na_contact(self) -> Moments:
        if self._chance(0.25):
            yield self._later(_MIDDAG, 1, 7)
        answer = self._rng.choices(
            (Antwoord.AANVAARD, Antwoord.GEEN_HULP, Antwoord.BEDENKTIJD), weights=(33, 45, 22)
        )[0]  # fmt: skip
        self._aanbod(answer)
        if answer is Antwoord.BEDENKTIJD:
            yield self._later(_MIDDAG, 4, 14)
            if self._chance(0.3):
                self._niet_bereikt()
                yield self._later(_OCHTEND, 14, 40)
                self._close(Eindresultaat.GEEN_REACTIE_NA_CONTACT, helped=False)
                return
            self._poging(Contactsoort.TELEFOON, bereikt=True, resultaat=Belresultaat.GESPROKEN)
            answer = Antwoord.AANVAARD if self._chance(0.4) else Antwoord.GEEN_HULP
            self._aanbod(answer)
        if answer is Antwoord.GEEN_HULP:
            yield self._later(_OCHTEND, 0, 12)
            results = (Eindresultaat.REGELT_ZELF, Eindresultaat.ZELF_BETAALD, Eindresultaat.ANDER_TRAJECT)
            self._close(self._rng.choices(results, weights=(64, 30, 6))[0], helped=False)
            return
        yield from self._hulp()

    def _aanbod(self, antwoord: Antwoord) -> None:
        hulp.offer_hulpaanbod(
            self._vault, self._zaak, event_id=self._vault.new_id(), antwoord=antwoord,
            dreiging=antwoord is Antwoord.AANVAARD and self._chance(0.05),
        )  # fmt: skip

    def _hulp(self) -> Moments:
        due = self._dossier().stand.termijn or lokale_datum(self._now)
        room = max((due - lokale_datum(self._now)).days, 1)
        yield self._later(_MIDDAG, 1, room if self._chance(0.9) else room + 6)
        declined = self._chance(0.08)
        hulp.record_eerste_gesprek(self._vault, self._zaak, event_id=self._vault.new_id(), afgezien=declined)
        yield self._later(_MIDDAG, 5, 35)
        if declined:
            self._close(Eindresultaat.REGELT_ZELF, helped=False)
            return
        hulp.draw_up_plan(self._vault, self._zaak, event_id=self._vault.new_id(), plan=self._plan())
        yield self._later(_OCHTEND, 7, 40)
        result = self._rng.choices(
            (Eindresultaat.VERVOLGHULP_FINANCIEEL, Eindresultaat.ADVIES_QUICK_FIX,
             Eindresultaat.VERVOLGHULP_NIET_FINANCIEEL, Eindresultaat.VERVOLGHULP), weights=(46, 30, 12, 12),
        )[0]  # fmt: skip
        with_schuldhulp = result is Eindresultaat.VERVOLGHULP_FINANCIEEL and self._chance(0.7)
        self._close(result, helped=True, loopt=lokale_datum(self._now) if with_schuldhulp else None)

    def _plan(self) -> PlanVanAanpak:
        today = lokale_datum(self._now)
        owed = max(signaal.bedrag for signaal in self._dossier().signalen)
        others = self._rng.sample(_SCHULDEISERS, self._rng.choice((0, 1, 1, 2, 3)))
        return PlanVanAanpak(
            schulden=(
                Schuld(schuldeiser="CAK", bedrag=Bedrag(owed), regeling="in termijnen van € 25,00"),
                *(Schuld(schuldeiser=name, bedrag=Bedrag(self._rng.randint(60, 2400) * 100)) for name in others),
            ),
            inkomen_per_maand=Bedrag(self._rng.randint(1180, 2350) * 100),
            vaste_lasten_per_maand=Bedrag(self._rng.randint(760, 1500) * 100),
            afspraken=tuple(
                Afspraak(wie=wie, wat=wat, uiterlijk=today + timedelta(days=self._rng.choice((7, 14, 28))))
                for wie, wat in self._rng.sample(_AFSPRAKEN, 2)
            ),
            evaluatiedatum=today + timedelta(days=84),
        )

    # --- small steps ----------------------------------------------------------------------------------------

    @property
    def _now(self) -> datetime:
        return self._vault.clock()

    def _chance(self, share: float) -> bool:
        return self._rng.random() < share

    def _later(self, part: Dagdeel, earliest: int, latest: int) -> datetime:
        return moment(self._rng, self._now, part, days=self._rng.randint(earliest, max(earliest, latest)))

    def _dossier(self) -> Dossier:
        return load(self._vault, self._zaak)

    def _allowed(self) -> tuple[Eindresultaat, ...]:
        return toegestaan(self._dossier(), instellingen.load(self._vault.connection), self._now)

    def _poging(
        self,
        soort: Contactsoort,
        *,
        bereikt: bool = False,
        gesproken_met: Gesprekspartner | None = None,
        richting: Richting = Richting.UIT,
        resultaat: Belresultaat | None = None,
        terugbellen_op: datetime | None = None,
        notitie: str = "",
    ) -> None:
        contact.record_contactpoging(
            self._vault, self._zaak, event_id=self._vault.new_id(), contactsoort=soort, bereikt=bereikt,
            gesproken_met=gesproken_met, richting=richting, resultaat=resultaat, terugbellen_op=terugbellen_op,
            notitie=notitie,
        )  # fmt: skip

    def _brief(self) -> None:
        """A letter goes in the post: the one that explains a call, or the first when nobody could call."""
        soort = "waarom-wij-belden" if self._dossier().stand.pogingen else "eerste-brief"
        if send_letter(self._vault, self._zaak, soort):
            self._poging(Contactsoort.BRIEF)

    def _close(self, result: Eindresultaat, *, helped: bool | None = None, loopt: date | None = None) -> None:
        other = "Andere hulpverlener neemt het over; de inwoner is akkoord."
        afsluiten.close_zaak(
            self._vault, self._zaak, event_id=self._vault.new_id(), eindresultaat=result, hulp_aanvaard=helped,
            schuldhulp_loopt=loopt, bevestigd_door="J. Bos, schuldhulp" if loopt else "",
            notitie=other if result is Eindresultaat.ANDER_TRAJECT else "",
        )  # fmt: skip
