"""Read a file and hold every row against the law; the vault is not asked, so that this may happen elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.codes import Uitkomst
from db.model.gebeurtenis import RijAfgewezen
from db.model.ids import NAMESPACE, uuid5
from db.model.signaal import Signaal
from desktop.casework.rulebook import (
    NietToegelaten,
    Toegelaten,
    Toelatingsreden,
    assess,
    assess_vergelijking,
    regelboek,
    unknown_soort,
)
from desktop.casework.vergelijken import Vergelijksignaal, sporen
from desktop.intake import bestand, csv_reader, json_reader, profiel, tabel, velden, xlsx_reader
from desktop.intake.bestand import Soort
from desktop.intake.invoer import VOORBEELDRIJEN, VOORBEELDTEKENS, Bronrij, Invoer, Voorbeeld, gemeente
from desktop.intake.rapport import Regel
from desktop.intake.tabel import EIGEN_INDELING
from desktop.intake.velden import Veldfout

_STEP = 500
_KOP = frozenset((*profiel.LEVERING, "id", "signaalpartner", "soort"))
_NOTHING = (None, "")


class Opdracht(msgspec.Struct, frozen=True, kw_only=True):
    """For which municipality a file is read, the text of the profile for its layout, and whether only to look."""

    gemeentecode: str
    profiel: str = ""
    alleen_voorbeeld: bool = False


class Toegelatenrij(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="soort", tag="toegelaten"):
    """A row that became a signal which the law admits."""

    rij: int
    signaal: Signaal
    toelating: Toegelaten


class Vergelijkrij(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="soort", tag="vergelijken"):
    """A row of another creditor that may be kept for comparison."""

    rij: int
    id: str
    signaal: Vergelijksignaal


class Vergelijkweigering(msgspec.Struct, frozen=True, kw_only=True, tag_field="soort", tag="weigering"):
    """A row of another creditor that may not: it is told in the report, and kept nowhere."""

    regel: Regel


Oordeel = Toegelatenrij | RijAfgewezen | Vergelijkrij | Vergelijkweigering
"""What a row came to before the vault was asked."""


def outcome(oordeel: Oordeel) -> Uitkomst:
    """What the law says of a row; what the vault says comes later."""
    if isinstance(oordeel, Vergelijkweigering):
        return oordeel.regel.uitkomst
    return oordeel.uitkomst if isinstance(oordeel, RijAfgewezen) else Uitkomst.GEACCEPTEERD


class Kop(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What is known once the whole file was read; `levering` is the dossier of the delivery.

    Attributes:
        intrekkingen: per withdrawal the source's id of the signal and the day.
        intrekkingen_onleesbaar: how many withdrawals were none.
    """

    levering: UUID
    bron: str
    extern_id: str
    aangemaakt: datetime | None
    rijen: int
    weggelaten: dict[str, int]
    codering: str
    intrekkingen: tuple[tuple[str, date], ...] = ()
    intrekkingen_onleesbaar: int = 0


class Deel(msgspec.Struct, frozen=True, tag=True):
    """The next rows of the file, each with its verdict."""

    oordelen: tuple[Oordeel, ...]


Bericht = Kop | Deel | Voorbeeld
"""What reading a file says."""


def read(content: bytes, opdracht: Opdracht) -> Invoer:
    """The rows of a file of any kind that is read; a profile is for tables, JSON has names of its own.

    Raises:
        KnownError: ONBEKEND_FORMAAT, PROFIEL_ONGELDIG, and what the readers raise.
    """
    soort = bestand.kind_of(content)
    if soort is Soort.JSON:
        return json_reader.read(content, opdracht.gemeentecode)
    indeling = profiel.read(opdracht.profiel) if opdracht.profiel else EIGEN_INDELING
    if soort is Soort.WERKMAP:
        return xlsx_reader.read(content, opdracht.gemeentecode, indeling)
    return csv_reader.read(content, opdracht.gemeentecode, indeling)


def preview(content: bytes, opdracht: Opdracht) -> Voorbeeld:
    """The first rows of a file, of which nothing was judged yet.

    Raises:
        KnownError: what the readers and `profiel.read` raise.
    """
    soort = bestand.kind_of(content)
    if soort is Soort.JSON:
        rijen = json_reader.read(content, opdracht.gemeentecode).rijen[:VOORBEELDRIJEN]
        fields = tuple(name for name in velden.MAXIMA if any(name in rij.waarden for rij in rijen))
        shown = tuple(
            tuple(velden.shown(rij.waarden.get(name, ""), VOORBEELDTEKENS) for name in fields) for rij in rijen
        )
        return Voorbeeld(velden=fields, kolommen=fields, rijen=shown)
    indeling = profiel.read(opdracht.profiel) if opdracht.profiel else EIGEN_INDELING
    if soort is Soort.WERKMAP:
        return tabel.preview(xlsx_reader.regels(content, indeling), indeling)
    return tabel.preview(csv_reader.regels(content, indeling)[0], indeling)


def beoordeel(content: bytes, opdracht: Opdracht) -> Iterator[Bericht]:
    """The head of a file, and then its rows with their verdicts in parts; or only its first rows.

    Raises:
        KnownError: what `read` raises, before anything was given.
    """
    if opdracht.alleen_voorbeeld:
        yield preview(content, opdracht)
        return
    invoer = read(content, opdracht)
    _drop_unlisted(invoer)
    bron, extern_id = invoer.levering.bron, invoer.levering.extern_id
    levering = uuid5(NAMESPACE, f"levering\n{bron}\n{extern_id}")
    intrekkingen = [velden.parse_intrekking(item) for item in invoer.intrekkingen]
    yield Kop(
        levering=levering,
        bron=bron,
        extern_id=extern_id,
        aangemaakt=invoer.levering.aangemaakt,
        rijen=len(invoer.rijen),
        weggelaten=invoer.weggelaten.counts(),
        codering=invoer.codering,
        intrekkingen=tuple(found for found in intrekkingen if found is not None),
        intrekkingen_onleesbaar=intrekkingen.count(None),
    )
    judge = Judge(bron, levering, opdracht.gemeentecode, tabel=invoer.tabel)
    for start in range(0, len(invoer.rijen), _STEP):
        yield Deel(tuple(map(judge.verdict, invoer.rijen[start : start + _STEP])))


def _drop_unlisted(invoer: Invoer) -> None:
    """Leave out of other creditors' rows, before anything is judged, what the rule of their kind does not list."""
    boek = regelboek()
    for rij in invoer.rijen:
        waarden = rij.waarden
        if boek.alleen_vergelijken(waarden.get("soort"), waarden.get("signaalpartner")):
            for name in waarden.keys() - boek.toegestaan(waarden.get("soort")) - _KOP:
                if waarden.pop(name) not in _NOTHING:
                    invoer.weggelaten.add(name)


class Judge:
    """Holds the rows of one delivery against the law, one after the other."""

    def __init__(self, bron: str, levering: UUID, gemeentecode: str, *, tabel: bool) -> None:
        self._bron, self._tabel = bron, tabel
        self._levering = levering
        self._gemeentecode = gemeentecode
        self._seen: set[str] = set()

    def verdict(self, row: Bronrij) -> Oordeel:
        """What this row comes to."""
        if regelboek().alleen_vergelijken(row.waarden.get("soort"), row.waarden.get("signaalpartner")):
            return self._compared(row)
        found = velden.parse(row.waarden, bron=self._bron, tabel=self._tabel)
        extern_id = found.id if isinstance(found, Signaal) else velden.own_id(row.waarden)
        fout = self._fault(row, double=extern_id in self._seen) or found
        if extern_id:
            self._seen.add(extern_id)
        if isinstance(fout, Signaal):
            toelating = assess(fout, self._gemeentecode)
            if isinstance(toelating, Toegelaten):
                return Toegelatenrij(rij=row.rij, signaal=fout, toelating=toelating)
            return self._not_admitted(row, toelating)
        if isinstance(fout, NietToegelaten):
            return self._not_admitted(row, fout)
        if fout.code == Toelatingsreden.ONBEKENDE_SOORT:
            gevonden = velden.shown(row.waarden.get(fout.veld))
            return self._not_admitted(row, unknown_soort(gevonden, veld=fout.veld))
        return self._unreadable(row, fout)

    def _compared(self, row: Bronrij) -> Vergelijkrij | Vergelijkweigering:
        """The same for a row of another creditor: of a refused one no field is kept, and no value told."""
        found = velden.parse_vergelijking(row.waarden, tabel=self._tabel)
        soort, extern_id = row.waarden.get("soort"), velden.own_id(row.waarden)
        fout: Veldfout | NietToegelaten | None = self._fault(row, double=extern_id in self._seen)
        if extern_id:
            self._seen.add(extern_id)
        if fout is None and not regelboek().toegestaan(soort):
            fout = unknown_soort(velden.shown(soort))
        if fout is None and isinstance(found, Veldfout) and found.code == Toelatingsreden.ONBEKENDE_SOORT:
            fout = unknown_soort(velden.shown(row.waarden.get(found.veld)), veld=found.veld)
        if fout is None and isinstance(found, velden.Vergelijkvelden):
            fout = assess_vergelijking(
                found.soort, found.signaalpartner, found.signaaldatum, found.bedrag, self._gemeentecode
            )
            if fout is None:
                return Vergelijkrij(
                    rij=row.rij,
                    id=extern_id,
                    signaal=Vergelijksignaal(
                        debtsoort=found.soort, signaaldatum=found.signaaldatum, bedrag=found.bedrag,
                        sporen=sporen(found.inwoner, met_geboortedatum=found.met_geboortedatum),
                    ),
                )  # fmt: skip
        return Vergelijkweigering(regel=_told(row, extern_id, fout or found))

    def _fault(self, row: Bronrij, *, double: bool) -> Veldfout | NietToegelaten | None:
        """What is wrong with the row as a whole: another municipality's, a double, what its reader saw."""
        code = row.waarden.get("gemeentecode")
        if code and gemeente(code) != self._gemeentecode:
            return NietToegelaten(
                reden=Toelatingsreden.ANDERE_GEMEENTE, artikel=regelboek().artikel_intake, veld="gemeentecode",
                gevonden="een andere gemeente", vereist=self._gemeentecode,
            )  # fmt: skip
        if double:
            return Veldfout("DUBBEL_IN_BESTAND", "id", "nog een keer", "elk signaal één keer")
        return row.fout

    def _not_admitted(self, row: Bronrij, toelating: NietToegelaten) -> RijAfgewezen:
        # Somebody else's resident: nothing is kept but the signal's own id.
        elsewhere = toelating.reden is Toelatingsreden.ANDERE_GEMEENTE
        return RijAfgewezen(
            levering=self._levering, rij=row.rij, signaal=velden.own_id(row.waarden),
            uitkomst=Uitkomst.NIET_TOEGELATEN, reden=toelating.reden.value, artikel=toelating.artikel,
            veld=toelating.veld, gevonden=toelating.gevonden, vereist=toelating.vereist,
            waarden={} if elsewhere else _listed(row),
        )  # fmt: skip

    def _unreadable(self, row: Bronrij, fout: Veldfout) -> RijAfgewezen:
        return RijAfgewezen(
            levering=self._levering, rij=row.rij, signaal=velden.own_id(row.waarden),
            uitkomst=Uitkomst.ONLEESBAAR, reden=fout.code, veld=fout.veld, gevonden=fout.gevonden,
            vereist=fout.vereist, waarden=_listed(row),
        )  # fmt: skip


def _told(row: Bronrij, extern_id: str, fout: Veldfout | NietToegelaten | velden.Vergelijkvelden) -> Regel:
    """A refused row of another creditor in the report."""
    match fout:
        case NietToegelaten():
            return Regel(
                rij=row.rij, signaal=extern_id or None, uitkomst=Uitkomst.NIET_TOEGELATEN, reden=fout.reden.value,
                artikel=fout.artikel, veld=fout.veld, gevonden=fout.gevonden, vereist=fout.vereist,
            )  # fmt: skip
        case Veldfout():
            return Regel(
                rij=row.rij, signaal=extern_id or None, uitkomst=Uitkomst.ONLEESBAAR, reden=fout.code,
                veld=fout.veld or None, vereist=fout.vereist or None,
            )  # fmt: skip
    raise TypeError("a row without a fault was refused")


def _listed(row: Bronrij) -> dict[str, str]:
    soort = row.waarden.get("soort")
    return velden.listed(row.waarden, regelboek().velden(soort if isinstance(soort, str) else ""))
