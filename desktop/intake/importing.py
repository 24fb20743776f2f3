"""Import one file: read it, hold every row against the law and the vault, and record all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from db.errors import KnownError
from db.model.codes import Bak, Uitkomst
from db.model.gebeurtenis import Entry, LeveringOntvangen, RijAfgewezen, SignaalGewijzigd, SignaalOntvangen
from db.model.ids import NAMESPACE, uuid5
from db.model.signaal import Signaal, signaal_id
from db.queries import intake as queries
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.herhaling import Eerder, no_repetition
from desktop.casework.intrekking import Intrekking, withdraw
from desktop.casework.rulebook import (
    NietToegelaten,
    Toegelaten,
    Toelatingsreden,
    assess,
    regelboek,
    unknown_soort,
)
from desktop.intake import bestand, csv_reader, json_reader, velden
from desktop.intake.invoer import Bronrij, Invoer, gemeente
from desktop.intake.rapport import ImportReport, Regel
from desktop.intake.velden import Veldfout

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""

Cancelled = Callable[[], bool]
"""Asked often; once it says yes the import stops within a second, and nothing was recorded."""

_STEP = 500


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
            `bestand.read_file`), IMPORT_AFGEBROKEN when cancelled, NOG_NIET_BESCHIKBAAR for what comes later,
            VASTLEGGEN_MISLUKT of the journal; in each case nothing was recorded.
    """
    if profile is not None:
        raise KnownError("NOG_NIET_BESCHIKBAAR", plaats="", wat="Inlezen met een profiel")
    content = bestand.read_file(path)
    bestand.check_kind(content, path.name)
    gemeentecode = queries.gemeentecode(vault.connection)
    reader = json_reader if bestand.is_json(content) else csv_reader
    invoer = reader.read(content, gemeentecode)
    run = _Import(vault, invoer, gemeentecode, progress, cancelled)
    run.judge()
    run.compare()
    run.record()
    return run.report(path.name)


class _Import:
    """One delivery on its way in."""

    def __init__(
        self,
        vault: Vault,
        invoer: Invoer,
        gemeentecode: str,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._vault = vault
        self._invoer = invoer
        self._gemeentecode = gemeentecode
        self._progress = progress
        self._cancelled = cancelled
        self._now = vault.clock()
        bron = invoer.levering.bron
        self._levering = uuid5(NAMESPACE, f"levering\n{bron}\n{invoer.levering.extern_id}")
        self._admitted: list[tuple[int, Signaal, Toegelaten]] = []
        self._rejected: list[RijAfgewezen] = []
        self._entries: list[Entry] = []
        self._regels: list[Regel] = []
        self._uitkomsten: Counter[Uitkomst] = Counter()
        self._bakken: Counter[Bak] = Counter()
        self._ingetrokken = 0
        self._intrekkingen_onbekend = 0

    # ------------------------------------------------------------------------------ row by row

    def judge(self) -> None:
        """Read every row's fields and hold them against the law; the vault is not asked yet."""
        bron = self._invoer.levering.bron
        seen: set[str] = set()
        for index, row in enumerate(self._invoer.rijen):
            if index % _STEP == 0:
                self._pause(index)
            found = velden.parse(row.waarden, bron=bron, tabel=self._invoer.tabel)
            extern_id = found.id if isinstance(found, Signaal) else velden.own_id(row.waarden)
            verdict = self._fault(row, double=extern_id in seen) or found
            if extern_id:
                seen.add(extern_id)
            if isinstance(verdict, Signaal):
                toelating = assess(verdict, self._gemeentecode)
                if isinstance(toelating, Toegelaten):
                    self._admitted.append((row.rij, verdict, toelating))
                else:
                    self._not_admitted(row, toelating)
            elif isinstance(verdict, NietToegelaten):
                self._not_admitted(row, verdict)
            elif verdict.code == Toelatingsreden.ONBEKENDE_SOORT:
                gevonden = velden.shown(row.waarden.get(verdict.veld))
                self._not_admitted(row, unknown_soort(gevonden, veld=verdict.veld))
            else:
                self._unreadable(row, verdict)

    def _fault(self, row: Bronrij, *, double: bool) -> Veldfout | NietToegelaten | None:
        """What is wrong with the row as a whole: another municipality's, a double, too many cells."""
        code = row.waarden.get("gemeentecode")
        if code and gemeente(code) != self._gemeentecode:
            return NietToegelaten(
                reden=Toelatingsreden.ANDERE_GEMEENTE, artikel=regelboek().artikel_intake, veld="gemeentecode",
                gevonden="een andere gemeente", vereist=self._gemeentecode,
            )  # fmt: skip
        if double:
            return Veldfout("DUBBEL_IN_BESTAND", "id", "nog een keer", "elk signaal één keer")
        if row.te_veel_kolommen:
            return Veldfout("VELD_ONTBREEKT", "", "meer cellen dan kolommen", "één cel per kolom")
        return None

    def _not_admitted(self, row: Bronrij, toelating: NietToegelaten) -> None:
        # Somebody else's resident: nothing is kept but the signal's own id.
        elsewhere = toelating.reden is Toelatingsreden.ANDERE_GEMEENTE
        self._reject(
            RijAfgewezen(
                levering=self._levering, rij=row.rij, signaal=velden.own_id(row.waarden),
                uitkomst=Uitkomst.NIET_TOEGELATEN, reden=toelating.reden.value, artikel=toelating.artikel,
                veld=toelating.veld, gevonden=toelating.gevonden, vereist=toelating.vereist,
                waarden={} if elsewhere else _listed(row),
            )
        )  # fmt: skip

    def _unreadable(self, row: Bronrij, fout: Veldfout) -> None:
        self._reject(
            RijAfgewezen(
                levering=self._levering, rij=row.rij, signaal=velden.own_id(row.waarden),
                uitkomst=Uitkomst.ONLEESBAAR, reden=fout.code, veld=fout.veld, gevonden=fout.gevonden,
                vereist=fout.vereist, waarden=_listed(row),
            )
        )  # fmt: skip

    def _reject(self, afwijzing: RijAfgewezen) -> None:
        self._rejected.append(afwijzing)
        legal = afwijzing.uitkomst is Uitkomst.NIET_TOEGELATEN
        self._note(
            Regel(
                rij=afwijzing.rij, signaal=afwijzing.signaal or None, uitkomst=afwijzing.uitkomst,
                reden=afwijzing.reden, artikel=afwijzing.artikel or None, veld=afwijzing.veld or None,
                # What was found in an unreadable field may be personal; it stays in the vault.
                gevonden=afwijzing.gevonden if legal else None, vereist=afwijzing.vereist or None,
            )
        )  # fmt: skip

    def _note(self, regel: Regel) -> None:
        self._regels.append(regel)
        self._uitkomsten[regel.uitkomst] += 1

    # ----------------------------------------------------------------------- against the vault

    def compare(self) -> None:
        """Tell new from known and from changed, choose the tray, and make the events."""
        connection, new_id, now = self._vault.connection, self._vault.new_id, self._now
        dossiers = [signaal.dossier for _, signaal, _ in self._admitted]
        known = queries.bekende_signalen(connection, dossiers)
        eerder = _by_debt(queries.opgepakte_signalen(connection, [s.klantnummer for _, s, _ in self._admitted]))
        months = instellingen.load(connection).herhaling_maanden
        for (rij, signaal, toelating), dossier in zip(self._admitted, dossiers, strict=True):
            before = known.get(dossier.bytes)
            if before is None:
                bak = _tray(signaal, eerder.get((signaal.signaalpartner, signaal.klantnummer, signaal.soort)), months)
                self._bakken[bak] += 1
                inhoud: SignaalOntvangen | SignaalGewijzigd = SignaalOntvangen(
                    signaal=signaal, levering=self._levering, rij=rij, artikel=toelating.artikel,
                    maanden=toelating.maanden, minimum_maanden=toelating.minimum_maanden,
                    drempel=toelating.drempel, bak=bak,
                )  # fmt: skip
            else:
                vingerafdruk = signaal.vingerafdruk()
                same = vingerafdruk == before.vingerafdruk
                uitkomst = Uitkomst.AL_BEKEND if same else Uitkomst.GEWIJZIGD
                self._note(Regel(rij=rij, signaal=signaal.id, uitkomst=uitkomst))
                if same or vingerafdruk == before.gewijzigd:
                    continue
                inhoud = SignaalGewijzigd(signaal=signaal, levering=self._levering)
            self._entries.append(Entry(id=new_id(), dossier=dossier, op=now, inhoud=inhoud))
        self._uitkomsten[Uitkomst.GEACCEPTEERD] = self._bakken.total()
        self._regels.sort(key=lambda regel: regel.rij)
        self._add_rejected()
        self._add_withdrawals()

    def _add_rejected(self) -> None:
        """Refused rows that were not stored by an earlier reading of the same delivery."""
        dossiers = [
            uuid5(self._levering, f"rij\n{rij.rij}\n{rij.signaal}\n{rij.reden}\n{rij.veld}") for rij in self._rejected
        ]
        stored = queries.vastgelegde_dossiers(self._vault.connection, dossiers)
        self._entries += [
            Entry(id=self._vault.new_id(), dossier=dossier, op=self._now, inhoud=rij)
            for rij, dossier in zip(self._rejected, dossiers, strict=True)
            if dossier not in stored
        ]

    def _add_withdrawals(self) -> None:
        bron = self._invoer.levering.bron
        readable = []
        unreadable = 0
        for item in self._invoer.intrekkingen:
            found = velden.parse_intrekking(item)
            if found is None:
                unreadable += 1
            else:
                readable.append(Intrekking(signaal=signaal_id(bron, found[0]), datum=found[1]))
        result = withdraw(
            self._vault.connection,
            readable,
            levering=self._levering,
            nieuw={entry.dossier for entry in self._entries if isinstance(entry.inhoud, SignaalOntvangen)},
            now=self._now,
            new_id=self._vault.new_id,
        )
        self._entries += result.entries
        self._ingetrokken = result.verwerkt
        self._intrekkingen_onbekend = result.onbekend + unreadable

    # ------------------------------------------------------------------------- all or nothing

    def record(self) -> None:
        """Append everything in one transaction; nothing when nothing is new."""
        vault = self._vault
        if not self._entries and queries.vastgelegde_dossiers(vault.connection, [self._levering]):
            return
        uitkomsten = self._uitkomsten
        received = Entry(
            id=vault.new_id(),
            dossier=self._levering,
            op=self._now,
            inhoud=LeveringOntvangen(
                bron=self._invoer.levering.bron, extern_id=self._invoer.levering.extern_id,
                aangemaakt=self._invoer.levering.aangemaakt, geaccepteerd=uitkomsten[Uitkomst.GEACCEPTEERD],
                niet_toegelaten=uitkomsten[Uitkomst.NIET_TOEGELATEN], onleesbaar=uitkomsten[Uitkomst.ONLEESBAAR],
                al_bekend=uitkomsten[Uitkomst.AL_BEKEND], gewijzigd=uitkomsten[Uitkomst.GEWIJZIGD],
                weggelaten=self._invoer.weggelaten.counts(),
            ),
        )  # fmt: skip
        self._pause(len(self._invoer.rijen))
        vault.journal.append([received, *self._entries], door=vault.door, cancelled=self._cancelled)

    def _pause(self, done: int) -> None:
        """Say how far it is, and stop when asked to."""
        if self._progress is not None:
            self._progress(done, len(self._invoer.rijen))
        if self._cancelled is not None and self._cancelled():
            raise KnownError("IMPORT_AFGEBROKEN", plaats="")

    def report(self, name: str) -> ImportReport:
        """What became of every row; the counts add up."""
        count = self._uitkomsten
        return ImportReport(
            bestand=name, rijen=len(self._invoer.rijen), geaccepteerd=count[Uitkomst.GEACCEPTEERD],
            niet_toegelaten=count[Uitkomst.NIET_TOEGELATEN], onleesbaar=count[Uitkomst.ONLEESBAAR],
            al_bekend=count[Uitkomst.AL_BEKEND], gewijzigd=count[Uitkomst.GEWIJZIGD],
            weggelaten=self._invoer.weggelaten.counts(), regels=tuple(self._regels),
            herhaald=self._bakken[Bak.HERHAALD], controleren=self._bakken[Bak.CONTROLEREN],
            ingetrokken=self._ingetrokken, intrekkingen_onbekend=self._intrekkingen_onbekend,
            codering=self._invoer.codering,
        )  # fmt: skip


def _listed(row: Bronrij) -> dict[str, str]:
    soort = row.waarden.get("soort")
    return velden.listed(row.waarden, regelboek().velden(soort if isinstance(soort, str) else ""))


Debt = tuple[str, str, str]


def _by_debt(opgepakt: Iterable[queries.OpgepaktSignaal]) -> dict[Debt, list[queries.OpgepaktSignaal]]:
    found: dict[Debt, list[queries.OpgepaktSignaal]] = {}
    for eerder in opgepakt:
        found.setdefault((eerder.signaalpartner, eerder.klantnummer, eerder.soort), []).append(eerder)
    return found


def _tray(signaal: Signaal, eerder: list[queries.OpgepaktSignaal] | None, months: int) -> Bak:
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
