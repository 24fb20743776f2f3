"""Trays: a mended row goes on as if it came like that, a correction is chosen, the vaste aantal makes others wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import RegelOvertreding
from db.integrity import digests, rebuilt_digests
from db.journal import events_of
from db.model.bedrag import Bedrag
from db.model.codes import Bak, Quotumregel, Uitkomst, Vrijgave, Weigergrond
from db.model.gebeurtenis import CorrectieGekozen, QuotumToegepast, RijHersteld, SignaalVrijgegeven
from db.queries import signalen as trays
from db.queries.dossier import load
from db.queries.signalen import Kandidaat, TrayRegel
from db.queries.zoeken import search
from db.vault import Vault
from desktop.casework import correctie, instellingen, quotum, signalen
from desktop.intake import herstellen
from desktop.intake.herstellen import Hersteld, te_herstellen
from desktop.intake.velden import Veldfout
from tests.factories import csv_bestand, rij, signaalbestand
from tests.intake.conftest import Take, events
from tests.vaults import Klok

SOORT = "wmo-abonnementstarief"


def tray(vault: Vault, bak: Bak) -> tuple[TrayRegel, ...]:
    return trays.tray(vault.connection, bak)


def names(vault: Vault, bak: Bak) -> list[str]:
    return [regel.signaal for regel in tray(vault, bak)]


def the_only(vault: Vault, bak: Bak) -> UUID:
    (regel,) = tray(vault, bak)
    return regel.id


def mend(vault: Vault, row: UUID, **waarden: str) -> Hersteld | Veldfout:
    return herstellen.offer_again(vault, row, waarden, event_id=vault.new_id())


def contents(vault: Vault, kind: type) -> list[object]:
    dossiers = vault.connection.execute("SELECT DISTINCT dossier FROM gebeurtenis").fetchall()
    found = (event.inhoud for row in dossiers for event in events_of(vault.connection, UUID(bytes=row[0])))
    return [inhoud for inhoud in found if isinstance(inhoud, kind)]


def refused(vault: Vault, signaal: UUID, *, overgenomen: bool = True) -> str:
    with pytest.raises(RegelOvertreding) as caught:
        correctie.choose(vault, signaal, event_id=vault.new_id(), overgenomen=overgenomen)
    return caught.value.code


# ---------------------------------------------------------------------------------------- mending


def test_a_mended_row_becomes_the_signal_it_would_have_been(take: Take, vault: Vault) -> None:
    take(csv_bestand(rows=[rij(1, bedrag="1.213"), rij(2)]))
    row = the_only(vault, Bak.ONLEESBAAR)
    assert mend(vault, row, bedrag="€ 1.213,00") == Hersteld(uitkomst=Uitkomst.GEACCEPTEERD, bak=Bak.NIEUW)
    assert tray(vault, Bak.ONLEESBAAR) == ()
    assert names(vault, Bak.NIEUW) == ["CM-000001", "CM-000002"]
    (mended,) = contents(vault, RijHersteld)
    assert isinstance(mended, RijHersteld)
    assert mended.waarden == {"bedrag": "€ 1.213,00"}
    again = take(csv_bestand(rows=[rij(1, bedrag="1213.00")]))
    assert again.al_bekend == 1


def test_a_row_that_still_does_not_hold_says_where_and_nothing_is_recorded(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, bedrag="1.213", postcode="x")]))
    row, before = the_only(vault, Bak.ONLEESBAAR), events(vault)
    found = mend(vault, row, bedrag="1213.00")
    assert found == Veldfout("POSTCODE_ONGELDIG", "postcode", "x", "vier cijfers, twee letters")
    assert events(vault) == before
    assert mend(vault, row, bedrag="1213.00", postcode="9711 ns") == Hersteld(
        uitkomst=Uitkomst.GEACCEPTEERD, bak=Bak.NIEUW
    )


def test_a_mended_row_that_the_law_does_not_admit_goes_to_that_tray(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, bedrag="9,9,9")]))
    row = the_only(vault, Bak.ONLEESBAAR)
    found = mend(vault, row, bedrag="99,99")
    assert found == Hersteld(uitkomst=Uitkomst.NIET_TOEGELATEN, reden="ONDER_DREMPEL")
    assert (names(vault, Bak.ONLEESBAAR), names(vault, Bak.NIET_TOEGELATEN)) == ([], ["CM-000001"])
    (regel,) = tray(vault, Bak.NIET_TOEGELATEN)
    assert (regel.reden, regel.bedrag) == ("ONDER_DREMPEL", "99,99")


def test_the_law_is_no_typing_error(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, bedrag="99.99")]))
    with pytest.raises(RegelOvertreding) as caught:
        mend(vault, the_only(vault, Bak.NIET_TOEGELATEN), bedrag="100.00")
    assert caught.value.code == "NIET_TE_HERSTELLEN"


def test_a_mistyped_kind_can_be_mended(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, soort="wmo abonnement")]))
    assert mend(vault, the_only(vault, Bak.NIET_TOEGELATEN), soort=SOORT).bak is Bak.NIEUW  # type: ignore[union-attr]  # a fault would fail here


def test_the_second_row_of_a_double_is_offered_as_a_correction(take: Take, vault: Vault) -> None:
    take(csv_bestand(rows=[rij(1), rij(1, bedrag="500.00")]))
    assert mend(vault, the_only(vault, Bak.ONLEESBAAR)) == Hersteld(uitkomst=Uitkomst.GEWIJZIGD)
    assert names(vault, Bak.GEWIJZIGD) == ["CM-000001"]


def test_a_bsn_typed_while_mending_is_kept_nowhere(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, postcode="x")]))
    row, before = the_only(vault, Bak.ONLEESBAAR), events(vault)
    found = mend(vault, row, postcode="9711NS", achternaam="123456782")
    assert isinstance(found, Veldfout)
    assert (found.code, events(vault)) == ("MOGELIJK_BSN", before)


def test_a_row_is_mended_once(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, postcode="x")]))
    row = the_only(vault, Bak.ONLEESBAAR)
    mend(vault, row, postcode="9711NS")
    with pytest.raises(RegelOvertreding) as caught:
        mend(vault, row, postcode="9711NT")
    assert caught.value.code == "RIJ_ONBEKEND"


def test_fields_that_no_rule_lists_are_not_taken_while_mending(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1, postcode="x")]))
    mend(vault, the_only(vault, Bak.ONLEESBAAR), postcode="9711NS", crisissignaal="ja", bron="elders")
    (mended,) = contents(vault, RijHersteld)
    assert isinstance(mended, RijHersteld)
    assert mended.waarden == {"postcode": "9711NS"}


def test_a_row_for_another_municipality_holds_nothing_to_mend(take: Take, vault: Vault) -> None:
    take(csv_bestand(rows=[rij(1, gemeentecode="0014"), rij(2, gemeentecode="0599")]))
    row = trays.afgewezen_rij(vault.connection, the_only(vault, Bak.NIET_TOEGELATEN))
    assert row is not None
    assert not te_herstellen(row.inhoud)


# -------------------------------------------------------------------------------------- correction


def changed(take: Take, vault: Vault, **changes: object) -> UUID:
    take(signaalbestand(rows=[rij(1, bedrag="213.40")]))
    take(signaalbestand(rows=[rij(1, bedrag="213.40") | changes], id="later"))
    return the_only(vault, Bak.GEWIJZIGD)


def test_a_correction_that_is_taken_over_is_the_signal_from_then_on(take: Take, vault: Vault) -> None:
    signaal = changed(take, vault, bedrag="250.00", achternaam="Verbeterd", telefoonnummer="050-5550199")
    correctie.choose(vault, signaal, event_id=vault.new_id(), overgenomen=True)
    (regel,) = tray(vault, Bak.NIEUW)
    assert (regel.bedrag, regel.naam) == ("250.00", "Verbeterd, F.")
    assert take(signaalbestand(rows=[rij(1, bedrag="213.40")], id="weer")).gewijzigd == 1
    (taken,) = signalen.accept(vault, [signaal])
    dossier = load(vault.connection, taken.zaak)
    assert dossier is not None
    assert dossier.inwoner.achternaam == "Verbeterd"


def test_a_correction_that_is_not_taken_over_is_not_offered_again(take: Take, vault: Vault) -> None:
    signaal = changed(take, vault, bedrag="250.00")
    correctie.choose(vault, signaal, event_id=vault.new_id(), overgenomen=False)
    assert [regel.bedrag for regel in tray(vault, Bak.NIEUW)] == ["213.40"]
    report = take(signaalbestand(rows=[rij(1, bedrag="250.00")], id="nog eens"))
    assert (report.al_bekend, report.gewijzigd) == (1, 0)
    assert take(signaalbestand(rows=[rij(1, bedrag="260.00")], id="anders")).gewijzigd == 1


def test_search_finds_the_new_name_and_the_old_one_no_more(take: Take, vault: Vault) -> None:
    signaal = changed(take, vault, achternaam="Zuiderzee")
    signalen.accept(vault, [])
    correctie.choose(vault, signaal, event_id=vault.new_id(), overgenomen=True)
    signalen.accept(vault, [signaal])
    assert len(search(vault.connection, "zuiderzee")) == 1
    assert search(vault.connection, "yildiz") == ()
    vault.connection.execute("INSERT INTO zoek (zoek, rank) VALUES ('integrity-check', 1)")


def test_a_zaak_follows_the_correction_of_its_resident(take: Take, vault: Vault) -> None:
    take(signaalbestand(rows=[rij(1)]))
    (taken,) = signalen.accept_all(vault)
    take(
        signaalbestand(rows=[rij(1, straatnaam="Korreweg", huisnummer="99", telefoonnummer="050-5550177")], id="later")
    )
    correctie.choose(vault, the_only(vault, Bak.GEWIJZIGD), event_id=vault.new_id(), overgenomen=True)
    dossier = load(vault.connection, taken.zaak)
    assert dossier is not None
    assert (dossier.inwoner.straatregel, dossier.telefoonnummer) == ("Korreweg 99", "050-5550177")
    assert vault.connection.execute("SELECT straatregel, telefoonnummer FROM zaak").fetchall() == [
        ("Korreweg 99", "050-5550177")
    ]
    assert dossier.signalen


def test_a_choice_is_made_once(take: Take, vault: Vault) -> None:
    signaal = changed(take, vault, bedrag="250.00")
    event_id = vault.new_id()
    correctie.choose(vault, signaal, event_id=event_id, overgenomen=True)
    before = events(vault)
    correctie.choose(vault, signaal, event_id=event_id, overgenomen=True)
    assert events(vault) == before
    assert refused(vault, signaal) == "GEEN_CORRECTIE"
    assert refused(vault, vault.new_id()) == "SIGNAAL_ONBEKEND"


def test_the_log_tells_what_was_chosen_and_what_was_compared(take: Take, vault: Vault) -> None:
    signaal = changed(take, vault, bedrag="250.00")
    correctie.choose(vault, signaal, event_id=vault.new_id(), overgenomen=False)
    (chosen,) = contents(vault, CorrectieGekozen)
    assert isinstance(chosen, CorrectieGekozen)
    assert (chosen.overgenomen, chosen.signaal.bedrag, chosen.drempel) == (False, 250_00, 100_00)


def test_after_all_this_the_tables_equal_what_the_log_replays_to(take: Take, vault: Vault) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=1")
    taken_over = changed(take, vault, achternaam="Anders", soort=SOORT)
    correctie.choose(vault, taken_over, event_id=vault.new_id(), overgenomen=True)
    take(
        csv_bestand(
            rows=[rij(n, soort=SOORT, ontstaansdatum="2023-09-01") for n in range(2, 9)] + [rij(9, postcode="x")]
        )
    )
    mend(vault, the_only(vault, Bak.ONLEESBAAR), postcode="9711NS")
    signalen.accept(vault, [taken_over, tray(vault, Bak.WACHT)[0].id])
    assert digests(vault.connection) == rebuilt_digests(vault.connection)


# ------------------------------------------------------------------------------------ vaste aantal


def of_kind(number: int, **changes: object) -> dict[str, object]:
    return rij(number, soort=SOORT, ontstaansdatum="2023-09-01", signaaldatum="2024-05-02", bedrag="200.00") | changes


def test_what_comes_above_the_vaste_aantal_waits_oldest_claim_first(take: Take, vault: Vault) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=2 wlz=0")
    rows = [
        of_kind(1, ontstaansdatum="2023-09-01"),
        of_kind(2, ontstaansdatum="2023-03-01", bedrag="100.00"),
        of_kind(3, ontstaansdatum="2023-03-01", bedrag="300.00"),
        rij(4, soort="wmo-beschermd-wonen"),
    ]
    report = take(signaalbestand(rows=rows))
    assert (report.geaccepteerd, report.wacht) == (4, 1)
    assert set(names(vault, Bak.NIEUW)) == {"CM-000002", "CM-000003", "CM-000004"}
    assert names(vault, Bak.WACHT) == ["CM-000001"]
    (applied,) = contents(vault, QuotumToegepast)
    assert applied == QuotumToegepast(
        debtsoort=SOORT, maand="2024-05", vast_aantal=2, gebruikt=0, gekozen=2, wachten=1,
        regel=Quotumregel.OUDSTE_VORDERING,
    )  # fmt: skip


def test_without_a_vaste_aantal_nobody_waits(take: Take, vault: Vault) -> None:
    assert take(signaalbestand(40)).wacht == 0
    assert contents(vault, QuotumToegepast) == []


def test_the_month_counts_all_deliveries_in_it(take: Take, vault: Vault) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=3")
    take(signaalbestand(rows=[of_kind(1), of_kind(2)]))
    assert take(signaalbestand(rows=[of_kind(3), of_kind(4)], id="later")).wacht == 1


def test_a_new_month_lets_in_whoever_waits_and_tells_how_many(take: Take, vault: Vault, klok: Klok) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=2")
    take(signaalbestand(rows=[of_kind(number) for number in range(1, 6)]))
    assert quotum.fill(vault) == 0
    before = events(vault)
    assert (quotum.fill(vault), events(vault)) == (0, before)
    klok.turn(days=31)
    assert quotum.fill(vault) == 2
    assert (len(tray(vault, Bak.NIEUW)), len(tray(vault, Bak.WACHT))) == (4, 1)
    assert [
        inhoud.maand for inhoud in contents(vault, SignaalVrijgegeven) if isinstance(inhoud, SignaalVrijgegeven)
    ] == ["2024-06", "2024-06"]
    assert quotum.fill(vault) == 0


def test_whoever_waits_takes_part_with_the_next_delivery(take: Take, vault: Vault, klok: Klok) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=1")
    take(signaalbestand(rows=[of_kind(1, ontstaansdatum="2023-05-01"), of_kind(2, ontstaansdatum="2023-06-01")]))
    klok.turn(days=31)
    take(signaalbestand(rows=[of_kind(3, ontstaansdatum="2023-07-01")], id="juni"))
    assert names(vault, Bak.WACHT) == ["CM-000003"]
    assert set(names(vault, Bak.NIEUW)) == {"CM-000001", "CM-000002"}


def test_a_worker_may_take_up_who_waits_and_the_log_says_so(take: Take, vault: Vault) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=0")
    take(signaalbestand(rows=[of_kind(1)]))
    signalen.accept(vault, [the_only(vault, Bak.WACHT)])
    (freed,) = contents(vault, SignaalVrijgegeven)
    assert freed == SignaalVrijgegeven(maand="2024-05", reden=Vrijgave.MEDEWERKER)
    assert trays.counts(vault.connection) == {Bak.OPGEPAKT: 1}


def test_a_vaste_aantal_that_is_taken_away_lets_everybody_in(take: Take, vault: Vault) -> None:
    instellingen.change(vault, "vaste_aantallen", f"{SOORT}=1")
    take(signaalbestand(rows=[of_kind(number) for number in range(1, 4)]))
    instellingen.change(vault, "vaste_aantallen", "")
    assert quotum.fill(vault) == 2


@pytest.mark.parametrize(
    "text", ["wlz", "wlz=", "wlz=x", "wlz=-1", "wlz=1 wlz=2", "hypotheek=3", "wlz=1=2", "wlz=1234567"]
)
def test_a_vaste_aantal_is_a_number_per_kind(vault: Vault, text: str) -> None:
    with pytest.raises(Exception, match="INSTELLING_ONGELDIG"):
        instellingen.change(vault, "vaste_aantallen", text)


def candidates(claims: Sequence[tuple[int, int]]) -> list[Kandidaat]:
    start = date(2023, 1, 1)
    return [
        Kandidaat(UUID(int=number), f"{number:03}", start + timedelta(days=day), Bedrag(cents))
        for number, (day, cents) in enumerate(claims)
    ]


@given(
    claims=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4)), max_size=12),
    room=st.none() | st.integers(0, 12),
    rule=st.sampled_from(Quotumregel),
    data=st.data(),
)
def test_the_choice_is_the_same_in_any_order_and_loses_nobody(
    claims: list[tuple[int, int]], room: int | None, rule: Quotumregel, data: st.DataObject
) -> None:
    found = candidates(claims)
    chosen = quotum.divide(found, room, rule)
    assert chosen.gekozen | chosen.wachten == {one.id for one in found}
    assert len(chosen.gekozen) == (len(found) if room is None else min(room, len(found)))
    assert quotum.divide(data.draw(st.permutations(found)), room, rule) == chosen
    for one in found:
        for other in found:
            if one.id in chosen.gekozen and other.id in chosen.wachten:
                if rule is Quotumregel.OUDSTE_VORDERING:
                    assert one.ontstaansdatum <= other.ontstaansdatum
                else:
                    assert one.bedrag >= other.bedrag


# ----------------------------------------------------------------------------------- one or many


def test_many_are_refused_with_one_ground_or_none_of_them(take: Take, vault: Vault) -> None:
    take(signaalbestand(3))
    ids = [regel.id for regel in tray(vault, Bak.NIEUW)]
    with pytest.raises(RegelOvertreding) as caught:
        signalen.refuse_all(vault, ids, event_id=vault.new_id(), grond=Weigergrond.HERHAALD)
    assert caught.value.code == "GEEN_EERDER_SIGNAAL"
    assert trays.counts(vault.connection) == {Bak.NIEUW: 3}
    event_id = vault.new_id()
    signalen.refuse_all(vault, ids, event_id=event_id, grond=Weigergrond.GEEN_CAPACITEIT)
    signalen.refuse_all(vault, ids, event_id=event_id, grond=Weigergrond.GEEN_CAPACITEIT)
    assert trays.counts(vault.connection) == {Bak.GEWEIGERD: 3}
    assert vault.connection.execute("SELECT count(*) FROM terugmelding").fetchone() == (3,)
