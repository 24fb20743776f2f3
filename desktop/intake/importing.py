"""Import one file: read it, hold every row against the law and the vault, and record all of it or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from db.errors import KnownError
from db.model.codes import Bak, Uitkomst
from db.model.gebeurtenis import Entry, LeveringOntvangen, RijAfgewezen, SignaalGewijzigd, SignaalOntvangen
from db.model.ids import uuid5
from db.model.signaal import Signaal, signaal_id
from db.queries import intake as queries
from db.queries.signalen import Kandidaat
from db.vault import Vault
from desktop.casework import instellingen, quotum, vergelijken
from desktop.casework.bekenden import Opgezocht
from desktop.casework.herhaling import Eerder, no_repetition
from desktop.casework.herkenning import recognise
from desktop.casework.instellingen import Instellingen
from desktop.casework.intrekking import Intrekking, withdraw
from desktop.casework.kalender import lokale_datum
from desktop.casework.matching import Herkenning
from desktop.casework.retention import bewaard_vanaf
from desktop.casework.rulebook import Toelatingsreden, regelboek
from desktop.intake import bestand, profielen
from desktop.intake.beoordelen import Deel, Kop, Oordeel, Opdracht, Toegelatenrij, Vergelijkrij, Vergelijkweigering
from desktop.intake.invoer import Voorbeeld
from desktop.intake.lezer import Cancelled, oordelen
from desktop.intake.rapport import ImportReport, Regel

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""


def import_file(
    vault: Vault,
    path: Path,
    *,
    profile: str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportReport:
    """Take in a delivery: atomic, and idempotent, so that the same file twice changes nothing.

    Raises:
        KnownError: the file was refused whole (LEEG_BESTAND, CODERING, TE_GROOT, TE_VEEL_RIJEN, TE_DIEP,
            KOLOM_ONTBREEKT, KOLOM_DUBBEL, GEEN_GEWOON_BESTAND, ONBEKEND_FORMAAT, ANDERE_GEMEENTE, and those of
            `bestand.read_file`), IMPORT_AFGEBROKEN when cancelled, PROFIEL_ONBEKEND and PROFIEL_ONGELDIG,
            VASTLEGGEN_MISLUKT of the journal; in each case nothing was recorded.
    """
    profiel = profielen.text_of(vault, profile) if profile is not None else ""
    opdracht = Opdracht(gemeentecode=queries.gemeentecode(vault.connection), profiel=profiel)
    return take_in(vault, read_delivery(path, opdracht, progress=progress, cancelled=cancelled), cancelled=cancelled)


def preview_file(path: Path, opdracht: Opdracht, *, cancelled: Cancelled | None = None) -> Voorbeeld:
    """The first rows of a file, before anything is taken in; the vault is not needed.

    Raises:
        KnownError: the file or the profile cannot be read.
    """
    look = msgspec.structs.replace(opdracht, alleen_voorbeeld=True)
    (found,) = oordelen(bestand.read_file(path), look, cancelled)
    if not isinstance(found, Voorbeeld):
        raise TypeError("somebody only wanted to look")
    return found


def read_delivery(
    path: Path, opdracht: Opdracht, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Gelezen:
    """Read a whole file and hold its rows against the law; the vault is not needed, so others may use it meanwhile.

    Raises:
        KnownError: the file was refused whole; IMPORT_AFGEBROKEN when cancelled.
    """
    kop: Kop | None = None
    found: list[Oordeel] = []
    for message in oordelen(bestand.read_file(path), opdracht, cancelled):
        if isinstance(message, Kop):
            kop = message
        elif isinstance(message, Deel):
            found += message.oordelen
        if kop is not None and progress is not None:
            progress(len(found), kop.rijen)
        _stop_when(cancelled)
    if kop is None:
        raise TypeError("a delivery begins with its head")
    return Gelezen(bestand=path.name, kop=kop, oordelen=tuple(found))


def take_in(vault: Vault, gelezen: Gelezen, *, cancelled: Cancelled | None = None) -> ImportReport:
    """Compare what was read with the vault, and record all of it or nothing.

    Raises:
        KnownError: IMPORT_AFGEBROKEN when cancelled, VASTLEGGEN_MISLUKT of the journal; nothing was recorded.
    """
    run = Ontvangst(vault, gelezen.kop, cancelled)
    run.take(gelezen.oordelen)
    run.compare()
    run.record()
    return run.report(gelezen.bestand)


def _stop_when(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise KnownError("IMPORT_AFGEBROKEN", plaats="")


class Gelezen(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read to its end: its head, and a verdict on every row."""

    bestand: str
    kop: Kop
    oordelen: tuple[Oordeel, ...]


class Ontvangst:
    """One delivery on its way in."""

    def __init__(
        self,
        vault: Vault,
        kop: Kop,
        cancelled: Cancelled | None = None,
    ) -> None:
        self._vault = vault
        self._kop = kop
        self._cancelled = cancelled
        self._now = vault.clock()
        self._levering = kop.levering
        self._admitted: list[Toegelatenrij] = []
        self._compared: list[Vergelijkrij] = []
        self._rejected: list[RijAfgewezen] = []
        self._anderen = vergelijken.Ontvangen(vault.connection, self._now)
        self.entries: list[Entry] = []
        self._regels: list[Regel] = []
        self._uitkomsten: Counter[Uitkomst] = Counter()
        self._bakken: Counter[Bak] = Counter()
        self._vergelijking = 0
        self._ingetrokken = 0
        self._intrekkingen_onbekend = 0

    # ------------------------------------------------------------------------------ row by row

    def take(self, oordelen: Iterable[Oordeel]) -> None:
        """Keep the next rows with their verdicts."""
        for oordeel in oordelen:
            self._keep(oordeel)

    def _keep(self, oordeel: Oordeel) -> None:
        if isinstance(oordeel, Toegelatenrij):
            self._admitted.append(oordeel)
            return
        if isinstance(oordeel, Vergelijkrij):
            self._compared.append(oordeel)
            return
        if isinstance(oordeel, Vergelijkweigering):
            self._note(oordeel.regel)
            return
        self._rejected.append(oordeel)
        legal = oordeel.uitkomst is Uitkomst.NIET_TOEGELATEN
        self._note(
            Regel(
                rij=oordeel.rij, signaal=oordeel.signaal or None, uitkomst=oordeel.uitkomst,
                reden=oordeel.reden, artikel=oordeel.artikel or None, veld=oordeel.veld or None,
                # What was found in an unreadable field may be personal; it stays in the vault.
                gevonden=oordeel.gevonden if legal else None, vereist=oordeel.vereist or None,
            )
        )  # fmt: skip

    def _note(self, regel: Regel) -> None:
        self._regels.append(regel)
        self._uitkomsten[regel.uitkomst] += 1

    # ----------------------------------------------------------------------- against the vault

    def compare(self) -> None:
        """Tell new from known and from changed, choose the tray, and make the events."""
        connection, new_id, now = self._vault.connection, self._vault.new_id, self._now
        dossiers = [row.signaal.dossier for row in self._admitted]
        known = queries.bekende_signalen(connection, dossiers)
        nieuw = [row.signaal for row in self._admitted if row.signaal.dossier.bytes not in known]
        herkend = self._recognise(nieuw)
        self._keep_compared()
        vergeleken = self._anderen.look_up(nieuw)
        bekend = Opgezocht(connection, nieuw)
        settings = instellingen.load(connection)
        months = settings.herhaling_maanden
        eerder = _Eerder(self._vault, nieuw, herkend)
        bakken = {signaal.dossier: _tray(signaal, eerder.of(signaal), months) for signaal in nieuw}
        self._keep_to_quota(settings, bakken)
        self._bakken.update(bakken.values())
        for row, dossier in zip(self._admitted, dossiers, strict=True):
            rij, signaal, toelating = row.rij, row.signaal, row.toelating
            before = known.get(dossier.bytes)
            if before is None:
                bak = bakken[dossier]
                inhoud: SignaalOntvangen | SignaalGewijzigd = SignaalOntvangen(
                    signaal=signaal, levering=self._levering, rij=rij, artikel=toelating.artikel,
                    maanden=toelating.maanden, minimum_maanden=toelating.minimum_maanden,
                    drempel=toelating.drempel, bak=bak,
                    schuldhulp=bekend.schuldhulp(dossier), eerder_gemeld=vergeleken.eerder_gemeld(signaal),
                )  # fmt: skip
            else:
                vingerafdruk = signaal.vingerafdruk()
                same = vingerafdruk in {before.vingerafdruk, before.niet_overgenomen}
                uitkomst = Uitkomst.AL_BEKEND if same else Uitkomst.GEWIJZIGD
                self._note(Regel(rij=rij, signaal=signaal.id, uitkomst=uitkomst))
                if same or vingerafdruk == before.gewijzigd:
                    continue
                inhoud = SignaalGewijzigd(signaal=signaal, levering=self._levering)
            self.entries.append(Entry(id=new_id(), dossier=dossier, op=now, inhoud=inhoud))
        self.entries += (
            Entry(id=new_id(), dossier=dossier, op=now, inhoud=herkenning.inhoud)
            for dossier, found in herkend.items()
            for herkenning in found
        )
        self.entries += (
            Entry(id=new_id(), dossier=signaal.dossier, op=now, inhoud=treffer)
            for signaal in nieuw
            for treffers in (bekend.treffers(signaal.dossier), vergeleken.treffers(signaal.dossier))
            for treffer in treffers
        )
        self._uitkomsten[Uitkomst.GEACCEPTEERD] = self._bakken.total() + self._vergelijking
        self._regels.sort(key=lambda regel: regel.rij)
        self._add_rejected()
        self._add_withdrawals()

    def _keep_compared(self) -> None:
        """Tell which signals of other creditors are new; those that had their term, or lie ahead, are not kept."""
        vanaf, today = bewaard_vanaf(self._now), lokale_datum(self._now)
        kept: list[Vergelijkrij] = []
        for row in self._compared:
            datum = row.signaal.signaaldatum
            if vanaf <= datum <= today:
                kept.append(row)
                continue
            old = datum < vanaf
            self._note(
                Regel(
                    rij=row.rij, signaal=row.id, veld="signaaldatum",
                    uitkomst=Uitkomst.NIET_TOEGELATEN if old else Uitkomst.ONLEESBAAR,
                    reden=Toelatingsreden.TE_OUD.value if old else "DATUM_ONGELDIG",
                    artikel=regelboek().artikel(row.signaal.debtsoort) if old else None,
                    gevonden=f"{datum:%d-%m-%Y}" if old else None,
                    vereist=f"{vanaf:%d-%m-%Y} of later" if old else "niet na vandaag",
                )
            )  # fmt: skip
        for row, new in zip(kept, self._anderen.add([row.signaal for row in kept]), strict=True):
            if new:
                self._vergelijking += 1
            else:
                self._note(Regel(rij=row.rij, signaal=row.id, uitkomst=Uitkomst.AL_BEKEND))

    def _keep_to_quota(self, settings: Instellingen, bakken: dict[UUID, Bak]) -> None:
        """Let whoever comes above the vaste aantal of this month wait; whoever waited already takes part again."""
        kinds = {row.signaal.soort for row in self._admitted}
        for soort in sorted(soort for soort in kinds if settings.vast_aantal(soort) is not None):
            nieuw = [
                Kandidaat(row.signaal.dossier, row.signaal.id, row.signaal.ontstaansdatum, row.signaal.bedrag)
                for row in self._admitted
                if row.signaal.soort == soort and bakken.get(row.signaal.dossier) is Bak.NIEUW
            ]
            if nieuw:
                verdeling, entries = quotum.choose(self._vault, settings, soort, nieuw)
                bakken.update((signaal, Bak.WACHT) for signaal in verdeling.wachten if signaal in bakken)
                self.entries += entries

    def _recognise(self, nieuw: Sequence[Signaal]) -> dict[UUID, tuple[Herkenning, ...]]:
        """Whose signals the new ones are: certain ones are joined by this, likely ones wait for a worker."""
        found = recognise(self._vault.connection, nieuw, pause=lambda: _stop_when(self._cancelled))
        return {signaal.dossier: each for signaal, each in zip(nieuw, found, strict=True) if each}

    def _add_rejected(self) -> None:
        """Refused rows that were not stored by an earlier reading of the same delivery."""
        dossiers = [
            uuid5(self._levering, f"rij\n{rij.rij}\n{rij.signaal}\n{rij.reden}\n{rij.veld}") for rij in self._rejected
        ]
        stored = queries.vastgelegde_dossiers(self._vault.connection, dossiers)
        self.entries += [
            Entry(id=self._vault.new_id(), dossier=dossier, op=self._now, inhoud=rij)
            for rij, dossier in zip(self._rejected, dossiers, strict=True)
            if dossier not in stored
        ]

    def _add_withdrawals(self) -> None:
        kop = self._kop
        result = withdraw(
            self._vault.connection,
            [Intrekking(signaal=signaal_id(kop.bron, extern_id), datum=datum) for extern_id, datum in kop.intrekkingen],
            levering=self._levering,
            nieuw={entry.dossier for entry in self.entries if isinstance(entry.inhoud, SignaalOntvangen)},
            now=self._now,
            new_id=self._vault.new_id,
        )
        self.entries += result.entries
        self._ingetrokken = result.verwerkt
        self._intrekkingen_onbekend = result.onbekend + kop.intrekkingen_onleesbaar

    # ------------------------------------------------------------------------- all or nothing

    def record(self) -> None:
        """Append everything in one transaction; nothing when nothing is new."""
        vault = self._vault
        if (
            not self.entries
            and not self._anderen.nieuw
            and queries.vastgelegde_dossiers(vault.connection, [self._levering])
        ):
            return
        uitkomsten = self._uitkomsten
        received = Entry(
            id=vault.new_id(),
            dossier=self._levering,
            op=self._now,
            inhoud=LeveringOntvangen(
                bron=self._kop.bron, extern_id=self._kop.extern_id, aangemaakt=self._kop.aangemaakt,
                geaccepteerd=uitkomsten[Uitkomst.GEACCEPTEERD],
                niet_toegelaten=uitkomsten[Uitkomst.NIET_TOEGELATEN], onleesbaar=uitkomsten[Uitkomst.ONLEESBAAR],
                al_bekend=uitkomsten[Uitkomst.AL_BEKEND], gewijzigd=uitkomsten[Uitkomst.GEWIJZIGD],
                weggelaten=self._kop.weggelaten,
            ),
        )  # fmt: skip
        _stop_when(self._cancelled)
        vault.journal.append(
            [received, *self.entries], door=vault.door, cancelled=self._cancelled, beside=self._anderen.keep
        )

    def report(self, name: str) -> ImportReport:
        """What became of every row; the counts add up."""
        count = self._uitkomsten
        return ImportReport(
            bestand=name, rijen=self._kop.rijen, geaccepteerd=count[Uitkomst.GEACCEPTEERD],
            niet_toegelaten=count[Uitkomst.NIET_TOEGELATEN], onleesbaar=count[Uitkomst.ONLEESBAAR],
            al_bekend=count[Uitkomst.AL_BEKEND], gewijzigd=count[Uitkomst.GEWIJZIGD],
            weggelaten=self._kop.weggelaten, regels=tuple(self._regels),
            herhaald=self._bakken[Bak.HERHAALD], wacht=self._bakken[Bak.WACHT],
            controleren=self._bakken[Bak.CONTROLEREN], ingetrokken=self._ingetrokken,
            intrekkingen_onbekend=self._intrekkingen_onbekend, codering=self._kop.codering,
            vergelijking=self._vergelijking,
        )  # fmt: skip


_Debt = tuple[str, str | UUID, str]


class _Eerder:
    """What was taken up before of the debts in a delivery: under the same klantnummer, or of the same resident."""

    def __init__(
        self,
        vault: Vault,
        nieuw: Sequence[Signaal],
        herkend: Mapping[UUID, tuple[Herkenning, ...]],
    ) -> None:
        self._personen = {dossier: found[0].persoon for dossier, found in herkend.items() if found[0].zeker}
        self._found: defaultdict[_Debt, list[queries.OpgepaktSignaal]] = defaultdict(list)
        taken_up = queries.opgepakte_signalen(
            vault.connection, (signaal.klantnummer for signaal in nieuw), set(self._personen.values())
        )
        for eerder in taken_up:
            for whose in (eerder.klantnummer, eerder.persoon):
                self._found[eerder.signaalpartner, whose, eerder.soort].append(eerder)

    def of(self, signaal: Signaal) -> Sequence[queries.OpgepaktSignaal]:
        """The signals of the same debt that were taken up, in that order."""
        numbered = self._found.get((signaal.signaalpartner, signaal.klantnummer, signaal.soort), [])
        persoon = self._personen.get(signaal.dossier)
        joined = self._found.get((signaal.signaalpartner, persoon, signaal.soort), []) if persoon else []
        # Of one resident are those under the own number too, unless that came later to belong to somebody else.
        return sorted({*numbered, *joined}, key=lambda eerder: (eerder.geopend_op, eerder.signaaldatum))


def _tray(signaal: Signaal, eerder: Sequence[queries.OpgepaktSignaal], months: int) -> Bak:
    """Where an admitted signal waits (handbook sections 1 and 3).

    `eerder` are the signals of the same debt that were taken up, in that order.
    """
    if signaal.inwoner.minderjarig(signaal.signaaldatum):
        return Bak.CONTROLEREN
    if not eerder:
        return Bak.NIEUW
    earlier = (Eerder(vorig.signaaldatum, vorig.geopend_op, vorig.bedrag) for vorig in eerder)
    repeated = no_repetition(signaal.signaaldatum, signaal.bedrag, earlier, months) is None
    return Bak.HERHAALD if repeated else Bak.NIEUW
