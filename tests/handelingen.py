"""Anything a worker can do to a vault, as small numbers that Hypothesis can draw and shrink."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from hypothesis import strategies as st

from db.errors import RegelOvertreding
from db.journal import TEAM
from db.model.bedrag import Bedrag
from db.model.codes import (
    Antwoord,
    Bekendheid,
    Belresultaat,
    Bezoekdoel,
    BrpUitkomst,
    Contactsoort,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Gelukt,
    Gesprekspartner,
    Identiteitsbewijs,
    Oordeel,
    Richting,
    Rol,
    Stap,
    Uitkomst,
    Weigergrond,
    Woonsituatie,
)
from db.model.gebeurtenis import (
    AnyInhoud,
    BriefGemaakt,
    BriefVerzonden,
    Entry,
    IdentiteitGecontroleerd,
    InzageVerstrekt,
    LeveringOntvangen,
    MedewerkerToegevoegd,
    RijAfgewezen,
    SignaalGewijzigd,
    SignaalIngetrokken,
)
from db.model.ids import uuid5
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.model.situatie import Situatie, VeiligContact, Veiligheidsgrens
from db.queries import brieven
from db.queries import dossier as dossiers
from db.queries import terugbellen as terugbellen_queries
from db.vault import Vault
from desktop.casework import (
    afsluiten,
    bezoek,
    contact,
    hulp,
    instellingen,
    inzien,
    ongedaan,
    outcomes,
    signalen,
    situatie,
    terugbellen,
)
from desktop.casework.kalender import lokale_datum
from desktop.exchange import terugmeldbestand
from tests import factories
from tests.vaults import LEVERING, Klok, a_signal, receive

T = TypeVar("T")


class Handeling:
    """One step: its name, and three numbers by which it chooses among what there is."""

    def __init__(self, naam: str, numbers: tuple[int, int, int]) -> None:
        self.naam = naam
        self.numbers = numbers

    def __repr__(self) -> str:
        return f"{self.naam}{self.numbers}"

    def do(self, vault: Vault, klok: Klok) -> bool:
        """Do it on a vault; False when a rule of the workflow forbids it now, or there is nothing to do it to."""
        klok.turn(minutes=1 + self.numbers[2] * 7)
        try:
            return _STEPS[self.naam](vault, *self.numbers) is not _NOTHING
        except RegelOvertreding:
            return False


_NOTHING = object()
Step = Callable[[Vault, int, int, int], object]


def _pick(choices: list[T] | tuple[T, ...], number: int) -> T:
    return choices[number % len(choices)]


def _zaken(vault: Vault) -> list[UUID]:
    return [UUID(bytes=row[0]) for row in vault.connection.execute("SELECT id FROM zaak ORDER BY id")]


def _signalen(vault: Vault) -> list[UUID]:
    return [UUID(bytes=row[0]) for row in vault.connection.execute("SELECT id FROM signaal ORDER BY id")]


def _record(vault: Vault, dossier: UUID, inhoud: AnyInhoud) -> object:
    entry = Entry(id=vault.new_id(), dossier=dossier, op=vault.clock(), inhoud=inhoud)
    return vault.journal.append([entry], door=vault.door)


def _ontvangen(vault: Vault, a: int, b: int, _: int) -> object:
    known = set(_signalen(vault))
    numbers = [number % 12 for number in range(a, a + b % 3 + 1) if a_signal(number % 12).dossier not in known]
    return receive(vault, numbers) if numbers else _NOTHING


def _gewijzigd(vault: Vault, a: int, b: int, _: int) -> object:
    signaal = a_signal(a % 12)
    if signaal.dossier not in _signalen(vault):
        return _NOTHING
    changed = factories.signaal(id=signaal.id, bedrag=Bedrag(signaal.bedrag + b + 1))
    return _record(vault, signaal.dossier, SignaalGewijzigd(signaal=changed, levering=LEVERING))


def _ingetrokken(vault: Vault, a: int, _: int, __: int) -> object:
    signaal = a_signal(a % 12).dossier
    if signaal not in _signalen(vault):
        return _NOTHING
    return _record(vault, signaal, SignaalIngetrokken(datum=lokale_datum(vault.clock()), levering=LEVERING))


def _levering(vault: Vault, a: int, b: int, c: int) -> object:
    delivery = uuid5(LEVERING, str(a % 3))
    inhoud = LeveringOntvangen(
        bron="Centraal Meldpunt", extern_id=f"CM-{a % 3}", geaccepteerd=b, niet_toegelaten=c, onleesbaar=0,
        al_bekend=1, gewijzigd=0,
    )  # fmt: skip
    return _record(vault, delivery, inhoud)


def _rij(vault: Vault, a: int, b: int, _: int) -> object:
    inhoud = RijAfgewezen(
        levering=LEVERING, rij=a, signaal=f"CM-9{a:05d}", uitkomst=_pick(tuple(Uitkomst), b), reden="ONDER_DREMPEL",
        waarden={"achternaam": "Weiß"},
    )  # fmt: skip
    return _record(vault, uuid5(LEVERING, f"rij {a % 5}"), inhoud)


def _oppakken(vault: Vault, a: int, b: int, _: int) -> object:
    known = _signalen(vault)
    chosen = [_pick(known, a + extra) for extra in range(b % 2 + 1)] if known else []
    return signalen.accept(vault, chosen) or _NOTHING


def _weigeren(vault: Vault, a: int, b: int, _: int) -> object:
    waiting = "SELECT id FROM signaal WHERE zaak IS NULL AND geweigerd IS NULL ORDER BY id"
    known = [UUID(bytes=row[0]) for row in vault.connection.execute(waiting)]
    if not known:
        return _NOTHING
    return signalen.refuse(
        vault, _pick(known, a), event_id=vault.new_id(), grond=_pick(tuple(Weigergrond), b),
        brp_datum=date(2024, 5, 1), notitie="Klopt niet.",
    )  # fmt: skip


def _on_zaak(step: Callable[[Vault, UUID, int, int], object]) -> Step:
    def chosen(vault: Vault, a: int, b: int, c: int) -> object:
        zaken = _zaken(vault)
        return step(vault, _pick(zaken, a), b, c) if zaken else _NOTHING

    return chosen


def _contact(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    return contact.record_contactpoging(
        vault,
        zaak,
        event_id=vault.new_id(),
        contactsoort=_pick(tuple(Contactsoort), b),
        bereikt=bool(c & 1),
        gesproken_met=_pick((None, *Gesprekspartner), c),
        richting=_pick(tuple(Richting), b + c),
        resultaat=_pick((None, *Belresultaat), b),
        terugbellen_op=vault.clock() + timedelta(days=3) if c % 5 == 0 else None,
        op=vault.clock() - timedelta(hours=c, microseconds=b),
        notitie="Belt terug.\x00" * (b % 2),
    )


def _bellen(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    return contact.record_contactpoging(
        vault, zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=b % 3 == 0,
        op=vault.clock() - timedelta(hours=c),
    )  # fmt: skip


def _brp(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    return contact.record_brp(vault, zaak, event_id=vault.new_id(), uitkomst=_pick(tuple(BrpUitkomst), b))


def _bekend(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    return contact.record_bekendheid(
        vault, zaak, event_id=vault.new_id(), schuldhulp=_pick(tuple(Bekendheid), b),
        eerder_gemeld=_pick(tuple(Bekendheid), c), volgens="M. Weiß",
    )  # fmt: skip


def _overslaan(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    return contact.skip_stap(vault, zaak, event_id=vault.new_id(), stap=_pick(tuple(Stap), b), reden="Kan niet.")


def _aanbod(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    antwoord = _pick((Antwoord.AANVAARD, *Antwoord, None), b)
    return hulp.offer_hulpaanbod(vault, zaak, event_id=vault.new_id(), antwoord=antwoord, dreiging=c % 4 == 0)


def _gesprek(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    return hulp.record_eerste_gesprek(vault, zaak, event_id=vault.new_id(), afgezien=b % 4 == 0)


def _plan(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    due = lokale_datum(vault.clock()) + timedelta(days=b)
    made = tuple(Afspraak(wie="inwoner", wat="belt", uiterlijk=due, gedaan=bool(c % 3)) for _ in range(c % 3))
    plan = PlanVanAanpak(
        schulden=(Schuld(schuldeiser="CAK", bedrag=Bedrag(b)),), afspraken=made, evaluatiedatum=due if b % 2 else None
    )
    return hulp.draw_up_plan(vault, zaak, event_id=vault.new_id(), plan=plan)


def _afsluiten(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    found = dossiers.load(vault.connection, zaak)
    if found is None:
        return _NOTHING
    allowed = outcomes.toegestaan(found, instellingen.load(vault.connection), vault.clock())
    return afsluiten.close_zaak(
        vault, zaak, event_id=vault.new_id(), eindresultaat=_pick(allowed or tuple(Eindresultaat), b),
        hulp_aanvaard=_pick((None, True, False), c), schuldhulp_loopt=date(2024, 4, 1) if c % 2 else None,
        bevestigd_door="M. Weiß", reden=Weigergrond.GEEN_CAPACITEIT, notitie="Afgerond.",
    )  # fmt: skip


def _heropenen(vault: Vault, zaak: UUID, _: int, __: int) -> object:
    return afsluiten.reopen_zaak(vault, zaak, event_id=vault.new_id(), reden="Belde terug.")


def _inzien(vault: Vault, zaak: UUID, _: int, __: int) -> object:
    return inzien.open_dossier(vault, zaak, scherm="zaak")


def _brief(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    return _record(vault, zaak, BriefGemaakt(brief="kaartje", tekstversie=f"{b:04x}"))


def _verzonden(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    made = brieven.of_zaak(vault.connection, zaak)
    if not made:
        return _NOTHING
    letter = made[b % len(made)]
    return _record(vault, zaak, BriefVerzonden(gemaakt=letter.id, brief=letter.soort, privacytekst=c % 2 == 0))


def _inzage(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    proof = _pick(tuple(Identiteitsbewijs), b)
    _record(vault, zaak, IdentiteitGecontroleerd(identiteit=proof))
    return _record(vault, zaak, InzageVerstrekt(nummer=f"I-{b}", identiteit=proof))


def _bezoek(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    return bezoek.plan_bezoek(
        vault, zaak, event_id=vault.new_id(), datum=lokale_datum(vault.clock()) + timedelta(days=c),
        dagdeel=_pick(tuple(Dagdeel), b), doel=_pick(tuple(Bezoekdoel), c), tijd="14:30" if b % 2 else "",
        aangekondigd=bool(c % 2), met="T. Visser" if b % 3 else "",
    )  # fmt: skip


def _afzeggen(vault: Vault, zaak: UUID, _: int, __: int) -> object:
    return bezoek.cancel_bezoek(vault, zaak, event_id=vault.new_id(), reden="Ziek.")


def _situatie(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    limit = Veiligheidsgrens(reden="Hond.", herzien_op=lokale_datum(vault.clock()) + timedelta(days=90))
    found = Situatie(
        woonsituatie=_pick((None, *Woonsituatie), b),
        tolk=bool(b % 2),
        veilig_contact=VeiligContact(
            wanneer=Dagdelen(b % 64 if c % 2 else 0), telefoonnummer="050-5550188" if b % 3 == 0 else ""
        ),
        niet_bezoeken=limit if c % 5 == 1 else None,
        niet_alleen=limit if c % 5 == 2 else None,
        afgeschermd=c % 5 == 3,
    )
    return situatie.record_situatie(vault, zaak, event_id=vault.new_id(), situatie=found)


def _adres(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    if b % 2:
        return situatie.reveal_adres(vault, zaak, event_id=vault.new_id(), reden="Brief kwam terug.")
    return situatie.record_adrescontrole(
        vault, zaak, event_id=vault.new_id(), door_wie="T. Visser", akkoord=bool(b % 4)
    )


def _notitie(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    return contact.record_notitie(vault, zaak, event_id=vault.new_id(), tekst=f"Notitie {b}")


def _afspraak(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    found = dossiers.load(vault.connection, zaak)
    current = hulp.current_plan(found) if found else None
    versie = current.versie if current else 1
    return hulp.check_afspraak(
        vault, zaak, event_id=vault.new_id(), versie=versie, nummer=b % 2 + 1, gedaan=bool(c % 2)
    )


def _geld(vault: Vault, zaak: UUID, b: int, c: int) -> object:
    later = lokale_datum(vault.clock()) + timedelta(days=c) if c % 2 else None
    match b % 3:
        case 0:
            return hulp.record_cak_gebeld(
                vault, zaak, event_id=vault.new_id(), bedrag_per_maand=Bedrag(2_500), nakijken_op=later
            )
        case 1:
            return hulp.check_regeling(
                vault, zaak, event_id=vault.new_id(), gelukt=_pick(tuple(Gelukt), c), nakijken_op=later
            )
        case _:
            return hulp.record_eigen_bijdrage(
                vault, zaak, event_id=vault.new_id(), rekening_klopt=_pick((None, *Oordeel), c)
            )


def _nazorg(vault: Vault, zaak: UUID, b: int, _: int) -> object:
    return afsluiten.record_nazorg(vault, zaak, event_id=vault.new_id(), gelukt=_pick(tuple(Gelukt), b))


def _ongedaan(vault: Vault, zaak: UUID, _: int, __: int) -> object:
    now = vault.clock()
    found = dossiers.load(vault.connection, zaak)
    if found is None or not ongedaan.last_action(found, vault.door, now):
        # The clock of these tests turns by minutes: act first, then take that back.
        contact.record_notitie(vault, zaak, event_id=vault.new_id(), tekst="Vergissing.")
    return ongedaan.undo(vault, zaak, event_id=vault.new_id())


def _verzoek(vault: Vault, a: int, b: int, c: int) -> object:
    open_requests = terugbellen_queries.waiting(vault.connection)
    if not open_requests or c % 2:
        return terugbellen.note_terugbelverzoek(
            vault, event_id=vault.new_id(), naam=f"Beller {a}", telefoonnummer=f"050-55501{b:02d}"
        )
    zaken = _zaken(vault)
    return terugbellen.settle_terugbelverzoek(
        vault, _pick(open_requests, a).id, event_id=vault.new_id(), zaak=_pick(zaken, b) if zaken else None
    )


def _terugmelden(vault: Vault, _: int, __: int, ___: int) -> object:
    return terugmeldbestand.write(vault, date(2024, 1, 1), date(2026, 12, 31), save=lambda _: None)


def _instelling(vault: Vault, a: int, b: int, _: int) -> object:
    return instellingen.change(vault, _pick(("pogingen", "gesprek_weken"), a), str(b % 4 + 1))


def _medewerker(vault: Vault, a: int, b: int, _: int) -> object:
    inhoud = MedewerkerToegevoegd(
        medewerker=uuid5(LEVERING, f"m{a % 3}"), naam=f"Collega {b}", rol=_pick(tuple(Rol), b)
    )
    return _record(vault, TEAM, inhoud)


_STEPS: dict[str, Step] = {
    "ontvangen": _ontvangen,
    "oppakken": _oppakken,
    "bellen": _on_zaak(_bellen),
    "contact": _on_zaak(_contact),
    "aanbod": _on_zaak(_aanbod),
    "afsluiten": _on_zaak(_afsluiten),
    "nazorg": _on_zaak(_nazorg),
    "heropenen": _on_zaak(_heropenen),
    "gesprek": _on_zaak(_gesprek),
    "plan": _on_zaak(_plan),
    "brp": _on_zaak(_brp),
    "bekend": _on_zaak(_bekend),
    "overslaan": _on_zaak(_overslaan),
    "inzien": _on_zaak(_inzien),
    "bezoek": _on_zaak(_bezoek),
    "afzeggen": _on_zaak(_afzeggen),
    "situatie": _on_zaak(_situatie),
    "adres": _on_zaak(_adres),
    "notitie": _on_zaak(_notitie),
    "afspraak": _on_zaak(_afspraak),
    "geld": _on_zaak(_geld),
    "ongedaan": _on_zaak(_ongedaan),
    "verzoek": _verzoek,
    "brief": _on_zaak(_brief),
    "verzonden": _on_zaak(_verzonden),
    "inzage": _on_zaak(_inzage),
    "gewijzigd": _gewijzigd,
    "ingetrokken": _ingetrokken,
    "levering": _levering,
    "rij": _rij,
    "weigeren": _weigeren,
    "terugmelden": _terugmelden,
    "instelling": _instelling,
    "medewerker": _medewerker,
}

NAMEN = tuple(_STEPS)
_OFTEN = (
    "ontvangen",
    "oppakken",
    "oppakken",
    "bellen",
    "bellen",
    "contact",
    "aanbod",
    "gesprek",
    "afsluiten",
    "heropenen",
)
_small = st.integers(0, 40)

handelingen = st.builds(Handeling, st.sampled_from((*_OFTEN, *NAMEN)), st.tuples(_small, _small, _small))
"""Any step; those on which the others depend come up more often."""
