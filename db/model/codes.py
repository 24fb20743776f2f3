"""Closed code lists: DDAS Vroegsignalering v1.2, and our own beside it (handbook sections 3 to 5)."""

from __future__ import annotations

from enum import IntFlag, StrEnum
from types import MappingProxyType


class Signaalpartner(StrEnum):
    """Who reports an arrear (DDAS v1.2)."""

    BELASTINGDIENST = "Belastingdienst"
    CAK_EIGEN_BIJDRAGE = "CAK Eigen bijdrage"
    CAK_ZORGVERZEKERINGEN = "CAK Zorgverzekeringen"
    DIENST_TOESLAGEN = "Dienst Toeslagen"
    DUO = "DUO"
    ENERGIE = "Energie"
    HUUR = "Huur"
    HYPOTHEEK = "Hypotheek"
    OVERIGE = "Overige"
    WATER = "Water"
    ZORG = "Zorg"


class Contactsoort(StrEnum):
    """The channel of a contactpoging (DDAS v1.2)."""

    ADMINISTRATIEF = "Administratief"
    AFSPRAAK_OP_LOCATIE = "Afspraak op locatie"
    BRIEF = "Brief"
    HUISBEZOEK = "Huisbezoek"
    KAARTJE = "Kaartje"
    MAIL = "Mail"
    ONBEKEND = "Onbekend"
    OVERIGE = "Overige"
    SMS_WHATSAPP = "SMS/Whatsapp"
    TELEFOON = "Telefoon"


class Dagdeel(StrEnum):
    """Part of the day (DDAS v1.2): until 12:00, 12:00 to 18:00, 18:00 or later."""

    OCHTEND = "Ochtend"
    MIDDAG = "Middag"
    AVOND = "Avond"


class Signaalstatus(StrEnum):
    """What became of a signal (DDAS v1.2)."""

    BEKEND_BIJ_SCHULDHULP = "Inwoner al bekend bij schuldhulpverlening"
    OVERLEDEN = "Inwoner is overleden"
    ANDERE_REDEN = "Niet opgepakt: andere reden"
    HERHAALDE_MELDING = "Niet opgepakt: herhaalde melding"
    ONTERECHT = "Niet opgepakt: onterecht signaal"
    NOG_NIET_OPGEPAKT = "Nog niet opgepakt"
    OPGEPAKT = "Opgepakt"
    GEEN_INWONER = "Persoon is geen inwoner (meer) in de gemeente"


class Eindresultaat(StrEnum):
    """How a zaak ends (DDAS v1.2, sixteen values)."""

    HERHAALDE_MELDING = "Niet opgepakt: herhaalde melding"
    ONTERECHT = "Niet opgepakt: onterecht signaal"
    ANDERE_REDEN = "Niet opgepakt: andere reden"
    OVERLEDEN = "Inwoner is overleden"
    GEEN_INWONER = "Persoon is geen inwoner (meer) in de gemeente"
    BEKEND_BIJ_SCHULDHULP = "Inwoner al bekend bij schuldhulpverlening"
    ANDER_TRAJECT = "Inwoner heeft al een ander lopend traject"
    GEEN_CONTACT = "Definitief geen contact kunnen krijgen"
    GEEN_REACTIE_NA_CONTACT = "Geen reactie na eerder contact"
    REGELT_ZELF = "Inwoner regelt het zelf/hoeft geen hulp vanuit vroegsignalering"
    ZELF_BETAALD = "Inwoner heeft zelf al betaald/betalingsregeling getroffen"
    ADVIES_QUICK_FIX = "(Budget)advies en/of quick fix"
    VERVOLGHULP = "Vervolghulp en/of verwijzing"
    VERVOLGHULP_FINANCIEEL = "Vervolghulp en/of verwijzing financieel"
    VERVOLGHULP_NIET_FINANCIEEL = "Vervolghulp en/of verwijzing niet financieel"
    VERWIJZING_ZONDER_INWONER = "Verwijzing zonder tussenkomst inwoner"


class Terugmeldcode(StrEnum):
    """What leaves for the CAK: the full set and the minimal set together (handbook section 5)."""

    HULP = "HULP"
    AFGEROND = "AFGEROND"
    GEEN_CONTACT = "GEEN_CONTACT"
    CONTACT_GEEN_HULP = "CONTACT_GEEN_HULP"
    CONTACT_ANDERE_HULP = "CONTACT_ANDERE_HULP"
    GEEN_INWONER = "GEEN_INWONER"
    OVERLEDEN = "OVERLEDEN"
    ONTERECHT = "ONTERECHT"
    HERHAALD = "HERHAALD"
    NIET_OPGEPAKT = "NIET_OPGEPAKT"


class Weigergrond(StrEnum):
    """Why a signal is refused, as the command line spells it (exchange section 4)."""

    ONTERECHT = "onterecht"
    HERHAALD = "herhaald"
    OVERLEDEN = "overleden"
    GEEN_INWONER = "geen-inwoner"
    TIJDELIJK_NIET_BEREIKBAAR = "tijdelijk-niet-bereikbaar"
    BEZOEK_NIET_VEILIG = "bezoek-niet-veilig"
    GEEN_CAPACITEIT = "geen-capaciteit"
    ADRES_ONBEKEND = "adres-onbekend"
    INGETROKKEN = "ingetrokken"


class Bak(StrEnum):
    """The tray in which a received row waits or ended."""

    NIEUW = "nieuw"
    HERHAALD = "herhaald"
    CONTROLEREN = "controleren"
    WACHT = "wacht"
    GEWIJZIGD = "gewijzigd"
    INGETROKKEN = "ingetrokken"
    NIET_TOEGELATEN = "niet-toegelaten"
    ONLEESBAAR = "onleesbaar"
    OPGEPAKT = "opgepakt"
    GEWEIGERD = "geweigerd"


class Uitkomst(StrEnum):
    """What happened to one row of a delivery (exchange section 1)."""

    GEACCEPTEERD = "geaccepteerd"
    NIET_TOEGELATEN = "niet_toegelaten"
    ONLEESBAAR = "onleesbaar"
    AL_BEKEND = "al_bekend"
    GEWIJZIGD = "gewijzigd"


class Vrijgave(StrEnum):
    """Why a signal that waited above the vaste aantal waits no longer."""

    VAST_AANTAL = "vast-aantal"
    MEDEWERKER = "medewerker"


class Quotumregel(StrEnum):
    """How the vaste aantal chooses which signals wait."""

    OUDSTE_VORDERING = "oudste-vordering"
    HOOGSTE_BEDRAG = "hoogste-bedrag"


class Stap(StrEnum):
    """Where a zaak stands (exchange section 4; handbook section 4)."""

    BELLEN = "bellen"
    HUISBEZOEK = "huisbezoek"
    HULPAANBOD = "hulpaanbod"
    EERSTE_GESPREK = "eerste-gesprek"
    PLAN = "plan"
    AFSLUITEN = "afsluiten"
    AFGESLOTEN = "afgesloten"


class Handeling(StrEnum):
    """What the worker may do in a zaak now (`mag` of exchange section 4)."""

    CONTACTPOGING = "contactpoging"
    BRP = "brp"
    HULPAANBOD = "hulpaanbod"
    EERSTE_GESPREK = "eerste-gesprek"
    PLAN = "plan"
    OVERSLAAN = "overslaan"
    AFSLUITEN = "afsluiten"
    HEROPENEN = "heropenen"
    BRIEF = "brief"
    INZAGE = "inzage"


class Gesprekspartner(StrEnum):
    """With whom was spoken; the last two never count as reached (handbook section 4)."""

    INWONER = "inwoner"
    CURATOR = "curator"
    BEWINDVOERDER = "bewindvoerder"
    GEMACHTIGDE = "gemachtigde"
    MENTOR = "mentor"
    ANDER = "ander"

    @property
    def telt_als_bereikt(self) -> bool:
        """True for the resident and for whoever may speak for them about money."""
        return self not in (Gesprekspartner.MENTOR, Gesprekspartner.ANDER)


class Richting(StrEnum):
    """Who sought contact; an incoming call counts as contact, never in dagdeel figures."""

    UIT = "uit"
    IN = "in"


class Belresultaat(StrEnum):
    """What came of a call or a visit (ui.md)."""

    GESPROKEN = "gesproken"
    GEEN_GEHOOR = "geen-gehoor"
    VOICEMAIL_INGESPROKEN = "voicemail-ingesproken"
    VOICEMAIL_NIET_INGESPROKEN = "voicemail-niet-ingesproken"
    NUMMER_ONBRUIKBAAR = "nummer-onbruikbaar"
    IEMAND_ANDERS = "iemand-anders"
    WIL_NU_NIET = "wil-nu-niet"
    TOLK_NODIG = "tolk-nodig"
    TERUGBELLEN = "terugbellen"
    NIEMAND_THUIS = "niemand-thuis"
    NIET_GEKOMEN = "niet-gekomen"


class BrpUitkomst(StrEnum):
    """Outcome of the municipality's own check in the BRP (WGS 8b)."""

    KLOPT = "klopt"
    VERHUISD = "verhuisd"
    OVERLEDEN = "overleden"
    GEHEIM = "geheim"


class Antwoord(StrEnum):
    """The resident's answer to the hulpaanbod."""

    AANVAARD = "aanvaard"
    GEEN_HULP = "geen-hulp"
    BEDENKTIJD = "bedenktijd"


class Vertegenwoordiging(StrEnum):
    """In what capacity somebody acts for the resident (handbook section 1); a mentor speaks for care, not money."""

    CURATOR = "curator"
    BEWINDVOERDER = "bewindvoerder"
    GEMACHTIGDE = "gemachtigde"
    MENTOR = "mentor"


class Woonsituatie(StrEnum):
    """How the resident lives; in an institution a visit goes through the institution, and letters are personal."""

    ZELFSTANDIG = "zelfstandig"
    BIJ_ANDEREN = "bij-anderen"
    INSTELLING = "instelling"
    OPVANG = "opvang"


class Huisgenoot(StrEnum):
    """Who lives in the same household, by role and never by name."""

    PARTNER = "partner"
    KIND = "kind"
    VOLWASSEN_KIND = "volwassen-kind"
    OUDER = "ouder"
    ANDER = "ander"


class Bezoekdoel(StrEnum):
    """What somebody goes to an address for."""

    HUISBEZOEK = "huisbezoek"
    EERSTE_GESPREK = "eerste-gesprek"


class Oordeel(StrEnum):
    """The answer to a question about the resident's bill."""

    JA = "ja"
    NEE = "nee"
    UITZOEKEN = "uitzoeken"


class Gelukt(StrEnum):
    """What came of an arrangement or of the help, asked afterwards."""

    JA = "ja"
    DEELS = "deels"
    NEE = "nee"
    NIET_BEREIKT = "niet-bereikt"


class Bekendheid(StrEnum):
    """Whether a resident was known before (handbook section 3)."""

    JA = "ja"
    NEE = "nee"
    ONBEKEND = "onbekend"


class Zekerheid(StrEnum):
    """How sure it is that two signals are about one resident."""

    ZEKER = "zeker"
    WAARSCHIJNLIJK = "waarschijnlijk"


class Herkenningsgrond(StrEnum):
    """By what a signal that is kept for comparison was found to be about a resident."""

    GEBOORTEDATUM = "geboortedatum"
    ADRES = "adres"


class Overeenkomst(StrEnum):
    """What two signals have in common or not, as the reasons for taking them as one resident's."""

    KLANTNUMMER_GELIJK = "klantnummer-gelijk"
    GEBOORTEDATUM_GELIJK = "geboortedatum-gelijk"
    GEBOORTEDATUM_GEDRAAID = "geboortedatum-gedraaid"
    GEBOORTEDATUM_LIJKT = "geboortedatum-lijkt"
    GEBOORTEDATUM_ANDERS = "geboortedatum-anders"
    NAAM_GELIJK = "naam-gelijk"
    NAAM_KLINKT = "naam-klinkt"
    NAAM_LIJKT = "naam-lijkt"
    NAAM_DEELS = "naam-deels"
    NAAM_ANDERS = "naam-anders"
    VOORLETTERS_GELIJK = "voorletters-gelijk"
    VOORLETTERS_DEELS = "voorletters-deels"
    VOORLETTERS_LIJKEN = "voorletters-lijken"
    VOORLETTERS_ANDERS = "voorletters-anders"
    ADRES_GELIJK = "adres-gelijk"
    ADRES_TOEVOEGING = "adres-toevoeging"
    ADRES_LIJKT = "adres-lijkt"
    ADRES_STRAAT = "adres-straat"
    ADRES_ANDERS = "adres-anders"
    ADRES_INSTELLING = "adres-instelling"
    TELEFOON_GELIJK = "telefoon-gelijk"


class Rol(StrEnum):
    """What somebody does with the program."""

    UITVOERDER = "uitvoerder"
    TEAMLEIDER = "teamleider"
    BEHEERDER = "beheerder"


class Identiteitsbewijs(StrEnum):
    """How the identity was checked before an inzage (handbook section 8)."""

    PASPOORT = "paspoort"
    ID_KAART = "id-kaart"
    RIJBEWIJS = "rijbewijs"
    ANDERS = "anders"


class Berichtstaat(StrEnum):
    """State of a terugmelding in the outbox (exchange section 2)."""

    KLAAR = "klaar"
    WORDT_VERZONDEN = "wordt_verzonden"
    AANGEKOMEN = "aangekomen"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"
    ONZEKER = "onzeker"


class Dagdelen(IntFlag):
    """The dagdeel grid of a zaak as bits: three dagdelen on week days, three in the weekend."""

    WEEK_OCHTEND = 1
    WEEK_MIDDAG = 2
    WEEK_AVOND = 4
    WEEKEND_OCHTEND = 8
    WEEKEND_MIDDAG = 16
    WEEKEND_AVOND = 32


class Overslaan(IntFlag):
    """The steps that were skipped with a reason, as bits."""

    BELLEN = 1
    HUISBEZOEK = 2
    HULPAANBOD = 4
    EERSTE_GESPREK = 8
    PLAN = 16


OVER_TE_SLAAN = MappingProxyType(
    {
        Stap.BELLEN: Overslaan.BELLEN,
        Stap.HUISBEZOEK: Overslaan.HUISBEZOEK,
        Stap.HULPAANBOD: Overslaan.HULPAANBOD,
        Stap.EERSTE_GESPREK: Overslaan.EERSTE_GESPREK,
        Stap.PLAN: Overslaan.PLAN,
    }
)
"""The steps that may be skipped with a reason, each with its bit."""
