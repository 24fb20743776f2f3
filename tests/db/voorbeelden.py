"""One full example of every kind of event: each field filled, so that a golden file pins all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import (
    Antwoord,
    Bak,
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
    Herkenningsgrond,
    Huisgenoot,
    Identiteitsbewijs,
    Oordeel,
    Overeenkomst,
    Quotumregel,
    Richting,
    Rol,
    Signaalstatus,
    Stap,
    Terugmeldcode,
    Uitkomst,
    Vertegenwoordiging,
    Vrijgave,
    Weigergrond,
    Woonsituatie,
    Zekerheid,
)
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.model.situatie import Situatie, VeiligContact, Veiligheidsgrens, Vertegenwoordiger
from tests import factories


def _id(number: int) -> UUID:
    return UUID(int=0x018F_3B1C_0000_7000_8000_0000_0000_0000 + number)


OP = datetime(2024, 5, 2, 9, 30, 15, 123000, tzinfo=UTC)
SIGNAAL = factories.signaal(
    voorletters="F.", voorvoegsel="de la", achternaam="Yıldız", huisletter="a", emailadres="f@voorbeeld.example"
)
TERUGMELDING = g.Terugmelding(
    id=_id(1),
    signaal="CM-000123",
    klantnummer="4410882",
    code=Terugmeldcode.CONTACT_ANDERE_HULP,
    datum=date(2024, 6, 3),
    vervangt=_id(2),
)
SITUATIE = Situatie(
    woonsituatie=Woonsituatie.INSTELLING,
    instelling="De Linde",
    huishouden=(Huisgenoot.PARTNER,),
    vertegenwoordigers=(
        Vertegenwoordiger(
            hoedanigheid=Vertegenwoordiging.BEWINDVOERDER,
            naam="Kantoor Weiß",
            telefoonnummer="050-5550177",
            adres="Postbus 12, 9700 AA  Groningen",
            post=True,
        ),
    ),
    tolk=True,
    tolktaal="Pools",
    veilig_contact=VeiligContact(
        wanneer=Dagdelen.WEEK_OCHTEND,
        telefoonnummer="050-5550188",
        voicemail=False,
        neemt_op=(Huisgenoot.OUDER,),
        let_op="Vraag eerst of het uitkomt.",
    ),
    niet_bezoeken=Veiligheidsgrens(reden="Zij vroeg erom.", herzien_op=date(2024, 11, 2)),
    niet_alleen=Veiligheidsgrens(reden="Hond aan de deur.", herzien_op=date(2024, 8, 2)),
    afgeschermd=True,
    wensen="Bel lang aan.",
)

VOORBEELDEN: tuple[g.AnyInhoud, ...] = (
    g.KluisGemaakt(gemeentecode="0014", proef=True),
    g.MedewerkerToegevoegd(medewerker=_id(3), naam="N. Ğöçer", rol=Rol.TEAMLEIDER),
    g.InstellingGewijzigd(naam="pogingen", waarde="4", was="3"),
    g.ReservekopieGemaakt(gebeurtenissen=1204),
    g.WachtwoordVervangen(herstelsleutel=True),
    g.LeveringOntvangen(
        bron="Centraal Meldpunt",
        extern_id="CM-2024-18-0014",
        aangemaakt=OP,
        geaccepteerd=140,
        niet_toegelaten=3,
        onleesbaar=2,
        al_bekend=5,
        gewijzigd=1,
        weggelaten={"bsn": 140},
    ),
    g.SignaalOntvangen(
        signaal=SIGNAAL,
        levering=_id(4),
        rij=7,
        artikel="TRSB 2.4 lid 1 onder a",
        maanden=6,
        minimum_maanden=5,
        drempel=Bedrag(10_000),
        bak=Bak.CONTROLEREN,
        schuldhulp=Bekendheid.JA,
        eerder_gemeld=Bekendheid.NEE,
    ),
    g.RijAfgewezen(
        levering=_id(4),
        rij=8,
        signaal="CM-000124",
        uitkomst=Uitkomst.NIET_TOEGELATEN,
        reden="ONDER_DREMPEL",
        artikel="TRSB 2.4 lid 1",
        veld="bedrag",
        gevonden="99.99",
        vereist="100.00",
        waarden={"achternaam": "Łukaszewicz", "bedrag": "99.99"},
    ),
    g.RijHersteld(waarden={"bedrag": "199.99", "achternaam": "Łukaszewicz"}, naar=_id(9)),
    g.QuotumToegepast(
        debtsoort="wlz",
        maand="2024-05",
        vast_aantal=40,
        gebruikt=31,
        gekozen=9,
        wachten=12,
        regel=Quotumregel.OUDSTE_VORDERING,
    ),
    g.SignaalGewijzigd(signaal=SIGNAAL, levering=_id(4)),
    g.SignaalIngetrokken(datum=date(2024, 5, 9), levering=_id(4)),
    g.CorrectieGekozen(
        signaal=SIGNAAL,
        overgenomen=True,
        artikel="TRSB 2.4 lid 1 onder a",
        maanden=6,
        minimum_maanden=5,
        drempel=Bedrag(10_000),
    ),
    g.SignaalVrijgegeven(maand="2024-06", reden=Vrijgave.MEDEWERKER),
    g.PersoonHerkend(
        ander=_id(9),
        persoon=_id(7),
        zekerheid=Zekerheid.WAARSCHIJNLIJK,
        redenen=(Overeenkomst.NAAM_DEELS, Overeenkomst.GEBOORTEDATUM_GELIJK),
    ),
    g.PersoonBeslist(ander=_id(9), persoon=_id(7), zelfde=True),
    g.BekendOpLijst(lijst="Kredietbank", geladen_op=date(2024, 5, 1)),
    g.OokGemeld(
        debtsoort="zorgverzekering",
        signaaldatum=date(2024, 4, 11),
        bedrag=Bedrag(81_240),
        herkend_aan=Herkenningsgrond.GEBOORTEDATUM,
    ),
    g.SignaalGeaccepteerd(zaak=_id(5)),
    g.SignaalGeweigerd(
        grond=Weigergrond.GEEN_INWONER,
        status=Signaalstatus.GEEN_INWONER,
        notitie="Verhuisd.",
        brp_datum=date(2024, 5, 3),
        terugmelding=TERUGMELDING,
    ),
    g.ZaakGeopend(
        nummer="2024-A0001",
        signaal=_id(6),
        inwoner=SIGNAAL.inwoner,
        inwoner_id=_id(7),
        debtsoort="wmo-abonnementstarief",
        ontvangen_op=OP,
        contact_voor=date(2024, 5, 16),
        behandelaar=_id(3),
    ),
    g.InwonerGecorrigeerd(inwoner=SIGNAAL.inwoner, signaal=_id(6)),
    g.SignaalToegevoegd(signaal=_id(6)),
    g.ContactpogingGedaan(
        contactsoort=Contactsoort.TELEFOON,
        richting=Richting.IN,
        bereikt=True,
        gesproken_met=Gesprekspartner.BEWINDVOERDER,
        resultaat=Belresultaat.TERUGBELLEN,
        dagdeel=Dagdelen.WEEKEND_AVOND,
        terugbellen_op=OP,
        notitie="Belt donderdag terug.\nHeeft “haast”.",
    ),
    g.BezoekGepland(
        doel=Bezoekdoel.EERSTE_GESPREK,
        datum=date(2024, 5, 14),
        dagdeel=Dagdeel.MIDDAG,
        tijd="14:30",
        aangekondigd=True,
        met="T. Visser",
    ),
    g.BezoekAfgezegd(reden="De inwoner is ziek."),
    g.SituatieVastgelegd(situatie=SITUATIE),
    g.AdresGetoond(reden="Een aangetekende brief kwam terug."),
    g.AdresGecontroleerd(door_wie="T. Visser", akkoord=True, notitie="Nagevraagd bij burgerzaken."),
    g.NotitieGemaakt(tekst="Belt liever in de avond."),
    g.BrpGecontroleerd(uitkomst=BrpUitkomst.GEHEIM, datum=date(2024, 5, 3)),
    g.BekendheidVastgelegd(schuldhulp=Bekendheid.JA, eerder_gemeld=Bekendheid.NEE, volgens="M. Weiß, schuldhulp"),
    g.BelofteVastgelegd(bellen_op=OP),
    g.HulpaanbodGedaan(antwoord=Antwoord.AANVAARD, dreiging=True, gesprek_voor=date(2024, 5, 8), te_laat=True),
    g.EersteGesprekGevoerd(afgezien=True, plan_voor=date(2024, 6, 27)),
    g.PlanVanAanpakOpgesteld(
        versie=2,
        plan=PlanVanAanpak(
            schulden=(Schuld(schuldeiser="CAK", bedrag=Bedrag(21_340), regeling="€ 50 per maand"),),
            inkomen_per_maand=Bedrag(145_000),
            vaste_lasten_per_maand=Bedrag(98_000),
            afspraken=(Afspraak(wie="inwoner", wat="belt het CAK", uiterlijk=date(2024, 5, 20), gedaan=True),),
            evaluatiedatum=date(2024, 8, 1),
            toelichting="Samen gemaakt.",
        ),
    ),
    g.AfspraakNagekeken(versie=2, nummer=1, gedaan=True, notitie="Ze belde zelf."),
    g.CakGebeld(
        bedrag_per_maand=Bedrag(2_500),
        eerste_datum=date(2024, 6, 1),
        nakijken_op=date(2024, 6, 5),
        notitie="Samen gebeld.",
    ),
    g.RegelingNagekeken(gelukt=Gelukt.DEELS, nakijken_op=date(2024, 7, 5), notitie="Eén keer betaald."),
    g.EigenBijdrageNagekeken(
        rekening_klopt=Oordeel.NEE,
        zorg_gestopt=Oordeel.UITZOEKEN,
        peiljaarverlegging=Oordeel.JA,
        bijzondere_bijstand=Oordeel.NEE,
        notitie="Inkomen daalde in 2023.",
    ),
    g.StapOvergeslagen(stap=Stap.HUISBEZOEK, reden="Bezoek is niet veilig."),
    g.ZaakAfgesloten(
        eindresultaat=Eindresultaat.BEKEND_BIJ_SCHULDHULP,
        hulp_aanvaard=True,
        schuldhulp_loopt=date(2024, 4, 1),
        bevestigd_door="M. Weiß",
        reden=Weigergrond.GEEN_CAPACITEIT,
        notitie="Overgedragen.",
        terugmeldingen=(TERUGMELDING,),
    ),
    g.ZaakHeropend1(reden="Belde toch terug.", ingetrokken=(_id(1),)),
    g.ZaakHeropend(reden="Belde toch terug.", ingetrokken=(_id(1),), contact_voor=date(2024, 9, 5)),
    g.NazorgGedaan(gelukt=Gelukt.NEE, notitie="Wil opnieuw een gesprek."),
    g.OngedaanGemaakt(gebeurtenissen=(_id(10),)),
    g.TerugmeldingVerzonden(levering=_id(8), terugmeldingen=(_id(1), _id(2))),
    g.BriefGemaakt(brief="eerste-brief", tekstversie="3f2a", aan="F. de la Yıldız"),
    g.BriefVerzonden(gemaakt=_id(11), brief="eerste-brief", privacytekst=True),
    g.IdentiteitGecontroleerd(identiteit=Identiteitsbewijs.PASPOORT),
    g.InzageVerstrekt(nummer="I-2024-0001", identiteit=Identiteitsbewijs.RIJBEWIJS),
    g.DossierIngezien(scherm="zaak"),
    g.TerugbelverzoekGenoteerd(
        naam="P. Łukaszewicz", telefoonnummer="050-5550199", wanneer="na vieren", notitie="Kreeg een kaartje."
    ),
    g.TerugbelverzoekAfgehandeld(zaak=_id(5), hoe="Teruggebeld."),
)
