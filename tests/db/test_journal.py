"""Appending and merging: one transaction, once per event, and an order on which all laptops agree."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import journal
from db.errors import KnownError, RegelOvertreding
from db.integrity import check, digests, rebuilt_digests
from db.model.codes import Contactsoort, Rol
from db.model.gebeurtenis import DossierIngezien, Entry, InstellingGewijzigd, MedewerkerToegevoegd, encode
from db.model.ids import instant, milliseconds, uuid5, uuid7
from db.queries import dossier as dossiers
from db.vault import DatabaseError, Vault
from desktop.casework import contact, inzien
from tests.vaults import START, Klok, OtherDevice, a_signal, make_vault, receive, received, reopen, take_up


def look(vault: Vault, zaak: UUID) -> Entry:
    return Entry(id=vault.new_id(), dossier=zaak, op=vault.clock(), inhoud=DossierIngezien(scherm="zaak"))


def events(vault: Vault) -> int:
    return int(vault.connection.execute("SELECT count(*) FROM gebeurtenis").fetchone()[0])


def test_every_millisecond_survives_the_way_to_the_vault_and_back() -> None:
    # By way of a float some of 2004 and of 2038 do not, and a replay would differ from what was recorded.
    for year in (1970, 2004, 2024, 2038, 2039, 2099):
        start = milliseconds(datetime(year, 5, 2, tzinfo=UTC))
        assert [ms for ms in range(start, start + 5_000) if milliseconds(instant(ms)) != ms] == []


@given(st.integers(0, 4_102_444_800_000_000))
def test_an_instant_loses_less_than_a_millisecond(microseconds: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert timedelta(0) <= moment - instant(milliseconds(moment)) < timedelta(milliseconds=1)


def test_the_same_event_pressed_twice_is_recorded_once(vault: Vault) -> None:
    zaak = take_up(vault)
    entry = look(vault, zaak)
    assert vault.journal.append([entry], door=vault.door).dossiers == {zaak}
    before = events(vault)
    assert vault.journal.append([entry], door=vault.door).dossiers == frozenset()
    assert events(vault) == before
    event_id = vault.new_id()
    for _ in range(20):
        contact.record_contactpoging(
            vault, zaak, event_id=event_id, contactsoort=Contactsoort.TELEFOON, bereikt=False
        )  # fmt: skip
    assert events(vault) == before + 1


def test_an_append_says_which_kinds_and_dossiers_changed(vault: Vault) -> None:
    zaak = take_up(vault)
    assert vault.journal.append([look(vault, zaak)], door=vault.door) == journal.Changes(
        frozenset({"DossierIngezien"}), frozenset({zaak})
    )


def test_an_empty_append_does_nothing(vault: Vault) -> None:
    before = events(vault)
    assert not vault.journal.append([], door=vault.door).soorten
    assert events(vault) == before


def test_an_event_that_cannot_be_recorded_takes_its_companions_along(vault: Vault) -> None:
    zaak = take_up(vault)
    before, tables = events(vault), digests(vault.connection)
    twice = look(vault, zaak)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        vault.journal.append([look(vault, zaak), twice, twice], door=vault.door)
    assert (events(vault), digests(vault.connection)) == (before, tables)
    vault.journal.append([look(vault, zaak)], door=vault.door)
    assert journal.verify_chain(vault.connection) == before + 1


@pytest.mark.parametrize("moment", [1, 2, 5, 8])
def test_an_append_that_is_stopped_leaves_everything_as_it_was(vault: Vault, moment: int) -> None:
    zaak = take_up(vault)
    before, tables = events(vault), digests(vault.connection)
    asked = itertools.count(1)
    entries = [received(vault, a_signal(number)) for number in range(1, 1500)]
    with pytest.raises(KnownError, match="IMPORT_AFGEBROKEN"):
        vault.journal.append(entries, door=vault.door, cancelled=lambda: next(asked) >= moment)
    assert (events(vault), digests(vault.connection)) == (before, tables)
    vault.journal.append([look(vault, zaak)], door=vault.door)
    assert journal.verify_chain(vault.connection) == before + 1


def test_an_append_that_nobody_stops_is_recorded(vault: Vault) -> None:
    entries = [received(vault, a_signal(number)) for number in range(1500)]
    assert vault.journal.append(entries, door=vault.door, cancelled=lambda: False).soorten == {"SignaalOntvangen"}


def test_a_full_disk_is_said_and_leaves_everything_as_it_was(vault: Vault) -> None:
    zaak = take_up(vault)
    before, tables = events(vault), digests(vault.connection)
    (pages,) = vault.connection.execute("PRAGMA page_count").fetchone()
    vault.connection.execute(f"PRAGMA max_page_count = {pages:d}")
    with pytest.raises(KnownError, match="VASTLEGGEN_MISLUKT") as caught:
        receive(vault, range(1, 200))
    assert caught.value.facts == {"oorzaak": "SQLITE_FULL"}
    assert not vault.connection.in_transaction
    assert (events(vault), digests(vault.connection)) == (before, tables)
    vault.connection.execute("PRAGMA max_page_count = 4294967294")
    receive(vault, range(1, 200))
    vault.journal.append([look(vault, zaak)], door=vault.door)
    assert events(vault) == before + 200
    assert all(controle.in_orde for controle in check(vault)), check(vault)


def test_a_dossier_is_shown_after_the_look_was_recorded(vault: Vault) -> None:
    zaak = take_up(vault)
    shown = inzien.open_dossier(vault, zaak, scherm="zaak")
    assert isinstance(shown.gebeurtenissen[-1].inhoud, DossierIngezien)
    assert shown.gebeurtenissen[-1].door == vault.door


def test_a_dossier_is_not_shown_when_the_look_cannot_be_recorded(vault: Vault) -> None:
    zaak = take_up(vault)
    before = events(vault)
    vault.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(KnownError, match="VASTLEGGEN_MISLUKT"):
        inzien.open_dossier(vault, zaak, scherm="zaak")
    vault.connection.execute("PRAGMA query_only = OFF")
    assert events(vault) == before


def test_an_unknown_zaak_is_not_looked_at(vault: Vault) -> None:
    before = events(vault)
    with pytest.raises(RegelOvertreding, match="ZAAK_ONBEKEND"):
        inzien.open_dossier(vault, uuid7(), scherm="zaak")
    assert events(vault) == before


@pytest.mark.parametrize(
    "jump",
    [timedelta(days=-3650), timedelta(days=365 * 75), timedelta(hours=-2), timedelta(0)],
    ids=["ten years back", "to 2099", "two hours back", "standing still"],
)
def test_a_clock_that_jumps_changes_neither_order_nor_when_things_happened(
    vault: Vault, klok: Klok, jump: timedelta
) -> None:
    zaak = take_up(vault)
    happened = START - timedelta(days=1)
    made = []
    for shift in (jump, -jump, timedelta(minutes=1)):
        klok.now += shift
        entry = look(vault, zaak)
        made.append(entry.id)
        vault.journal.append([msgspec.structs.replace(entry, op=happened)], door=vault.door)
    found = journal.events_of(vault.connection, zaak)
    assert [event.id for event in found][-3:] == made
    assert {event.op for event in found[-3:]} == {happened}
    assert found[-2].vastgelegd == START, "what the clock said is kept, also when it was wrong"
    assert rebuilt_digests(vault.connection) == digests(vault.connection)


def test_the_order_also_holds_after_reopening_with_a_clock_set_back(vault: Vault, klok: Klok) -> None:
    zaak = take_up(vault)
    klok.turn(days=365 * 75)
    vault.journal.append([look(vault, zaak)], door=vault.door)
    assert vault.journal.latest == klok.now
    vault.close()
    klok.turn(days=-365 * 75)
    with reopen(vault.directory, clock=klok) as again:
        entry = look(again, zaak)
        again.journal.append([entry], door=again.door)
        assert journal.events_of(again.connection, zaak)[-1].id == entry.id


# --- other laptops ------------------------------------------------------------------------------------------


def test_an_unknown_kind_is_kept_and_its_dossier_can_be_read_only(vault: Vault) -> None:
    zaak, other = take_up(vault), take_up(vault, 1)
    device = OtherDevice()
    strange = device.event(zaak, "Iets/9", b'{"soort":"Iets/9","x":[1]}')
    assert vault.journal.merge([strange]).soorten == {"Iets"}
    found = dossiers.load(vault.connection, zaak)
    assert found is not None
    assert found.alleen_lezen
    with pytest.raises(RegelOvertreding, match="ALLEEN_LEZEN"):
        contact.record_contactpoging(
            vault, zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=False
        )  # fmt: skip
    contact.record_contactpoging(
        vault, other, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=False
    )  # fmt: skip
    assert strange in journal.export(vault.connection), "byte for byte as it came"
    assert all(controle.in_orde for controle in check(vault)), check(vault)


def test_a_vault_fresh_from_its_maker_has_no_work_in_its_log(vault: Vault) -> None:
    assert vault.journal.last_worked() is None
    take_up(vault)
    assert vault.journal.last_worked() == START


def test_events_that_are_here_already_are_skipped(vault: Vault) -> None:
    zaak = take_up(vault)
    log = list(journal.export(vault.connection))
    tables = digests(vault.connection)
    assert vault.journal.merge(log) == journal.Changes(frozenset(), frozenset())
    assert digests(vault.connection) == tables
    assert list(journal.export(vault.connection)) == log
    assert zaak in {event.dossier for event in log}


def test_work_on_a_zaak_may_arrive_before_the_zaak(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("laptops")
    klok = Klok()
    with (
        make_vault(folder / "a", clock=klok) as a,
        make_vault(folder / "b", clock=klok, letter="B") as b,
        make_vault(folder / "c", clock=klok, letter="C") as c,
    ):
        zaak = take_up(a)
        b.journal.merge(list(journal.export(a.connection)))
        # A second signal of the same resident: a row that points at a zaak which laptop C does not have yet.
        take_up(b, 4)
        from_a = list(journal.export(a.connection))
        from_b = [event for event in journal.export(b.connection) if event.letter == "B"]
        c.journal.merge(from_b)
        assert dossiers.load(c.connection, zaak) is None
        c.journal.merge(from_a)
        found = dossiers.load(c.connection, zaak)
        assert found is not None
        assert len(found.signalen) == 2
        assert all(controle.in_orde for controle in check(c)), check(c)


def changed(event: journal.Chained, **fields: object) -> journal.Chained:
    return msgspec.structs.replace(event, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"op": 1},
        {"door": uuid7()},
        {"volgnummer": 2},
        {"volgnummer": 0},
        {"hash": bytes(32)},
        {"inhoud": b"{}"},
        {"zout": None},
        {"soort": "DossierIngezien/2"},
        {"hlc": 1 << 62},
    ],
    ids=str,
)
def test_an_event_that_does_not_continue_its_chain_is_refused_whole(vault: Vault, fields: dict[str, object]) -> None:
    zaak = take_up(vault)
    before, tables = events(vault), digests(vault.connection)
    good = OtherDevice("Y").event(zaak, "DossierIngezien/1", b'{"soort":"DossierIngezien/1","scherm":"zaak"}')
    bad = OtherDevice().event(zaak, "DossierIngezien/1", b'{"soort":"DossierIngezien/1","scherm":"zaak"}')
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        vault.journal.merge([good, changed(bad, **fields)])
    assert (events(vault), digests(vault.connection)) == (before, tables)
    vault.journal.append([look(vault, zaak)], door=vault.door)
    assert journal.verify_chain(vault.connection) == before + 1


@pytest.mark.parametrize(
    "stored",
    [b"", b"{}", b"{{", b'{"soort":"DossierIngezien/1","scherm":7}', b'{"soort":"BriefGemaakt/1","brief":"x"}'],
)
def test_content_that_is_not_of_its_kind_is_refused_though_well_chained(vault: Vault, stored: bytes) -> None:
    # Taken over, it would make every later rebuild fail.
    zaak = take_up(vault)
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        vault.journal.merge([OtherDevice().event(zaak, "DossierIngezien/1", stored)])
    assert rebuilt_digests(vault.connection) == digests(vault.connection)


def test_a_laptop_whose_clock_ran_back_within_its_own_log_is_refused(vault: Vault) -> None:
    device = OtherDevice()
    first = device.event(uuid7(), "Iets/9", b"1", hlc=1_000)
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        vault.journal.merge([first, device.event(uuid7(), "Iets/9", b"2", hlc=1_000)])


def test_what_is_recorded_next_comes_after_the_latest_of_every_laptop(vault: Vault) -> None:
    zaak = take_up(vault)
    ahead, behind = OtherDevice("Y"), OtherDevice("Z")
    far = milliseconds(START + timedelta(days=400)) << 16
    vault.journal.merge([ahead.event(zaak, "Iets/9", b"1", hlc=far), behind.event(zaak, "Iets/9", b"2", hlc=5)])
    entry = look(vault, zaak)
    vault.journal.append([entry], door=vault.door)
    assert journal.events_of(vault.connection, zaak)[-1].id == entry.id
    with_reopened = journal.Journal(vault.connection, vault.clock)
    assert with_reopened.latest == START + timedelta(days=400)


def test_what_happened_earlier_but_arrives_later_does_not_overrule(vault: Vault) -> None:
    earlier, later = OtherDevice("Y"), OtherDevice("Z")
    now = milliseconds(START + timedelta(days=1)) << 16
    for device, waarde, hlc in ((later, "5", now + 2), (earlier, "4", now + 1)):
        stored = encode(InstellingGewijzigd(naam="pogingen", waarde=waarde, was="3"))
        vault.journal.merge([device.event(journal.TEAM, "InstellingGewijzigd/1", stored, hlc=hlc)])
    for _ in range(2):
        row = vault.connection.execute("SELECT waarde FROM instelling WHERE naam = 'pogingen'").fetchone()
        assert row == ("5",)
        with journal.transaction(vault.connection):
            journal.rebuild(vault.connection)


def test_another_event_under_a_known_number_is_refused(vault: Vault) -> None:
    zaak = take_up(vault)
    device, twin = OtherDevice(), OtherDevice()
    twin.id = device.id
    vault.journal.merge([device.event(zaak, "Iets/9", b"1")])
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        vault.journal.merge([twin.event(zaak, "Iets/9", b"2")])


def test_a_clock_from_the_far_future_is_refused_though_well_chained(vault: Vault) -> None:
    # Every later event of this laptop would have to come after it.
    zaak = take_up(vault)
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        vault.journal.merge([OtherDevice().event(zaak, "Iets/9", b"1", hlc=(1 << 63) - 1)])


def test_an_event_id_that_is_taken_is_refused(vault: Vault) -> None:
    zaak = take_up(vault)
    device = OtherDevice()
    first = device.event(zaak, "Iets/9", b"1")
    vault.journal.merge([first])
    twin = OtherDevice()
    event = twin.event(zaak, "Iets/9", b"1")
    digest = journal.header_hash(
        bytes(32), first.id.bytes, event.apparaat.bytes, 1, event.hlc, zaak.bytes, event.soort, event.op,
        event.vastgelegd, event.door.bytes, event.inhoud_hash,
    )  # fmt: skip
    with pytest.raises(KnownError, match="KETEN_GEBROKEN"):
        vault.journal.merge([changed(event, id=first.id, hash=digest)])


def test_an_export_starts_after_what_the_other_has(vault: Vault) -> None:
    take_up(vault)
    ((device, head),) = journal.heads(vault.connection).items()
    rest = list(journal.export(vault.connection, after={device: head.volgnummer - 2}))
    assert [event.volgnummer for event in rest] == [head.volgnummer - 1, head.volgnummer]


def test_an_erased_event_travels_without_its_content(vault: Vault, tmp_path_factory: pytest.TempPathFactory) -> None:
    take_up(vault)
    vault.connection.execute("DELETE FROM inhoud WHERE nr > 2")
    with make_vault(tmp_path_factory.mktemp("b") / "kluis", letter="B") as other:
        other.journal.merge(list(journal.export(vault.connection)))
        assert other.connection.execute("SELECT count(*) FROM zaak").fetchone() == (0,)
        assert all(controle.in_orde for controle in check(other)), check(other)


def test_people_and_settings_of_another_laptop_come_along(
    vault: Vault, klok: Klok, tmp_path_factory: pytest.TempPathFactory
) -> None:
    colleague = uuid5(vault.vault_id, "collega")
    with make_vault(tmp_path_factory.mktemp("b") / "kluis", clock=klok, letter="B") as other:
        rol = Rol.TEAMLEIDER
        added = MedewerkerToegevoegd(medewerker=colleague, naam="M. Weiß", rol=rol)
        entry = Entry(id=other.new_id(), dossier=journal.TEAM, op=klok.now, inhoud=added)
        other.journal.append([entry], door=other.door)
        vault.journal.merge(list(journal.export(other.connection)))
    names = {row[0] for row in vault.connection.execute("SELECT naam FROM medewerker")}
    assert names == {"N. de Boer", "M. Weiß"}
