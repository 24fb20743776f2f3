"""Whatever a worker does, in whatever order: one next step, no action that the list of actions did not offer."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db.errors import RegelOvertreding
from db.model.codes import (
    OVER_TE_SLAAN,
    Antwoord,
    Bekendheid,
    Belresultaat,
    Berichtstaat,
    BrpUitkomst,
    Contactsoort,
    Dagdelen,
    Eindresultaat,
    Gesprekspartner,
    Handeling,
    Richting,
    Stap,
    Terugmeldcode,
    Weigergrond,
)
from db.model.plan import Afspraak, PlanVanAanpak
from db.queries import outbox, zaken
from db.queries.dossier import Bericht, Dossier
from desktop.casework import contact, hulp, instellingen, workflow
from desktop.casework.afsluiten import preview
from desktop.casework.instellingen import Instellingen
from desktop.casework.outcomes import refusals
from desktop.casework.regels import Regel
from desktop.exchange import terugmeldbestand
from tests.casework_steps import Werk

MINIMAL = {
    Terugmeldcode.HULP,
    Terugmeldcode.AFGEROND,
    Terugmeldcode.GEEN_INWONER,
    Terugmeldcode.OVERLEDEN,
    Terugmeldcode.ONTERECHT,
    Terugmeldcode.HERHAALD,
    Terugmeldcode.NIET_OPGEPAKT,
}
PLAN = PlanVanAanpak(afspraken=(Afspraak(wie="inwoner", wat="belt het CAK", uiterlijk=date(2024, 6, 1)),))
WHICH = st.integers(0, 2)


def refusal(act: Callable[[], object]) -> str | None:
    """The rule that forbids this, or None when it was done."""
    try:
        act()
    except RegelOvertreding as refused:
        return refused.code
    return None


class Casework(RuleBasedStateMachine):
    """A resident or two and everything that may happen to their zaken, against a real vault.

    The vault is shared by all examples, because making one takes longer than working in it; every example has
    residents of its own.
    """

    werk: ClassVar[Werk]
    residents: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.zaken: list[UUID] = []
        self.first = type(self).residents
        self.sent_codes: dict[UUID, Terugmeldcode] = {}
        type(self).residents += 2

    def zaak(self, which: int) -> UUID:
        return self.zaken[which % len(self.zaken)]

    def receive(self, resident: int, bedrag: int, soort: str, telefoon: str = "050-5550142") -> UUID:
        number = self.first + resident % 2
        return self.werk.receive(
            admitted=True, klantnummer=str(5_000_000 + number), bedrag=bedrag, soort=soort, telefoonnummer=telefoon
        )

    def attempt(self, zaak: UUID, handeling: Handeling, act: Callable[[], object]) -> bool:
        """Do it; it must succeed exactly when the worker was told that it may be done."""
        dossier = self.werk.dossier(zaak)
        offered = handeling in workflow.mag(dossier.stand, andere_zaak_open=dossier.andere_zaak_open)
        refused = refusal(act)
        assert offered == (refused is None), f"{handeling} was offered: {offered}, and refused by: {refused}"
        assert refused is None or refused in Regel.__members__
        return refused is None

    # --- what comes in --------------------------------------------------------------------------------------

    @initialize(telefoon=st.sampled_from(["050-5550142", ""]), pogingen=st.integers(1, 3), dagdelen=st.integers(1, 2))
    def first_signal(self, telefoon: str, pogingen: int, dagdelen: int) -> None:
        instellingen.change(self.werk.vault, "volledige_set", "nee")
        instellingen.change(self.werk.vault, "pogingen", str(pogingen))
        instellingen.change(self.werk.vault, "dagdelen", str(dagdelen))
        self.zaken.append(self.werk.take_up(self.receive(0, 20_000, "wlz", telefoon)))

    @rule(
        resident=st.integers(0, 1),
        bedrag=st.integers(10_000, 30_000),
        soort=st.sampled_from(["wlz", "wmo-beschermd-wonen"]),
    )
    def another_signal(self, resident: int, bedrag: int, soort: str) -> None:
        open_before = {known: self.werk.dossier(known) for known in self.zaken}
        zaak = self.werk.take_up(self.receive(resident, bedrag, soort))
        inwoner = self.werk.dossier(zaak).inwoner_id
        joined = {
            known
            for known, dossier in open_before.items()
            if dossier.inwoner_id == inwoner and dossier.stand.gesloten_op is None
        }
        assert zaak in joined or not joined, "a further signal joins the open zaak"
        if zaak not in self.zaken:
            self.zaken.append(zaak)

    @rule(hours=st.sampled_from([1, 3, 7, 20, 24, 120, 24 * 15, 24 * 45]))
    def time_passes(self, hours: int) -> None:
        self.werk.klok.forward(hours=hours)

    # --- what the worker does -------------------------------------------------------------------------------

    @rule(
        which=WHICH,
        soort=st.sampled_from(Contactsoort) | st.sampled_from([Contactsoort.TELEFOON, Contactsoort.HUISBEZOEK]),
        bereikt=st.booleans(),
        partner=st.none() | st.sampled_from(Gesprekspartner),
        richting=st.sampled_from(Richting),
        resultaat=st.none() | st.sampled_from(Belresultaat),
        promise=st.none() | st.integers(1, 200),
    )
    def contact(
        self,
        which: int,
        soort: Contactsoort,
        *,
        bereikt: bool,
        partner: Gesprekspartner | None,
        richting: Richting,
        resultaat: Belresultaat | None,
        promise: int | None,
    ) -> None:
        zaak = self.zaak(which)
        before = self.werk.dossier(zaak).stand
        call_back = None if promise is None else self.werk.klok.now + timedelta(hours=promise)
        if not self.attempt(
            zaak,
            Handeling.CONTACTPOGING,
            lambda: self.werk.contact(
                zaak, soort, bereikt=bereikt, gesproken_met=partner, richting=richting, resultaat=resultaat,
                terugbellen_op=call_back,
            ),
        ):  # fmt: skip
            return
        after = self.werk.dossier(zaak).stand
        about_money = partner not in {Gesprekspartner.MENTOR, Gesprekspartner.ANDER}
        assert after.bereikt == (before.bereikt or (bereikt and about_money))
        outgoing_call = soort is Contactsoort.TELEFOON and richting is Richting.UIT
        assert after.pogingen == before.pogingen + outgoing_call
        assert outgoing_call or after.dagdelen == before.dagdelen
        if call_back is not None:
            assert after.belofte_op == call_back
        elif outgoing_call or (bereikt and about_money):
            assert after.belofte_op is None

    @rule(which=WHICH, uitkomst=st.sampled_from(BrpUitkomst))
    def brp(self, which: int, uitkomst: BrpUitkomst) -> None:
        zaak = self.zaak(which)
        self.attempt(zaak, Handeling.BRP, lambda: self.werk.brp(zaak, uitkomst))

    @rule(which=WHICH, schuldhulp=st.sampled_from(Bekendheid))
    def bekendheid(self, which: int, schuldhulp: Bekendheid) -> None:
        contact.record_bekendheid(
            self.werk.vault, self.zaak(which), event_id=self.werk.vault.new_id(), schuldhulp=schuldhulp,
            eerder_gemeld=Bekendheid.NEE, volgens="schuldhulp",
        )  # fmt: skip

    @rule(which=WHICH, stap=st.sampled_from(tuple(OVER_TE_SLAAN)))
    def skip(self, which: int, stap: Stap) -> None:
        zaak = self.zaak(which)
        if self.attempt(zaak, Handeling.OVERSLAAN, lambda: self.werk.skip(zaak, stap)):
            assert workflow.stap(self.werk.dossier(zaak).stand, self.werk.instellingen) is not stap

    @rule(which=WHICH, stap=st.sampled_from([Stap.AFSLUITEN, Stap.AFGESLOTEN]))
    def skip_the_end(self, which: int, stap: Stap) -> None:
        refused = refusal(lambda: self.werk.skip(self.zaak(which), stap))
        assert refused in {Regel.STAP_NIET_OVER_TE_SLAAN, Regel.ZAAK_GESLOTEN}

    @rule(which=WHICH)
    def letter(self, which: int) -> None:
        self.werk.letter(self.zaak(which))

    @rule(which=WHICH, antwoord=st.none() | st.sampled_from(Antwoord), dreiging=st.booleans())
    def offer(self, which: int, antwoord: Antwoord | None, *, dreiging: bool) -> None:
        zaak = self.zaak(which)
        before = self.werk.dossier(zaak).stand
        done = self.attempt(zaak, Handeling.HULPAANBOD, lambda: self.werk.offer(zaak, antwoord, dreiging=dreiging))
        after = self.werk.dossier(zaak).stand
        if done and antwoord is Antwoord.AANVAARD is before.antwoord and before.gesprek_op is None:
            assert before.termijn is not None
            assert after.termijn is not None
            assert after.termijn <= before.termijn, "saying yes again gave more time"

    @rule(which=WHICH, afgezien=st.booleans())
    def talk(self, which: int, *, afgezien: bool) -> None:
        zaak = self.zaak(which)
        before = self.werk.dossier(zaak).stand
        done = self.attempt(zaak, Handeling.EERSTE_GESPREK, lambda: self.werk.talk(zaak, afgezien=afgezien))
        after = self.werk.dossier(zaak).stand
        if done and before.gesprek_op is not None and before.termijn is not None and after.termijn is not None:
            assert after.termijn <= before.termijn, "a second talk gave more time"

    @rule(which=WHICH)
    def plan(self, which: int) -> None:
        zaak = self.zaak(which)
        act = hulp.draw_up_plan
        self.attempt(
            zaak, Handeling.PLAN, lambda: act(self.werk.vault, zaak, event_id=self.werk.vault.new_id(), plan=PLAN)
        )

    @rule(
        which=WHICH,
        result=st.sampled_from(Eindresultaat),
        prefer_allowed=st.booleans(),
        helped=st.none() | st.booleans(),
        schuldhulp=st.booleans(),
        volledig=st.booleans(),
    )
    def close(
        self,
        which: int,
        result: Eindresultaat,
        *,
        prefer_allowed: bool,
        helped: bool | None,
        schuldhulp: bool,
        volledig: bool,
    ) -> None:
        zaak = self.zaak(which)
        instellingen.change(self.werk.vault, "volledige_set", "ja" if volledig else "nee")
        before = self.werk.dossier(zaak)
        may = Handeling.AFSLUITEN in workflow.mag(before.stand)
        allowed = self.werk.allowed(zaak)
        explained = refusals(before, self.werk.instellingen, self.werk.klok.now)
        assert set(explained) == set(Eindresultaat) - set(allowed), "each that is not offered says why"
        if prefer_allowed and result not in allowed:
            result = allowed[len(self.zaken) % len(allowed)]
        known = schuldhulp or result is Eindresultaat.BEKEND_BIJ_SCHULDHULP
        loopt = self.werk.vandaag if known else None
        refused = refusal(
            lambda: self.werk.end(
                zaak, result, hulp_aanvaard=helped, schuldhulp_loopt=loopt, bevestigd_door="J. Bos",
                reden=Weigergrond.GEEN_CAPACITEIT, notitie="met reden",
            )
        )  # fmt: skip
        offered = may and result in allowed
        assert offered == (refused is None), f"{result} was offered: {offered}, and refused by: {refused}"
        if refused is None:
            self.check_what_leaves(zaak, before.berichten, result, loopt)

    def check_what_leaves(
        self, zaak: UUID, before: tuple[Bericht, ...], result: Eindresultaat, loopt: date | None
    ) -> None:
        after = self.werk.dossier(zaak)
        known = {bericht.id for bericht in before}
        queued = [bericht for bericht in after.berichten if bericht.id not in known]
        assert sorted(bericht.signaal for bericht in queued) == sorted(signaal.extern_id for signaal in after.signalen)
        settings = self.werk.instellingen
        assert {bericht.code for bericht in queued} == {preview(settings, result, loopt)}
        for bericht in queued:
            assert bericht.staat is Berichtstaat.KLAAR
            if not settings.volledige_set:
                assert bericht.code in MINIMAL
            if bericht.code is Terugmeldcode.HULP:
                assert loopt is not None
            gone = [old for old in before if old.signaal == bericht.signaal]
            gone = [old for old in gone if old.staat is not Berichtstaat.INGETROKKEN]
            last = {old.id for old in gone} - {old.vervangt for old in gone}
            assert (bericht.vervangt in last) if last else (bericht.vervangt is None), (
                "a correction replaces the last that left"
            )
            self.sent_codes[bericht.id] = bericht.code

    @rule(which=WHICH)
    def reopen(self, which: int) -> None:
        zaak = self.zaak(which)
        before = {bericht.id: bericht.staat for bericht in self.werk.dossier(zaak).berichten}
        if self.attempt(zaak, Handeling.HEROPENEN, lambda: self.werk.reopen(zaak)):
            for bericht in self.werk.dossier(zaak).berichten:
                waited = before[bericht.id] is Berichtstaat.KLAAR
                assert bericht.staat is (Berichtstaat.INGETROKKEN if waited else before[bericht.id])
            stand = self.werk.dossier(zaak).stand
            assert (stand.pogingen, stand.bezoeken, stand.bereikt, stand.overgeslagen) == (0, 0, False, 0)

    @precondition(lambda self: bool(self.sent_codes))
    @rule()
    def export(self) -> None:
        written: list[bytes] = []
        terugmeldbestand.write(self.werk.vault, date(2024, 1, 1), self.werk.vandaag, save=written.append)
        for line in msgspec.json.decode(written[0])["terugmeldingen"]:
            assert {"id", "signaal", "klantnummer", "code", "datum"} <= set(line)
            assert set(line) <= {"id", "signaal", "klantnummer", "code", "datum", "vervangt"}
        states = {bericht.staat for bericht in outbox.berichten(self.werk.vault.connection)}
        assert Berichtstaat.KLAAR not in states

    # --- what always holds ----------------------------------------------------------------------------------

    @invariant()
    def all_of_this_always_holds(self) -> None:
        settings = self.werk.instellingen
        for zaak in self.zaken:
            dossier = self.werk.dossier(zaak)
            step = workflow.stap(dossier.stand, settings)
            self.lists_and_screens_see_the_same_step(dossier, step, settings)
            self.there_is_one_next_sentence(dossier, settings)
            if dossier.stand.gesloten_op is not None:
                may = workflow.mag(dossier.stand, andere_zaak_open=dossier.andere_zaak_open)
                reopen = () if dossier.andere_zaak_open else (Handeling.HEROPENEN,)
                assert may == (*reopen, Handeling.BRIEF, Handeling.INZAGE)

    def lists_and_screens_see_the_same_step(self, dossier: Dossier, step: Stap, settings: Instellingen) -> None:
        connection, stand = self.werk.vault.connection, dossier.stand
        numbers = {"pogingen": settings.pogingen, "dagdelen": settings.dagdelen}
        assert zaken.stap_of(connection, dossier.zaak, **numbers) is step
        assert (step is Stap.AFGESLOTEN) == (stand.gesloten_op is not None)
        to_call = step is Stap.BELLEN and stand.belofte_op is None
        for cell in (Dagdelen.WEEK_MIDDAG, Dagdelen.WEEKEND_AVOND):
            listed = {regel.id for regel in zaken.to_call(connection, cell, limiet=-1, **numbers)}
            assert (dossier.zaak in listed) == (to_call and cell not in stand.dagdelen)

    def there_is_one_next_sentence(self, dossier: Dossier, settings: Instellingen) -> None:
        advies = workflow.advies(dossier.inwoner.naam, dossier.stand, settings, self.werk.klok.now)
        assert advies.zin
        assert advies.zin[0].isupper()
        assert "None" not in advies.zin
        dead = dossier.stand.brp is BrpUitkomst.OVERLEDEN
        assert not (dead and advies.doe.startswith(("Bel", "Ga langs", "Bied")))


def test_anything_a_worker_may_do_in_any_order() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        Casework.werk = Werk(Path(folder))
        stack.callback(Casework.werk.close)
        stack.enter_context(Casework.werk.vault.filling())
        Casework.TestCase().runTest()
