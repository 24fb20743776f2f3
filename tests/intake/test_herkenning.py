"""A resident who comes again under another number or spelling: joined, asked about, decided, parted again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from db.errors import RegelOvertreding
from db.integrity import digests, rebuilt_digests
from db.journal import events_of
from db.model.codes import Bak, Eindresultaat, Overeenkomst, Weigergrond, Zekerheid
from db.model.gebeurtenis import PersoonBeslist, PersoonHerkend, ZaakHeropend
from db.model.signaal import signaal_id
from db.queries import gelijkenissen, inzage
from db.queries import signalen as trays
from db.queries.dossier import Dossier, load
from db.vault import Vault
from desktop.casework import afsluiten, personen, signalen
from desktop.casework.kalender import lokale_datum
from tests.factories import csv_bestand, rij, signaalbestand
from tests.intake.conftest import Take
from tests.vaults import Klok

BRON = "Centraal Meldpunt"
MEER: dict[str, Any] = {
    "soort": "wmo-abonnementstarief",
    "voorletters": "A.B.",
    "voorvoegsel": "van der",
    "achternaam": "Meer",
    "geboortedatum": "1951-03-12",
    "straatnaam": "Oosterstraat",
    "huisnummer": "14",
    "huisnummertoevoeging": "B",
    "postcode": "9711NP",
    "telefoonnummer": "050-5550123",
    "bedrag": "213.40",
}


def of(number: int, **fields: object) -> dict[str, Any]:
    """Row `number` about A.B. van der Meer, under a klantnummer of its own."""
    return rij(number, **(MEER | fields))


def key(number: int) -> UUID:
    return signaal_id(BRON, f"CM-{number:06d}")


def bring(take: Take, *rows: dict[str, Any], id: str = "een") -> None:  # noqa: A002  # the delivery's own field
    assert take(signaalbestand(rows=list(rows), id=id)).geaccepteerd == len(rows)


def persoon(vault: Vault, number: int) -> UUID:
    found = gelijkenissen.persoon_van(vault.connection, key(number))
    assert found is not None
    return found


def herkend(vault: Vault, number: int) -> list[PersoonHerkend]:
    contents = (event.inhoud for event in events_of(vault.connection, key(number)))
    return [inhoud for inhoud in contents if isinstance(inhoud, PersoonHerkend)]


def say(vault: Vault, number: int, other: int, *, zelfde: bool) -> None:
    personen.decide(vault, key(number), key(other), event_id=vault.new_id(), zelfde=zelfde)


def asked(vault: Vault) -> list[tuple[UUID, UUID]]:
    return [(one.signaal, one.ander) for one in gelijkenissen.onbeslist(vault.connection)]


def dossier(vault: Vault, zaak: UUID) -> Dossier:
    found = load(vault.connection, zaak)
    assert found is not None
    return found


def tray_of(vault: Vault, number: int) -> Bak:
    found = trays.wachtend(vault.connection, key(number))
    assert found is not None
    return found.bak


LIKELY: dict[str, Any] = {"achternaam": "Okkema", "voorvoegsel": ""}
STRANGER: dict[str, Any] = {
    "voorletters": "K.", "voorvoegsel": "", "achternaam": "Zuidersma", "geboortedatum": "1980-07-30",
    "postcode": "9743CD", "huisnummer": "300", "huisnummertoevoeging": "", "telefoonnummer": "",
}  # fmt: skip


def test_a_resident_under_another_number_is_joined_and_the_log_says_why(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    bring(take, of(2, achternaam="MEER", huisnummer="14-b", huisnummertoevoeging=""), id="twee")
    assert persoon(vault, 2) == persoon(vault, 1)
    (found,) = herkend(vault, 2)
    assert (found.ander, found.zekerheid) == (key(1), Zekerheid.ZEKER)
    assert Overeenkomst.NAAM_GELIJK in found.redenen
    assert asked(vault) == []
    assert digests(vault.connection) == rebuilt_digests(vault.connection)


def test_two_rows_of_one_delivery_are_recognised_too(vault: Vault, take: Take) -> None:
    bring(take, of(1), of(2))
    assert persoon(vault, 2) == persoon(vault, 1)


def test_a_third_signal_goes_where_the_second_went(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    bring(take, of(2), id="twee")
    bring(take, of(3, klantnummer=of(2)["klantnummer"], **STRANGER | {"geboortedatum": "1951-03-12"}), id="drie")
    assert persoon(vault, 3) == persoon(vault, 1)


def test_a_stranger_is_neither_joined_nor_asked_about(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    bring(take, of(2, **STRANGER), id="twee")
    assert persoon(vault, 2) != persoon(vault, 1)
    assert herkend(vault, 2) == []


def test_fellow_residents_of_an_institution_are_not_taken_for_one(vault: Vault, take: Take) -> None:
    names = ("Aalders", "Bakker", "Cornelissen", "Dijkstra", "Evers", "Feenstra", "Gerritsen", "Hoekstra")
    rows = [
        of(number, achternaam=name, voorvoegsel="", voorletters="J.", geboortedatum=f"19{40 + number}-01-01")
        for number, name in enumerate(names, start=1)
    ]
    bring(take, *rows)
    assert len({persoon(vault, number) for number in range(1, 9)}) == 8
    assert asked(vault) == []


def test_a_likely_one_waits_and_a_worker_joins_all_signals_of_the_resident(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    again = of(2, **LIKELY)
    bring(take, again, of(3, **LIKELY, klantnummer=again["klantnummer"]), id="twee")
    assert asked(vault) == [(key(2), key(1))]
    assert persoon(vault, 2) != persoon(vault, 1)
    say(vault, 2, 1, zelfde=True)
    assert asked(vault) == []
    assert persoon(vault, 3) == persoon(vault, 2) == persoon(vault, 1)
    for number in (2, 3):
        last = events_of(vault.connection, key(number))[-1]
        assert last.inhoud == PersoonBeslist(ander=key(1), persoon=persoon(vault, 1), zelfde=True)
    assert digests(vault.connection) == rebuilt_digests(vault.connection)


def test_a_worker_who_says_no_is_not_asked_again(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    bring(take, of(2, **LIKELY), id="twee")
    say(vault, 2, 1, zelfde=False)
    assert asked(vault) == []
    assert persoon(vault, 2) != persoon(vault, 1)


def test_a_decision_can_be_taken_anew(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    bring(take, of(2, **LIKELY), id="twee")
    own = persoon(vault, 2)
    say(vault, 2, 1, zelfde=True)
    say(vault, 2, 1, zelfde=False)
    assert persoon(vault, 2) == own
    assert digests(vault.connection) == rebuilt_digests(vault.connection)


def test_what_joined_by_itself_is_parted_with_whoever_was_joined_because_of_it(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    bring(take, of(2, postcode="9743CD", huisnummer="300"), id="twee")
    bring(take, of(3, postcode="9743CD", huisnummer="300"), id="drie")
    assert persoon(vault, 3) == persoon(vault, 2) == persoon(vault, 1)
    assert herkend(vault, 3)[0].ander == key(2)
    say(vault, 2, 1, zelfde=False)
    assert persoon(vault, 3) == persoon(vault, 2) != persoon(vault, 1)


def test_nothing_is_decided_about_signals_that_do_not_look_alike(vault: Vault, take: Take) -> None:
    bring(take, of(1), of(2, **STRANGER))
    with pytest.raises(RegelOvertreding) as caught:
        say(vault, 2, 1, zelfde=True)
    assert caught.value.code == "GEEN_GELIJKENIS"


def test_one_zaak_for_one_resident_whatever_the_number(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    (first,) = signalen.accept_all(vault)
    bring(take, of(2, bedrag="300.00"), id="twee")
    (second,) = signalen.accept(vault, [key(2)])
    assert second.zaak == first.zaak
    assert [signal.extern_id for signal in dossier(vault, first.zaak).signalen] == ["CM-000001", "CM-000002"]
    with pytest.raises(RegelOvertreding) as caught:
        say(vault, 2, 1, zelfde=False)
    assert caught.value.code == "SAMEN_OPGEPAKT"


def test_who_is_found_to_be_one_after_two_zaken_were_opened_keeps_both_in_sight(vault: Vault, take: Take) -> None:
    bring(take, of(1), of(2, **LIKELY))
    first, second = signalen.accept(vault, [key(1), key(2)])
    say(vault, 2, 1, zelfde=True)
    for one, other in ((first, second), (second, first)):
        found = dossier(vault, one.zaak)
        assert [signal.zaak for signal in found.eerdere] == [other.zaak]
        assert len(found.signalen) == 1
        assert found.andere_zaak_open
        parts = inzage.delen(vault.connection, found.inwoner_id)
        assert [deel.soort for deel in parts].count("zaak") == 2
        assert [deel.soort for deel in parts].count("signaal") == 2


def test_the_same_debt_under_another_number_is_proposed_as_repeated(vault: Vault, take: Take, klok: Klok) -> None:
    bring(take, of(1))
    signalen.accept_all(vault)
    klok.turn(days=30)
    bring(take, of(2, signaaldatum="2024-05-20"), id="twee")
    assert tray_of(vault, 2) is Bak.HERHAALD
    signalen.refuse(vault, key(2), event_id=vault.new_id(), grond=Weigergrond.HERHAALD)


def test_a_higher_amount_goes_on_in_the_zaak_it_had(vault: Vault, take: Take, klok: Klok) -> None:
    bring(take, of(1))
    (taken,) = signalen.accept_all(vault)
    klok.turn(days=2)
    afsluiten.close_zaak(
        vault, taken.zaak, event_id=vault.new_id(), eindresultaat=Eindresultaat.ANDERE_REDEN,
        reden=Weigergrond.GEEN_CAPACITEIT, notitie="Te druk.",
    )  # fmt: skip
    klok.turn(days=30)
    bring(take, of(2, bedrag="350.00", signaaldatum="2024-05-20"), id="twee")
    assert tray_of(vault, 2) is Bak.NIEUW
    (again,) = signalen.accept_all(vault)
    assert again.zaak == taken.zaak
    found = dossier(vault, taken.zaak)
    assert found.stand.gesloten_op is None
    assert len(found.signalen) == 2
    assert any(isinstance(event.inhoud, ZaakHeropend) for event in found.gebeurtenissen)
    assert found.stand.termijn == lokale_datum(vault.clock()) + timedelta(days=14), "the first term passed long ago"


def test_a_csv_with_a_partners_name_and_a_moved_resident_is_recognised(vault: Vault, take: Take) -> None:
    bring(take, of(1))
    moved = of(2, achternaam="Meer-Jansen", postcode="9743CD", huisnummer="300", telefoonnummer="")
    assert take(csv_bestand(rows=[moved])).geaccepteerd == 1
    assert herkend(vault, 2)
