"""The legal rules of signals, read from `resources/rules`, and the one test whether a signal may be received."""

from __future__ import annotations

import tomllib
from datetime import date
from enum import StrEnum
from functools import cache

import msgspec

import resources
from db.model.bedrag import Bedrag, euro
from db.model.codes import Signaalpartner
from db.model.signaal import Signaal
from desktop.casework.kalender import whole_months


class Toelatingsreden(StrEnum):
    """Why the law does not admit a signal (exchange section 4)."""

    ONDER_DREMPEL = "ONDER_DREMPEL"
    TE_KORT = "TE_KORT"
    BUITEN_GELDIGHEID = "BUITEN_GELDIGHEID"
    ONBEKENDE_SOORT = "ONBEKENDE_SOORT"
    ANDERE_GEMEENTE = "ANDERE_GEMEENTE"
    TE_OUD = "TE_OUD"


class Toegelaten(msgspec.Struct, frozen=True, kw_only=True):
    """The law allows this signal: the article, and what was compared (months on the oldest claim, cents)."""

    artikel: str
    maanden: int
    minimum_maanden: int
    drempel: Bedrag


class NietToegelaten(msgspec.Struct, frozen=True, kw_only=True):
    """The law does not allow it: which article, the field, and the two values compared, as one reads them."""

    reden: Toelatingsreden
    artikel: str
    veld: str
    gevonden: str
    vereist: str


Toelating = Toegelaten | NietToegelaten


class Signaalregel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of signal as the law describes it; the file explains every field."""

    soort: str
    omschrijving: str
    schuldeisers: tuple[str, ...]
    signaalpartner: Signaalpartner
    regeling: str
    artikel: str
    artikel_gegevens: str
    bron: str
    geldig_vanaf: date = date.min
    geldig_tot_en_met: date = date.max
    gemeenten: frozenset[str]
    minimum_cent: Bedrag = Bedrag(0)
    minimum_maanden: int = 0
    voorwaarde: str = ""
    gegevens: tuple[str, ...]
    bsn: bool
    intake: bool

    @property
    def vergelijken(self) -> bool:
        """Whether signals of this kind are read to compare with, and for nothing else."""
        return not self.intake and bool(self.gegevens)

    @property
    def vaste_lasten(self) -> bool:
        """Whether a vastelastenpartner reports this kind, under the BGS; the others are experiments."""
        return self.vergelijken and self.regeling == "BGS"

    @property
    def geldigheid(self) -> str:
        """The period in which a signal must be dated, as one reads it."""
        return f"{self.geldig_vanaf:%d-%m-%Y} tot en met {self.geldig_tot_en_met:%d-%m-%Y}"


class _Bestand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    versie: int
    artikel_intake: str
    altijd: tuple[str, ...]
    gegevens: dict[str, tuple[str, ...]]
    signaal: tuple[Signaalregel, ...]


class Regelboek:
    """All rules, by the slug of their kind.

    Attributes:
        regels: every rule, in the order of the file.
        artikel_intake: the article with the closed list of what this program reads in.
    """

    def __init__(self, text: str) -> None:
        file = msgspec.convert(tomllib.loads(text), _Bestand)
        self.regels = file.signaal
        self.artikel_intake = file.artikel_intake
        self._by_soort = {regel.soort: regel for regel in file.signaal}
        self._velden = {
            regel.soort: frozenset(file.altijd).union(*(file.gegevens[name] for name in regel.gegevens))
            for regel in file.signaal
        }
        self._vergelijkpartners = {regel.signaalpartner.value for regel in file.signaal if regel.vergelijken}
        self._intake_velden = frozenset().union(*(self._velden[regel.soort] for regel in file.signaal if regel.intake))

    def regel(self, soort: str) -> Signaalregel | None:
        """The rule of a kind, or None when the law knows no such kind."""
        return self._by_soort.get(soort)

    def omschrijving(self, soort: str) -> str:
        """The kind as it stands on a screen; the slug itself when there is no rule for it."""
        regel = self._by_soort.get(soort)
        return regel.omschrijving if regel else soort

    def artikel(self, soort: str) -> str:
        """The article of a kind; empty when there is no rule for it."""
        regel = self._by_soort.get(soort)
        return regel.artikel if regel else ""

    def velden(self, soort: str) -> frozenset[str]:
        """The fields of a signaalbestand that may be kept of this kind.

        Of a kind that is not read in: those of the kinds that are, so that a mistyped kind can be mended.
        """
        regel = self._by_soort.get(soort)
        return self._velden[soort] if regel and regel.intake else self._intake_velden

    def alleen_vergelijken(self, soort: object, signaalpartner: object) -> bool:
        """Whether a row with these is of another creditor, so that no more may be kept of it than to compare with.

        A kind that nobody knows goes by who reports it.
        """
        regel = self._by_soort.get(_word(soort))
        return not regel.intake if regel else _word(signaalpartner) in self._vergelijkpartners

    def toegestaan(self, soort: object) -> frozenset[str]:
        """The fields of a signaalbestand that another creditor may report of this kind, to compare with."""
        regel = self._by_soort.get(_word(soort))
        return self._velden[regel.soort] if regel and regel.vergelijken else frozenset()


@cache
def regelboek() -> Regelboek:
    """The rules that come with the program, read once."""
    return Regelboek(resources.read_text("rules/signalen.toml"))


def assess(signaal: Signaal, gemeentecode: str) -> Toelating:
    """Whether this municipality may receive this signal (TRSB 2.4; handbook section 2). Pure.

    Tested in this order: the kind and who reports it, the municipality, the validity of the rule on the
    signaaldatum, the amount, the age of the oldest claim.
    """
    boek = regelboek()
    regel = boek.regel(signaal.soort)
    if regel is None:
        return unknown_soort(signaal.soort)
    if not regel.intake or signaal.signaalpartner is not regel.signaalpartner:
        return NietToegelaten(
            reden=Toelatingsreden.ONBEKENDE_SOORT, artikel=regel.artikel if regel.intake else boek.artikel_intake,
            veld="signaalpartner" if regel.intake else "soort",
            gevonden=signaal.signaalpartner.value if regel.intake else signaal.soort,
            vereist=regel.signaalpartner.value if regel.intake else _soorten(),
        )  # fmt: skip
    refused = _refused(regel, signaal.signaaldatum, signaal.bedrag, gemeentecode)
    if refused is not None:
        return refused
    maanden = whole_months(signaal.ontstaansdatum, signaal.signaaldatum)
    if maanden < regel.minimum_maanden:
        return NietToegelaten(
            reden=Toelatingsreden.TE_KORT, artikel=regel.artikel, veld="ontstaansdatum",
            gevonden=_maanden(maanden), vereist=_maanden(regel.minimum_maanden),
        )  # fmt: skip
    return Toegelaten(
        artikel=regel.artikel,
        maanden=maanden,
        minimum_maanden=regel.minimum_maanden,
        drempel=regel.minimum_cent,
    )


def assess_vergelijking(
    soort: str, signaalpartner: Signaalpartner, signaaldatum: date, bedrag: Bedrag, gemeentecode: str
) -> NietToegelaten | None:
    """Why this municipality may not receive a signal of another creditor, by the rule of its kind; None when it may.

    Tested in the same order as `assess`. No rule of these kinds looks at the age of the oldest claim. Pure.
    """
    regel = regelboek().regel(soort)
    if regel is None or not regel.vergelijken:
        return unknown_soort(soort)
    if signaalpartner is not regel.signaalpartner:
        return NietToegelaten(
            reden=Toelatingsreden.ONBEKENDE_SOORT,
            artikel=regel.artikel,
            veld="signaalpartner",
            gevonden=signaalpartner.value,
            vereist=regel.signaalpartner.value,
        )  # fmt: skip
    return _refused(regel, signaaldatum, bedrag, gemeentecode)


def _refused(regel: Signaalregel, signaaldatum: date, bedrag: Bedrag, gemeentecode: str) -> NietToegelaten | None:
    """What every rule says in the same way: where, when, and from how much."""
    if regel.gemeenten and gemeentecode not in regel.gemeenten:
        return NietToegelaten(
            reden=Toelatingsreden.ANDERE_GEMEENTE, artikel=regel.artikel_gegevens, veld="gemeentecode",
            gevonden=gemeentecode, vereist=", ".join(sorted(regel.gemeenten)),
        )  # fmt: skip
    if not regel.geldig_vanaf <= signaaldatum <= regel.geldig_tot_en_met:
        return NietToegelaten(
            reden=Toelatingsreden.BUITEN_GELDIGHEID, artikel=regel.artikel, veld="signaaldatum",
            gevonden=f"{signaaldatum:%d-%m-%Y}", vereist=regel.geldigheid,
        )  # fmt: skip
    if bedrag < regel.minimum_cent:
        return NietToegelaten(
            reden=Toelatingsreden.ONDER_DREMPEL, artikel=regel.artikel, veld="bedrag",
            gevonden=euro(bedrag), vereist=euro(regel.minimum_cent),
        )  # fmt: skip
    return None


def unknown_soort(gevonden: str, *, veld: str = "soort") -> NietToegelaten:
    """The verdict on a kind, or a signaalpartner, that stands in no rule and no code list."""
    vereist = _soorten() if veld == "soort" else ", ".join(sorted({regel.signaalpartner for regel in _intake()}))
    return NietToegelaten(
        reden=Toelatingsreden.ONBEKENDE_SOORT,
        artikel=regelboek().artikel_intake,
        veld=veld,
        gevonden=gevonden,
        vereist=vereist,
    )


def _word(value: object) -> str:
    """What stands in a field of a row, as a slug or a code is looked up; nothing when it is no text."""
    return value.strip() if isinstance(value, str) else ""


def _intake() -> tuple[Signaalregel, ...]:
    return tuple(regel for regel in regelboek().regels if regel.intake)


def _soorten() -> str:
    return ", ".join(regel.soort for regel in _intake())


def _maanden(count: int) -> str:
    return f"{count} maand" if count == 1 else f"{count} maanden"
