"""Everything that can happen to a dossier: one frozen, versioned struct per kind.

A kind's tag carries its version (`ContactpogingGedaan/1`). A stored kind never changes shape: a new shape is a
new version beside the old one, and `tests/db/golden` holds one file per version. An event concerns one dossier,
and carries whole values, terms and verdicts, so that reading it back needs no rule, setting or clock.
"""

from __future__ import annotations

import typing
from datetime import date, datetime
from uuid import UUID

import msgspec

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
    Vrijgave,
    Weigergrond,
    Zekerheid,
)
from db.model.inwoner import Inwoner
from db.model.plan import PlanVanAanpak
from db.model.signaal import Signaal
from db.model.situatie import Situatie


class Inhoud(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="soort"):
    """The payload of an event; `soort` is its kind and version.

    Frozen values hold no circles, so the garbage collector need not walk through a million of them (`gc=False`).
    """


class Terugmelding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What leaves for the CAK about one signal, and nothing else (handbook section 5)."""

    id: UUID
    signaal: str
    klantnummer: str
    code: Terugmeldcode
    datum: date
    vervangt: UUID | None = None


# --- the vault itself: dossier = `db.journal.TEAM` -----------------------------------------------------------


class KluisGemaakt(Inhoud, frozen=True, kw_only=True, tag="KluisGemaakt/1"):
    """A vault was made for one municipality (GM code) and one person."""

    gemeentecode: str
    proef: bool


class MedewerkerToegevoegd(Inhoud, frozen=True, kw_only=True, tag="MedewerkerToegevoegd/1"):
    """Somebody who works with this vault; events name them by this id."""

    medewerker: UUID
    naam: str
    rol: Rol


class InstellingGewijzigd(Inhoud, frozen=True, kw_only=True, tag="InstellingGewijzigd/1"):
    """A setting got another value; both as text."""

    naam: str
    waarde: str
    was: str


class ReservekopieGemaakt(Inhoud, frozen=True, kw_only=True, tag="ReservekopieGemaakt/1"):
    """An encrypted copy was made and verified."""

    gebeurtenissen: int


class WachtwoordVervangen(Inhoud, frozen=True, kw_only=True, tag="WachtwoordVervangen/1"):
    """Another passphrase opens the vault from now on; `herstelsleutel` when the recovery key was used for it."""

    herstelsleutel: bool


# --- intake: dossier = the delivery, the refused row, or the signal -----------------------------------------


class LeveringOntvangen(Inhoud, frozen=True, kw_only=True, tag="LeveringOntvangen/1"):
    """A delivery was read to its end; the counts add up to the rows in it."""

    bron: str
    extern_id: str
    aangemaakt: datetime | None = None
    geaccepteerd: int
    niet_toegelaten: int
    onleesbaar: int
    al_bekend: int
    gewijzigd: int
    weggelaten: dict[str, int] = {}


class SignaalOntvangen(Inhoud, frozen=True, kw_only=True, tag="SignaalOntvangen/1"):
    """A signal that the law allows, with the article and the numbers that were compared."""

    signaal: Signaal
    levering: UUID
    rij: int
    artikel: str
    maanden: int
    minimum_maanden: int
    drempel: Bedrag
    bak: Bak
    schuldhulp: Bekendheid = Bekendheid.ONBEKEND
    eerder_gemeld: Bekendheid = Bekendheid.ONBEKEND


class RijAfgewezen(Inhoud, frozen=True, kw_only=True, tag="RijAfgewezen/1"):
    """A row that did not become a signal: why, by which article, and the listed fields as they came."""

    levering: UUID
    rij: int
    signaal: str
    uitkomst: Uitkomst
    reden: str
    artikel: str = ""
    veld: str = ""
    gevonden: str = ""
    vereist: str = ""
    waarden: dict[str, str] = {}


class RijHersteld(Inhoud, frozen=True, kw_only=True, tag="RijHersteld/1"):
    """A worker mended fields of a refused row and offered it again; it goes on as the signal, or row, `naar`."""

    waarden: dict[str, str]
    naar: UUID


class QuotumToegepast(Inhoud, frozen=True, kw_only=True, tag="QuotumToegepast/1"):
    """Which signals of a kind the vaste aantal of a month let through, and by which rule; no signal is named.

    `gebruikt` is how many of that month came before; `gekozen` and `wachten` add up to those that were chosen from.
    """

    debtsoort: str
    maand: str
    vast_aantal: int
    gebruikt: int
    gekozen: int
    wachten: int
    regel: Quotumregel


class SignaalGewijzigd(Inhoud, frozen=True, kw_only=True, tag="SignaalGewijzigd/1"):
    """The same signal came with other content; offered as a correction, it overwrites nothing."""

    signaal: Signaal
    levering: UUID


class SignaalIngetrokken(Inhoud, frozen=True, kw_only=True, tag="SignaalIngetrokken/1"):
    """The source took the signal back."""

    datum: date
    levering: UUID


class CorrectieGekozen(Inhoud, frozen=True, kw_only=True, tag="CorrectieGekozen/1"):
    """A worker chose between a signal and the other content it came with: `signaal` is that content, whole.

    When it was taken over it is the signal from now on, with the article and the numbers that were compared.
    """

    signaal: Signaal
    overgenomen: bool
    artikel: str
    maanden: int
    minimum_maanden: int
    drempel: Bedrag


class SignaalVrijgegeven(Inhoud, frozen=True, kw_only=True, tag="SignaalVrijgegeven/1"):
    """A signal that waited above the vaste aantal waits no longer; `maand` (2024-05) is the one it counts in."""

    maand: str
    reden: Vrijgave


class PersoonHerkend(Inhoud, frozen=True, kw_only=True, tag="PersoonHerkend/1"):
    """The signal is about the same resident as another, earlier one: certainly, which joins them, or likely.

    `persoon` is the resident whom the other signal is about; `redenen` are what the two have in common and not.
    """

    ander: UUID
    persoon: UUID
    zekerheid: Zekerheid
    redenen: tuple[Overeenkomst, ...]


class PersoonBeslist(Inhoud, frozen=True, kw_only=True, tag="PersoonBeslist/1"):
    """A worker decided whether the signal and another one are about the same resident."""

    ander: UUID
    persoon: UUID
    zelfde: bool


class BekendOpLijst(Inhoud, frozen=True, kw_only=True, tag="BekendOpLijst/1"):
    """The resident of the signal stood in a list of who is known at schuldhulp; `geladen_op` is the list's day."""

    lijst: str
    geladen_op: date


class OokGemeld(Inhoud, frozen=True, kw_only=True, tag="OokGemeld/1"):
    """Another creditor reported an arrear of the resident too: what is kept of such a signal, and how it was found."""

    debtsoort: str
    signaaldatum: date
    bedrag: Bedrag
    herkend_aan: Herkenningsgrond


class SignaalGeaccepteerd(Inhoud, frozen=True, kw_only=True, tag="SignaalGeaccepteerd/1"):
    """The worker took the signal up, in this zaak."""

    zaak: UUID


class SignaalGeweigerd(Inhoud, frozen=True, kw_only=True, tag="SignaalGeweigerd/1"):
    """The worker did not take the signal up. The ground stays here; only a code leaves."""

    grond: Weigergrond
    status: Signaalstatus
    notitie: str = ""
    brp_datum: date | None = None
    terugmelding: Terugmelding


# --- casework: dossier = the zaak ---------------------------------------------------------------------------


class ZaakGeopend(Inhoud, frozen=True, kw_only=True, tag="ZaakGeopend/1"):
    """A zaak was made for a resident (`datumOpgepakt` of DDAS); `contact_voor` is the term for a first attempt."""

    nummer: str
    signaal: UUID
    inwoner: Inwoner
    inwoner_id: UUID
    debtsoort: str
    ontvangen_op: datetime
    contact_voor: date
    behandelaar: UUID


class InwonerGecorrigeerd(Inhoud, frozen=True, kw_only=True, tag="InwonerGecorrigeerd/1"):
    """The source corrected who the resident is or where they live, and a worker took it over; all values, whole."""

    inwoner: Inwoner
    signaal: UUID


class SignaalToegevoegd(Inhoud, frozen=True, kw_only=True, tag="SignaalToegevoegd/1"):
    """A further signal about the same resident joined the zaak."""

    signaal: UUID


class ContactpogingGedaan(Inhoud, frozen=True, kw_only=True, tag="ContactpogingGedaan/1"):
    """One attempt at contact, in or out; `dagdeel` is the cell of the grid in which it fell."""

    contactsoort: Contactsoort
    richting: Richting = Richting.UIT
    bereikt: bool
    gesproken_met: Gesprekspartner | None = None
    resultaat: Belresultaat | None = None
    dagdeel: Dagdelen
    terugbellen_op: datetime | None = None
    notitie: str = ""


class BezoekGepland(Inhoud, frozen=True, kw_only=True, tag="BezoekGepland/1"):
    """A visit, or the first talk at the resident's address, was planned; it replaces an earlier plan.

    `met` is the colleague who comes along, `tijd` an agreed time of day such as `14:30`.
    """

    doel: Bezoekdoel
    datum: date
    dagdeel: Dagdeel
    tijd: str = ""
    aangekondigd: bool = False
    met: str = ""


class BezoekAfgezegd(Inhoud, frozen=True, kw_only=True, tag="BezoekAfgezegd/1"):
    """A planned visit will not take place."""

    reden: str = ""


class SituatieVastgelegd(Inhoud, frozen=True, kw_only=True, tag="SituatieVastgelegd/1"):
    """The resident's situation, whole: how to call, write and visit."""

    situatie: Situatie


class AdresGetoond(Inhoud, frozen=True, kw_only=True, tag="AdresGetoond/1"):
    """Somebody made a hidden address visible, and why; written before it is shown."""

    reden: str


class AdresGecontroleerd(Inhoud, frozen=True, kw_only=True, tag="AdresGecontroleerd/1"):
    """A colleague checked a hidden address: whether it may be visited and written to."""

    door_wie: str
    akkoord: bool
    notitie: str = ""


class NotitieGemaakt(Inhoud, frozen=True, kw_only=True, tag="NotitieGemaakt/1"):
    """A note by itself, beside any contact."""

    tekst: str


class BrpGecontroleerd(Inhoud, frozen=True, kw_only=True, tag="BrpGecontroleerd/1"):
    """The municipality's own BRP check (WGS 8b)."""

    uitkomst: BrpUitkomst
    datum: date


class BekendheidVastgelegd(Inhoud, frozen=True, kw_only=True, tag="BekendheidVastgelegd/1"):
    """Whether the resident was known before: at schuldhulp, and to a vastelastenpartner; and who said so."""

    schuldhulp: Bekendheid
    eerder_gemeld: Bekendheid
    volgens: str


class HulpaanbodGedaan(Inhoud, frozen=True, kw_only=True, tag="HulpaanbodGedaan/1"):
    """Help was offered; an acceptance carries the term of WGS 4, and whether it had passed already."""

    antwoord: Antwoord | None = None
    dreiging: bool = False
    gesprek_voor: date | None = None
    te_laat: bool = False


class BelofteVastgelegd(Inhoud, frozen=True, kw_only=True, tag="BelofteVastgelegd/1"):
    """A promise to call at a moment, beside any contact; without a moment an earlier promise lapses."""

    bellen_op: datetime | None = None


class EersteGesprekGevoerd(Inhoud, frozen=True, kw_only=True, tag="EersteGesprekGevoerd/1"):
    """The first talk; `afgezien` when the resident declined further help in it (WGS 4a lid 2)."""

    afgezien: bool = False
    plan_voor: date | None = None


class PlanVanAanpakOpgesteld(Inhoud, frozen=True, kw_only=True, tag="PlanVanAanpakOpgesteld/1"):
    """A version of the plan van aanpak, whole."""

    versie: int
    plan: PlanVanAanpak


class AfspraakNagekeken(Inhoud, frozen=True, kw_only=True, tag="AfspraakNagekeken/1"):
    """Whether an agreement of a plan was kept; `nummer` counts the agreements of that version from 1."""

    versie: int
    nummer: int
    gedaan: bool
    notitie: str = ""


class CakGebeld(Inhoud, frozen=True, kw_only=True, tag="CakGebeld/1"):
    """Resident and worker called the CAK together: the arrangement per month, and when to look whether it holds."""

    bedrag_per_maand: Bedrag | None = None
    eerste_datum: date | None = None
    nakijken_op: date | None = None
    notitie: str = ""


class RegelingNagekeken(Inhoud, frozen=True, kw_only=True, tag="RegelingNagekeken/1"):
    """Whether the arrangement with the CAK holds, and when to look again."""

    gelukt: Gelukt
    nakijken_op: date | None = None
    notitie: str = ""


class EigenBijdrageNagekeken(Inhoud, frozen=True, kw_only=True, tag="EigenBijdrageNagekeken/1"):
    """What was found out about the eigen bijdrage itself; each answer None when it was not asked."""

    rekening_klopt: Oordeel | None = None
    zorg_gestopt: Oordeel | None = None
    peiljaarverlegging: Oordeel | None = None
    bijzondere_bijstand: Oordeel | None = None
    notitie: str = ""


class StapOvergeslagen(Inhoud, frozen=True, kw_only=True, tag="StapOvergeslagen/1"):
    """A step was skipped with a reason."""

    stap: Stap
    reden: str


class ZaakAfgesloten(Inhoud, frozen=True, kw_only=True, tag="ZaakAfgesloten/1"):
    """The zaak ended; what leaves for the CAK is queued by this same event."""

    eindresultaat: Eindresultaat
    hulp_aanvaard: bool | None = None
    schuldhulp_loopt: date | None = None
    bevestigd_door: str = ""
    reden: Weigergrond | None = None
    notitie: str = ""
    terugmeldingen: tuple[Terugmelding, ...] = ()


class ZaakHeropend1(Inhoud, frozen=True, kw_only=True, tag="ZaakHeropend/1"):
    """A closed zaak goes on. Terugmeldingen that had not left are withdrawn; the others are replaced later."""

    reden: str
    ingetrokken: tuple[UUID, ...] = ()


class ZaakHeropend(ZaakHeropend1, frozen=True, kw_only=True, tag="ZaakHeropend/2"):
    """The same, with the term for a first attempt, which begins again."""

    contact_voor: date


class NazorgGedaan(Inhoud, frozen=True, kw_only=True, tag="NazorgGedaan/1"):
    """*Is het gelukt?*, asked some weeks after a zaak was closed."""

    gelukt: Gelukt
    notitie: str = ""


class OngedaanGemaakt(Inhoud, frozen=True, kw_only=True, tag="OngedaanGemaakt/1"):
    """Events of the same dossier that count no more: they stay in the log, and leave the tables."""

    gebeurtenissen: tuple[UUID, ...]


class TerugmeldingVerzonden(Inhoud, frozen=True, kw_only=True, tag="TerugmeldingVerzonden/1"):
    """Terugmeldingen of this dossier were written in a terugmeldbestand."""

    levering: UUID
    terugmeldingen: tuple[UUID, ...]


class BriefGemaakt(Inhoud, frozen=True, kw_only=True, tag="BriefGemaakt/1"):
    """A letter or card was made; `tekstversie` is the digest of the template that was used."""

    brief: str
    tekstversie: str
    aan: str = ""


class BriefVerzonden(Inhoud, frozen=True, kw_only=True, tag="BriefVerzonden/1"):
    """The worker confirmed that a letter left the house; `gemaakt` is the event with which it was made.

    `privacytekst` tells whether the text of AVG 14 went with it.
    """

    gemaakt: UUID
    brief: str
    privacytekst: bool


class IdentiteitGecontroleerd(Inhoud, frozen=True, kw_only=True, tag="IdentiteitGecontroleerd/1"):
    """Who asks for an inzage was seen to be the resident; written before anything is put together."""

    identiteit: Identiteitsbewijs


class InzageVerstrekt(Inhoud, frozen=True, kw_only=True, tag="InzageVerstrekt/1"):
    """An inzage was printed after an identity check; numbered per vault."""

    nummer: str
    identiteit: Identiteitsbewijs


class DossierIngezien(Inhoud, frozen=True, kw_only=True, tag="DossierIngezien/1"):
    """Somebody looked at the dossier; written before it is shown (AVG 5, BIO2 8.15)."""

    scherm: str


# --- dossier = the terugbelverzoek itself --------------------------------------------------------------------


class TerugbelverzoekGenoteerd(Inhoud, frozen=True, kw_only=True, tag="TerugbelverzoekGenoteerd/1"):
    """Somebody who is not found here asks to be called; only what is needed to do so."""

    naam: str
    telefoonnummer: str
    wanneer: str = ""
    notitie: str = ""


class TerugbelverzoekAfgehandeld(Inhoud, frozen=True, kw_only=True, tag="TerugbelverzoekAfgehandeld/1"):
    """The call-back was made or passed on; `zaak` when the caller turned out to be its resident."""

    zaak: UUID | None = None
    hoe: str = ""


AnyInhoud = (
    KluisGemaakt
    | MedewerkerToegevoegd
    | InstellingGewijzigd
    | ReservekopieGemaakt
    | WachtwoordVervangen
    | LeveringOntvangen
    | SignaalOntvangen
    | RijAfgewezen
    | RijHersteld
    | QuotumToegepast
    | SignaalGewijzigd
    | SignaalIngetrokken
    | CorrectieGekozen
    | SignaalVrijgegeven
    | PersoonHerkend
    | PersoonBeslist
    | BekendOpLijst
    | OokGemeld
    | SignaalGeaccepteerd
    | SignaalGeweigerd
    | ZaakGeopend
    | InwonerGecorrigeerd
    | SignaalToegevoegd
    | ContactpogingGedaan
    | BezoekGepland
    | BezoekAfgezegd
    | SituatieVastgelegd
    | AdresGetoond
    | AdresGecontroleerd
    | NotitieGemaakt
    | BrpGecontroleerd
    | BekendheidVastgelegd
    | HulpaanbodGedaan
    | BelofteVastgelegd
    | EersteGesprekGevoerd
    | PlanVanAanpakOpgesteld
    | AfspraakNagekeken
    | CakGebeld
    | RegelingNagekeken
    | EigenBijdrageNagekeken
    | StapOvergeslagen
    | ZaakAfgesloten
    | ZaakHeropend1
    | ZaakHeropend
    | NazorgGedaan
    | OngedaanGemaakt
    | TerugmeldingVerzonden
    | BriefGemaakt
    | BriefVerzonden
    | IdentiteitGecontroleerd
    | InzageVerstrekt
    | DossierIngezien
    | TerugbelverzoekGenoteerd
    | TerugbelverzoekAfgehandeld
)

SOORTEN: dict[type[Inhoud], str] = {
    kind: typing.cast("str", kind.__struct_config__.tag) for kind in typing.get_args(AnyInhoud)
}
"""The tag of every kind this version of the program knows."""

TAGS = frozenset(SOORTEN.values())
"""The same tags, to ask whether one is known."""

_decoder = msgspec.json.Decoder(AnyInhoud)
encode = msgspec.json.Encoder().encode


def decode(soort: str, stored: bytes) -> AnyInhoud | None:
    """The payload of a stored event, or None when its kind is newer than this program.

    Raises:
        msgspec.ValidationError: when the bytes do not have the shape of their kind.
    """
    return _decoder.decode(stored) if soort in TAGS else None


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An event that is about to be recorded.

    `id` is made when the form opens, so that pressing a button twice records one event.
    `op` is when it happened (aware UTC); when it was recorded, and by which device, the journal adds.
    """

    id: UUID
    dossier: UUID
    op: datetime
    inhoud: AnyInhoud


class Gebeurtenis(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A recorded event. `inhoud` is None when it was erased, or is of a kind newer than this program."""

    id: UUID
    dossier: UUID
    soort: str
    op: datetime
    vastgelegd: datetime
    door: UUID
    inhoud: AnyInhoud | None

    @property
    def naam(self) -> str:
        """The kind without its version: `ContactpogingGedaan`."""
        return self.soort.partition("/")[0]
