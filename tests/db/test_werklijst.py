"""The work list by any choice and order: no zaak lost, none repeated, none that was not asked for."""

from __future__ import annotations

import pytest

from db.model.codes import Contactsoort, Stap
from db.queries import werklijst, zaken
from db.queries.werklijst import Keuze, Volgorde
from db.queries.zaken import START, ZaakRegel
from db.vault import Vault
from desktop.casework import contact
from tests.vaults import Klok, take_up


@pytest.fixture
def full(vault: Vault, klok: Klok) -> Vault:
    """Four zaken, taken up on different days, of which one was spoken to."""
    made = []
    for number in range(4):
        klok.turn(days=1)
        made.append(take_up(vault, number))
    act = contact.record_contactpoging
    act(vault, made[-1], event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=True)
    return vault


def pages(vault: Vault, keuze: Keuze) -> list[ZaakRegel]:
    """Everything, two at a time."""
    found: list[ZaakRegel] = []
    cursor = START
    while True:
        page, cursor = werklijst.page(vault.connection, keuze, pogingen=3, dagdelen=2, na=cursor, limiet=2)
        if not page:
            return found
        found += page


@pytest.mark.parametrize("volgorde", Volgorde)
@pytest.mark.parametrize("stap", [None, Stap.BELLEN, Stap.HULPAANBOD])
def test_pages_lose_and_repeat_nothing(full: Vault, volgorde: Volgorde, stap: Stap | None) -> None:
    found = [regel.id for regel in pages(full, Keuze(stap=stap, volgorde=volgorde))]
    expected = {
        regel.id
        for regel in pages(full, Keuze())
        if stap in {None, zaken.stap_of(full.connection, regel.id, pogingen=3, dagdelen=2)}
    }
    assert (len(found), set(found)) == (len(expected), expected)
    assert len(expected) == {None: 4, Stap.BELLEN: 3, Stap.HULPAANBOD: 1}[stap]


def test_each_order_is_the_one_asked_for(full: Vault) -> None:
    numbers = [regel.nummer for regel in pages(full, Keuze(volgorde=Volgorde.OPGEPAKT))]
    assert numbers == sorted(numbers)
    names = [regel.lijstnaam for regel in pages(full, Keuze(volgorde=Volgorde.NAAM))]
    sorted_names = "SELECT lijstnaam FROM zaak ORDER BY sorteernaam, id"
    assert names == [row[0] for row in full.connection.execute(sorted_names)]


def test_kind_and_term_hold_for_every_zaak_that_is_found(full: Vault) -> None:
    everything = pages(full, Keuze())
    first = everything[0]
    until = first.stand.termijn
    assert until is not None
    found = pages(full, Keuze(soort=first.debtsoort, termijn_tot=until))
    assert [regel.id for regel in found] == [
        regel.id
        for regel in everything
        if regel.debtsoort == first.debtsoort and regel.stand.termijn is not None and regel.stand.termijn <= until
    ]
    assert 0 < len(found) < len(everything)
