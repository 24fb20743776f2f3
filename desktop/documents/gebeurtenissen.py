"""Every kind of event in Dutch words (B1), whole: a title and its fields as label and value.

The inzage and the timeline read this one table: a title speaks to resident and worker alike, and so addresses
neither; fields are worded for the resident. It knows nothing of PDF. A field that has no place here must be named in
`ZONDER_PLAATS` with its reason; a test walks every kind and every field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any

import msgspec

from db.model import gebeurtenis as g
from db.model.bedrag import euro
from db.model.codes import Huisgenoot, Richting, Zekerheid
from db.model.inwoner import Inwoner
from db.model.plan import PlanVanAanpak
from db.model.signaal import Signaal
from db.model.situatie import Situatie
from desktop.casework.rulebook import regelboek
from desktop.documents.briefsoorten import titel_van
from desktop.documents.woorden import dag, dagdelen, ja_nee, moment, reden, woord

Veld = tuple[str, str]


class Beschrijving(msgspec.Struct, frozen=True):
    """An event in words: what happened, and every field of it that has a value."""

    titel: str
    velden: tuple[Veld, ...] = ()


ZONDER_PLAATS = MappingProxyType(
    {
        "SignaalOntvangen.levering": "which file it came in; says nothing about the resident",
        "SignaalOntvangen.rij": "the line in that file",
        "RijAfgewezen.levering": "which file it came in",
        "RijHersteld.naar": "what it became stands in the inzage under its own number",
        "InwonerGecorrigeerd.signaal": "the signal stands in the inzage under its own number",
        "SignaalGewijzigd.levering": "which file it came in",
        "SignaalIngetrokken.levering": "which file it came in",
        "PersoonHerkend.ander": "another signal: it stands in the inzage itself when it is the resident's",
        "PersoonHerkend.persoon": "a number for the computer",
        "PersoonBeslist.ander": "another signal: it stands in the inzage itself when it is the resident's",
        "PersoonBeslist.persoon": "a number for the computer",
        "SignaalGeaccepteerd.zaak": "the zaak stands in the inzage under its number",
        "ZaakGeopend.signaal": "the signal stands in the inzage under its own number",
        "ZaakGeopend.inwoner_id": "made from klantnummer and birth date, which stand in the inzage",
        "BezoekGepland.met": "a colleague: the inzage tells roles, not names",
        "AdresGecontroleerd.door_wie": "a colleague: the inzage tells roles, not names",
        "ZaakGeopend.behandelaar": "a colleague: the inzage tells roles, not names",
        "SignaalToegevoegd.signaal": "the signal stands in the inzage under its own number",
        "ZaakHeropend1.ingetrokken": "the messages stand in the inzage with their state",
        "ZaakHeropend.ingetrokken": "the messages stand in the inzage with their state",
        "OngedaanGemaakt.gebeurtenissen": "numbers for the computer; what was undone stands in the inzage and says so",
        "TerugbelverzoekAfgehandeld.zaak": "the zaak stands in the inzage under its number",
        "TerugmeldingVerzonden.levering": "which file it left in",
        "TerugmeldingVerzonden.terugmeldingen": "the messages stand in the inzage with their state",
        "Terugmelding.id": "a number for the computer",
        "Terugmelding.vervangt": "a number for the computer",
        "BriefVerzonden.gemaakt": "the letter stands in the inzage as it was made",
        "BriefGemaakt.tekstversie": "which version of the standard text was used",
        "MedewerkerToegevoegd.medewerker": "a number for the computer",
    }
)
"""Fields without a line of their own, each with the reason."""


def beschrijf(gebeurtenis: g.Gebeurtenis) -> Beschrijving:
    """A recorded event in words; an erased one, or one of a newer program, says so."""
    if gebeurtenis.inhoud is not None:
        return beschrijf_inhoud(gebeurtenis.inhoud)
    if gebeurtenis.soort in g.SOORTEN.values():
        return Beschrijving("Gewist", (("Wat", "De inhoud is gewist."),))
    return Beschrijving("Nog niet te lezen", (("Wat", "Hiervoor is een nieuwere versie van het programma nodig."),))


def beschrijf_inhoud(inhoud: g.AnyInhoud) -> Beschrijving:
    """The payload of an event in words."""
    titel, fields = _BESCHRIJVINGEN[type(inhoud)]
    return Beschrijving(
        titel(inhoud) if callable(titel) else titel, tuple((label, value) for label, value in fields(inhoud) if value)
    )


def velden_van_inwoner(inwoner: Inwoner) -> Iterator[Veld]:
    """Who it is about, field by field."""
    yield "Voorletters", inwoner.voorletters
    yield "Voorvoegsel", inwoner.voorvoegsel
    yield "Achternaam", inwoner.achternaam
    yield "Geboortedatum", dag(inwoner.geboortedatum)
    yield "Straat", inwoner.straatnaam
    yield "Huisnummer", inwoner.huisnummer
    yield "Huisletter", inwoner.huisletter
    yield "Toevoeging", inwoner.huisnummertoevoeging
    yield "Postcode", inwoner.postcode
    yield "Plaats", inwoner.plaatsnaam
    yield "Telefoonnummer", inwoner.telefoonnummer
    yield "E-mailadres", inwoner.emailadres


def velden_van_signaal(signaal: Signaal) -> Iterator[Veld]:
    """What the source reported, field by field."""
    yield "Nummer van het signaal", signaal.id
    yield "Gekregen via", signaal.bron
    yield "Van wie", signaal.signaalpartner.value
    yield "Soort rekening", regelboek().omschrijving(signaal.soort)
    yield "Datum van het signaal", dag(signaal.signaaldatum)
    yield "Oudste rekening", dag(signaal.ontstaansdatum)
    yield "Bedrag", euro(signaal.bedrag)
    yield "Klantnummer", signaal.klantnummer
    yield from velden_van_inwoner(signaal.inwoner)


def velden_van_plan(plan: PlanVanAanpak) -> Iterator[Veld]:
    """A plan van aanpak, line by line."""
    for schuld in plan.schulden:
        yield (
            "Schuld",
            f"{schuld.schuldeiser}: {euro(schuld.bedrag)}" + (f" ({schuld.regeling})" * bool(schuld.regeling)),
        )
    if plan.inkomen_per_maand is not None:
        yield "Inkomen per maand", euro(plan.inkomen_per_maand)
    if plan.vaste_lasten_per_maand is not None:
        yield "Vaste lasten per maand", euro(plan.vaste_lasten_per_maand)
    for afspraak in plan.afspraken:
        done = ", gedaan" if afspraak.gedaan else ""
        yield "Afspraak", f"{afspraak.wie}: {afspraak.wat} (uiterlijk {dag(afspraak.uiterlijk)}{done})"
    if plan.evaluatiedatum:
        yield "Kijken hoe het gaat", dag(plan.evaluatiedatum)
    yield "Toelichting", plan.toelichting


def velden_van_situatie(situatie: Situatie) -> Iterator[Veld]:
    """How to call, write and visit, field by field."""
    yield "U woont", woord(situatie.woonsituatie)
    yield "Naam van de instelling", situatie.instelling
    yield "Wie bij u wonen", _roles(situatie.huishouden)
    for acting in situatie.vertegenwoordigers:
        yield "Wie voor u opkomt", f"{acting.naam}, {woord(acting.hoedanigheid)}"
        yield "Telefoonnummer van die persoon", acting.telefoonnummer
        yield "Adres van die persoon", acting.adres
        yield "Post naar die persoon", ja_nee(acting.post)
    yield "Tolk nodig", ja_nee(situatie.tolk)
    yield "Taal van de tolk", situatie.tolktaal
    contact = situatie.veilig_contact
    yield "Wanneer wij mogen bellen", dagdelen(contact.wanneer)
    yield "Nummer dat u zelf gaf", contact.telefoonnummer
    yield "Voicemail inspreken mag", ja_nee(contact.voicemail)
    yield "Wie mag opnemen", _roles(contact.neemt_op)
    yield "Waar wij op letten bij bellen", contact.let_op
    for titel, limit in (
        ("Wij gaan niet langs", situatie.niet_bezoeken),
        ("Wij gaan niet alleen langs", situatie.niet_alleen),
    ):
        if limit is not None:
            yield titel, f"{limit.reden} (wij kijken dit opnieuw na op {dag(limit.herzien_op)})"
    yield "Adres is afgeschermd", ja_nee(situatie.afgeschermd)
    yield "Uw wensen", situatie.wensen


def _roles(people: Iterable[Huisgenoot]) -> str:
    return ", ".join(map(woord, people))


def velden_van_terugmelding(bericht: g.Terugmelding) -> Iterator[Veld]:
    """What leaves for the CAK about one signal."""
    yield "Bericht aan het CAK", f"“{woord(bericht.code)}” (code {bericht.code.value})"
    yield "Over signaal", bericht.signaal
    yield "Met uw klantnummer", bericht.klantnummer
    yield "Met datum", dag(bericht.datum)


def _kluis(inhoud: g.KluisGemaakt) -> Iterator[Veld]:
    yield "Gemeente", inhoud.gemeentecode
    yield "Proef", ja_nee(inhoud.proef)


def _medewerker(inhoud: g.MedewerkerToegevoegd) -> Iterator[Veld]:
    yield "Naam", inhoud.naam
    yield "Rol", woord(inhoud.rol)


def _instelling(inhoud: g.InstellingGewijzigd) -> Iterator[Veld]:
    yield "Instelling", inhoud.naam
    yield "Nieuw", inhoud.waarde
    yield "Was", inhoud.was


def _reservekopie(inhoud: g.ReservekopieGemaakt) -> Iterator[Veld]:
    yield "Gebeurtenissen", str(inhoud.gebeurtenissen)


def _wachtwoord(inhoud: g.WachtwoordVervangen) -> Iterator[Veld]:
    yield "Met herstelsleutel", "ja" if inhoud.herstelsleutel else "nee"


def _levering(inhoud: g.LeveringOntvangen) -> Iterator[Veld]:
    yield "Gekregen via", inhoud.bron
    yield "Nummer", inhoud.extern_id
    yield "Gemaakt", moment(inhoud.aangemaakt) if inhoud.aangemaakt else ""
    yield "Aangenomen", str(inhoud.geaccepteerd)
    yield "Niet toegelaten", str(inhoud.niet_toegelaten)
    yield "Niet leesbaar", str(inhoud.onleesbaar)
    yield "Al bekend", str(inhoud.al_bekend)
    yield "Gewijzigd", str(inhoud.gewijzigd)
    yield "Weggelaten", ", ".join(f"{name} ({count} keer)" for name, count in sorted(inhoud.weggelaten.items()))


def _signaal(inhoud: g.SignaalOntvangen) -> Iterator[Veld]:
    yield from velden_van_signaal(inhoud.signaal)
    yield "Mag volgens", f"artikel {inhoud.artikel}"
    yield "Oudste rekening is", f"{inhoud.maanden} maanden oud (minimaal {inhoud.minimum_maanden} maanden)"
    yield "Bedrag moet zijn", f"minimaal {euro(inhoud.drempel)}"
    yield "Eerst in bakje", woord(inhoud.bak)
    yield "Al bekend bij schuldhulp", woord(inhoud.schuldhulp)
    yield "Al eerder gemeld", woord(inhoud.eerder_gemeld)


def _rij(inhoud: g.RijAfgewezen) -> Iterator[Veld]:
    yield "Regel in het bestand", str(inhoud.rij)
    yield "Nummer van het signaal", inhoud.signaal
    yield "Uitkomst", woord(inhoud.uitkomst)
    yield "Reden", reden(inhoud.reden)
    yield "Artikel", inhoud.artikel
    yield "Veld", inhoud.veld
    yield "Gevonden", inhoud.gevonden
    yield "Nodig", inhoud.vereist
    for name, value in sorted(inhoud.waarden.items()):
        yield name.capitalize(), value


def _hersteld(inhoud: g.RijHersteld) -> Iterator[Veld]:
    for name, value in sorted(inhoud.waarden.items()):
        yield name.capitalize(), value


def _quotum(inhoud: g.QuotumToegepast) -> Iterator[Veld]:
    yield "Soort rekening", regelboek().omschrijving(inhoud.debtsoort)
    yield "Maand", inhoud.maand
    yield "Vast aantal per maand", str(inhoud.vast_aantal)
    yield "Eerder in deze maand", str(inhoud.gebruikt)
    yield "Nu gekozen", str(inhoud.gekozen)
    yield "Wachten nog", str(inhoud.wachten)
    yield "Hoe gekozen", woord(inhoud.regel)


def _correctie(inhoud: g.CorrectieGekozen) -> Iterator[Veld]:
    yield "Overgenomen", ja_nee(inhoud.overgenomen)
    yield from velden_van_signaal(inhoud.signaal)
    yield "Mag volgens", f"artikel {inhoud.artikel}"
    yield "Oudste rekening is", f"{inhoud.maanden} maanden oud (minimaal {inhoud.minimum_maanden} maanden)"
    yield "Bedrag moet zijn", f"minimaal {euro(inhoud.drempel)}"


def _vrijgegeven(inhoud: g.SignaalVrijgegeven) -> Iterator[Veld]:
    yield "Telt mee in maand", inhoud.maand
    yield "Waarom", woord(inhoud.reden)


def _inwoner(inhoud: g.InwonerGecorrigeerd) -> Iterator[Veld]:
    yield from velden_van_inwoner(inhoud.inwoner)


def _gewijzigd(inhoud: g.SignaalGewijzigd) -> Iterator[Veld]:
    yield from velden_van_signaal(inhoud.signaal)


def _ingetrokken(inhoud: g.SignaalIngetrokken) -> Iterator[Veld]:
    yield "Ingetrokken op", dag(inhoud.datum)


def _herkend_titel(inhoud: g.PersoonHerkend) -> str:
    sure = inhoud.zekerheid is Zekerheid.ZEKER
    return "Herkend als dezelfde inwoner" if sure else "Misschien dezelfde inwoner"


def _herkend(inhoud: g.PersoonHerkend) -> Iterator[Veld]:
    yield "Hoe zeker", woord(inhoud.zekerheid)
    yield "Waarom", "; ".join(map(woord, inhoud.redenen))


def _beslist(inhoud: g.PersoonBeslist) -> Iterator[Veld]:
    yield "Dezelfde inwoner", ja_nee(inhoud.zelfde)


def _op_lijst(inhoud: g.BekendOpLijst) -> Iterator[Veld]:
    yield "Lijst", inhoud.lijst
    yield "Lijst van", dag(inhoud.geladen_op)


def _ook_gemeld(inhoud: g.OokGemeld) -> Iterator[Veld]:
    yield "Soort rekening", regelboek().omschrijving(inhoud.debtsoort)
    yield "Bedrag", euro(inhoud.bedrag)
    yield "Datum van het signaal", dag(inhoud.signaaldatum)
    yield "Hoe wij u herkenden", woord(inhoud.herkend_aan)


def _geweigerd(inhoud: g.SignaalGeweigerd) -> Iterator[Veld]:
    yield "Waarom", woord(inhoud.grond)
    yield "Wat wij opschreven", inhoud.status.value
    yield "Notitie", inhoud.notitie
    yield "Adres gecontroleerd op", dag(inhoud.brp_datum) if inhoud.brp_datum else ""
    yield from velden_van_terugmelding(inhoud.terugmelding)


def _zaak(inhoud: g.ZaakGeopend) -> Iterator[Veld]:
    yield "Nummer van de zaak", inhoud.nummer
    yield "Soort rekening", regelboek().omschrijving(inhoud.debtsoort)
    yield "Signaal gekregen", moment(inhoud.ontvangen_op)
    yield "Contact zoeken vóór", dag(inhoud.contact_voor)
    yield from velden_van_inwoner(inhoud.inwoner)


def _contact_titel(inhoud: g.ContactpogingGedaan) -> str:
    hoe = {"Telefoon": "Gebeld", "Huisbezoek": "Huisbezoek", "Brief": "Brief", "Kaartje": "Kaartje"}
    if inhoud.richting is Richting.IN:
        return "De inwoner zocht contact"
    return hoe.get(inhoud.contactsoort.value, "Contact gezocht")


def _contact(inhoud: g.ContactpogingGedaan) -> Iterator[Veld]:
    yield "Hoe", woord(inhoud.contactsoort)
    yield "Wie zocht contact", woord(inhoud.richting)
    yield "Contact gelukt", ja_nee(inhoud.bereikt)
    yield "Gesproken", woord(inhoud.gesproken_met)
    yield "Uitkomst", woord(inhoud.resultaat)
    yield "Wanneer", dagdelen(inhoud.dagdeel)
    yield "Afgesproken te bellen", moment(inhoud.terugbellen_op) if inhoud.terugbellen_op else ""
    yield "Notitie", inhoud.notitie


def _bezoek(inhoud: g.BezoekGepland) -> Iterator[Veld]:
    yield "Waarvoor", woord(inhoud.doel)
    yield "Op", dag(inhoud.datum)
    yield "Wanneer", woord(inhoud.dagdeel)
    yield "Hoe laat", inhoud.tijd
    yield "Vooraf gemeld", ja_nee(inhoud.aangekondigd)
    yield "Wie gaat mee", "een collega" if inhoud.met else ""


def _afgezegd(inhoud: g.BezoekAfgezegd) -> Iterator[Veld]:
    yield "Reden", inhoud.reden


def _situatie(inhoud: g.SituatieVastgelegd) -> Iterator[Veld]:
    yield from velden_van_situatie(inhoud.situatie)


def _adres_getoond(inhoud: g.AdresGetoond) -> Iterator[Veld]:
    yield "Reden", inhoud.reden


def _adres_gecontroleerd(inhoud: g.AdresGecontroleerd) -> Iterator[Veld]:
    yield "Door wie", "een collega"
    yield "Bezoek en post mogen", ja_nee(inhoud.akkoord)
    yield "Notitie", inhoud.notitie


def _notitie(inhoud: g.NotitieGemaakt) -> Iterator[Veld]:
    yield "Notitie", inhoud.tekst


def _nagekeken(inhoud: g.AfspraakNagekeken) -> Iterator[Veld]:
    yield "Afspraak", f"nummer {inhoud.nummer} van versie {inhoud.versie} van het plan"
    yield "Gedaan", ja_nee(inhoud.gedaan)
    yield "Notitie", inhoud.notitie


def _cak(inhoud: g.CakGebeld) -> Iterator[Veld]:
    yield "Bedrag per maand", euro(inhoud.bedrag_per_maand) if inhoud.bedrag_per_maand is not None else ""
    yield "Eerste betaling", dag(inhoud.eerste_datum) if inhoud.eerste_datum else ""
    yield "Wij kijken dit na op", dag(inhoud.nakijken_op) if inhoud.nakijken_op else ""
    yield "Notitie", inhoud.notitie


def _regeling(inhoud: g.RegelingNagekeken) -> Iterator[Veld]:
    yield "Gelukt", woord(inhoud.gelukt)
    yield "Wij kijken dit opnieuw na op", dag(inhoud.nakijken_op) if inhoud.nakijken_op else ""
    yield "Notitie", inhoud.notitie


def _eigen_bijdrage(inhoud: g.EigenBijdrageNagekeken) -> Iterator[Veld]:
    yield "Klopt de rekening", woord(inhoud.rekening_klopt)
    yield "Is de zorg gestopt", woord(inhoud.zorg_gestopt)
    yield "Kan een lager inkomen meetellen (peiljaarverlegging)", woord(inhoud.peiljaarverlegging)
    yield "Kan bijzondere bijstand helpen", woord(inhoud.bijzondere_bijstand)
    yield "Notitie", inhoud.notitie


def _belofte_titel(inhoud: g.BelofteVastgelegd) -> str:
    return "Beloofd te bellen" if inhoud.bellen_op else "Bellen is niet meer nodig"


def _belofte(inhoud: g.BelofteVastgelegd) -> Iterator[Veld]:
    yield "Wij bellen u op", moment(inhoud.bellen_op) if inhoud.bellen_op else ""


def _nazorg(inhoud: g.NazorgGedaan) -> Iterator[Veld]:
    yield "Is het gelukt", woord(inhoud.gelukt)
    yield "Notitie", inhoud.notitie


def _ongedaan(inhoud: g.OngedaanGemaakt) -> Iterator[Veld]:
    yield "Hoeveel", str(len(inhoud.gebeurtenissen))


def _terugbelverzoek(inhoud: g.TerugbelverzoekGenoteerd) -> Iterator[Veld]:
    yield "Naam", inhoud.naam
    yield "Telefoonnummer", inhoud.telefoonnummer
    yield "Wanneer", inhoud.wanneer
    yield "Notitie", inhoud.notitie


def _teruggebeld(inhoud: g.TerugbelverzoekAfgehandeld) -> Iterator[Veld]:
    yield "Hoe", inhoud.hoe


def _brp(inhoud: g.BrpGecontroleerd) -> Iterator[Veld]:
    yield "Uitkomst", woord(inhoud.uitkomst)
    yield "Gecontroleerd op", dag(inhoud.datum)


def _bekendheid(inhoud: g.BekendheidVastgelegd) -> Iterator[Veld]:
    yield "Bekend bij schuldhulp", woord(inhoud.schuldhulp)
    yield "Eerder gemeld", woord(inhoud.eerder_gemeld)
    yield "Wie zei dat", inhoud.volgens


def _aanbod(inhoud: g.HulpaanbodGedaan) -> Iterator[Veld]:
    yield "Uw antwoord", woord(inhoud.antwoord)
    yield "Haast nodig", ja_nee(inhoud.dreiging)
    yield "Eerste gesprek vóór", dag(inhoud.gesprek_voor) if inhoud.gesprek_voor else ""
    yield "Later dan de wet zegt", ja_nee(inhoud.te_laat)


def _gesprek(inhoud: g.EersteGesprekGevoerd) -> Iterator[Veld]:
    yield "U wilde geen verdere hulp", ja_nee(inhoud.afgezien)
    yield "Plan klaar vóór", dag(inhoud.plan_voor) if inhoud.plan_voor else ""


def _plan(inhoud: g.PlanVanAanpakOpgesteld) -> Iterator[Veld]:
    yield "Versie", str(inhoud.versie)
    yield from velden_van_plan(inhoud.plan)


def _overgeslagen(inhoud: g.StapOvergeslagen) -> Iterator[Veld]:
    yield "Stap", woord(inhoud.stap)
    yield "Waarom", inhoud.reden


def _afgesloten(inhoud: g.ZaakAfgesloten) -> Iterator[Veld]:
    yield "Resultaat", inhoud.eindresultaat.value
    yield "Hulp gekregen", ja_nee(inhoud.hulp_aanvaard)
    yield "Schuldhulp sinds", dag(inhoud.schuldhulp_loopt) if inhoud.schuldhulp_loopt else ""
    yield "Bevestigd door", inhoud.bevestigd_door
    yield "Reden", woord(inhoud.reden)
    yield "Notitie", inhoud.notitie
    for bericht in inhoud.terugmeldingen:
        yield from velden_van_terugmelding(bericht)


def _heropend(inhoud: g.ZaakHeropend1) -> Iterator[Veld]:
    yield "Waarom", inhoud.reden
    if isinstance(inhoud, g.ZaakHeropend):
        yield "Contact zoeken vóór", dag(inhoud.contact_voor)


def _brief_titel(inhoud: g.BriefGemaakt) -> str:
    return "Kaartje gemaakt" if inhoud.brief == "kaartje" else "Brief gemaakt"


def _brief(inhoud: g.BriefGemaakt) -> Iterator[Veld]:
    yield "Welke", titel_van(inhoud.brief)
    yield "Om door te geven aan", inhoud.aan


def _verzonden(inhoud: g.BriefVerzonden) -> Iterator[Veld]:
    yield "Welke", titel_van(inhoud.brief)
    yield "Met uitleg over uw gegevens", ja_nee(inhoud.privacytekst)


def _identiteit(inhoud: g.IdentiteitGecontroleerd) -> Iterator[Veld]:
    yield "Gezien", woord(inhoud.identiteit)


def _inzage(inhoud: g.InzageVerstrekt) -> Iterator[Veld]:
    yield "Nummer", inhoud.nummer
    yield "Controle van de identiteit", woord(inhoud.identiteit)


def _ingezien(inhoud: g.DossierIngezien) -> Iterator[Veld]:
    yield "Waar", inhoud.scherm


def _nothing(_: g.Inhoud) -> Iterator[Veld]:
    return iter(())


_BESCHRIJVINGEN: dict[type[g.Inhoud], tuple[str | Callable[[Any], str], Callable[[Any], Iterator[Veld]]]] = {
    g.KluisGemaakt: ("Kluis gemaakt", _kluis),
    g.MedewerkerToegevoegd: ("Medewerker toegevoegd", _medewerker),
    g.InstellingGewijzigd: ("Instelling gewijzigd", _instelling),
    g.ReservekopieGemaakt: ("Reservekopie gemaakt", _reservekopie),
    g.WachtwoordVervangen: ("Ander wachtwoord gekozen", _wachtwoord),
    g.LeveringOntvangen: ("Bestand met signalen gekregen", _levering),
    g.SignaalOntvangen: ("Signaal gekregen", _signaal),
    g.RijAfgewezen: ("Signaal niet aangenomen", _rij),
    g.RijHersteld: ("Verbeterd en opnieuw beoordeeld", _hersteld),
    g.QuotumToegepast: ("Gekozen binnen het vaste aantal", _quotum),
    g.SignaalGewijzigd: ("Signaal kwam opnieuw, met andere gegevens", _gewijzigd),
    g.SignaalIngetrokken: ("Signaal ingetrokken", _ingetrokken),
    g.CorrectieGekozen: ("Gekozen tussen oude en nieuwe gegevens", _correctie),
    g.SignaalVrijgegeven: ("Signaal wacht niet meer", _vrijgegeven),
    g.PersoonHerkend: (_herkend_titel, _herkend),
    g.PersoonBeslist: ("Gekeken of het dezelfde inwoner is", _beslist),
    g.BekendOpLijst: ("Gevonden op een lijst van de schuldhulpverlening", _op_lijst),
    g.OokGemeld: ("Ook een rekening bij iemand anders", _ook_gemeld),
    g.SignaalGeaccepteerd: ("Signaal opgepakt", _nothing),
    g.SignaalGeweigerd: ("Signaal niet opgepakt", _geweigerd),
    g.ZaakGeopend: ("Zaak begonnen", _zaak),
    g.InwonerGecorrigeerd: ("Gegevens van de inwoner verbeterd", _inwoner),
    g.SignaalToegevoegd: ("Nog een signaal bij deze zaak", _nothing),
    g.ContactpogingGedaan: (_contact_titel, _contact),
    g.BezoekGepland: ("Bezoek gepland", _bezoek),
    g.BezoekAfgezegd: ("Bezoek afgezegd", _afgezegd),
    g.SituatieVastgelegd: ("Situatie opgeschreven", _situatie),
    g.AdresGetoond: ("Afgeschermd adres bekeken", _adres_getoond),
    g.AdresGecontroleerd: ("Afgeschermd adres nagekeken", _adres_gecontroleerd),
    g.NotitieGemaakt: ("Notitie gemaakt", _notitie),
    g.BrpGecontroleerd: ("Adres gecontroleerd", _brp),
    g.BekendheidVastgelegd: ("Nagegaan wat al bekend was", _bekendheid),
    g.HulpaanbodGedaan: ("Hulp aangeboden", _aanbod),
    g.BelofteVastgelegd: (_belofte_titel, _belofte),
    g.EersteGesprekGevoerd: ("Eerste gesprek", _gesprek),
    g.PlanVanAanpakOpgesteld: ("Plan gemaakt", _plan),
    g.AfspraakNagekeken: ("Afspraak nagekeken", _nagekeken),
    g.CakGebeld: ("Samen het CAK gebeld", _cak),
    g.RegelingNagekeken: ("Afspraak met het CAK nagekeken", _regeling),
    g.EigenBijdrageNagekeken: ("Eigen bijdrage nagekeken", _eigen_bijdrage),
    g.StapOvergeslagen: ("Stap overgeslagen", _overgeslagen),
    g.ZaakAfgesloten: ("Zaak afgesloten", _afgesloten),
    g.ZaakHeropend1: ("Zaak weer geopend", _heropend),
    g.ZaakHeropend: ("Zaak weer geopend", _heropend),
    g.NazorgGedaan: ("Gevraagd of het is gelukt", _nazorg),
    g.OngedaanGemaakt: ("Ongedaan gemaakt", _ongedaan),
    g.TerugmeldingVerzonden: ("Bericht aan het CAK verstuurd", _nothing),
    g.BriefGemaakt: (_brief_titel, _brief),
    g.BriefVerzonden: ("Op de post gedaan of gegeven", _verzonden),
    g.IdentiteitGecontroleerd: ("Identiteit gecontroleerd voor een inzage", _identiteit),
    g.InzageVerstrekt: ("Inzage gegeven", _inzage),
    g.DossierIngezien: ("In het dossier gekeken", _ingezien),
    g.TerugbelverzoekGenoteerd: ("Gevraagd om terug te bellen", _terugbelverzoek),
    g.TerugbelverzoekAfgehandeld: ("Terugbelverzoek afgehandeld", _teruggebeld),
}
