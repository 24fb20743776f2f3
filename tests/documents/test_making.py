"""Paper from a real vault: what may be made, what is recorded, and what is left when a disk fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from db.errors import KnownError, RegelOvertreding
from db.journal import Changes, events_of
from db.model import gebeurtenis as g
from db.model.codes import (
    BrpUitkomst,
    Contactsoort,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Identiteitsbewijs,
    Overeenkomst,
    Terugmeldcode,
    Uitkomst,
    Zekerheid,
)
from db.model.signaal import inwoner_id, zaak_id
from db.queries import concepten
from db.queries.inzage import _NUMBERED, delen
from db.vault import Vault
from desktop.casework import instellingen
from desktop.documents import inzage as inzages
from desktop.documents import making, verstrekken
from tests import factories, vaults
from tests.documents import paper

SIGNAAL = factories.signaal()
ZAAK = zaak_id(SIGNAAL.dossier)
INWONER = inwoner_id(SIGNAAL.bron, SIGNAAL.klantnummer, SIGNAAL.inwoner.geboortedatum)
SCHEMA = Path(__file__).parents[2] / "resources" / "schemas" / "inzage-1.schema.json"


def record(vault: Vault, dossier: UUID, inhoud: g.AnyInhoud) -> Changes:
    entry = g.Entry(id=vault.new_id(), dossier=dossier, op=vault.clock(), inhoud=inhoud)
    return vault.journal.append([entry], door=vault.door)


def open_zaak(vault: Vault, *, geboortedatum: date = SIGNAAL.inwoner.geboortedatum) -> None:
    resident = msgspec.structs.replace(SIGNAAL.inwoner, geboortedatum=geboortedatum)
    vault.journal.append([vaults.received(vault, SIGNAAL)], door=vault.door)
    opened = g.ZaakGeopend(
        nummer="2024-A0001",
        signaal=SIGNAAL.dossier,
        inwoner=resident,
        inwoner_id=INWONER,
        debtsoort=SIGNAAL.soort,
        ontvangen_op=vault.clock(),
        contact_voor=date(2024, 5, 16),
        behandelaar=vault.door,
    )
    record(vault, ZAAK, opened)
    record(vault, SIGNAAL.dossier, g.SignaalGeaccepteerd(zaak=ZAAK))


def close(vault: Vault) -> None:
    message = g.Terugmelding(
        id=vault.new_id(), signaal=SIGNAAL.id, klantnummer=SIGNAAL.klantnummer, code=Terugmeldcode.AFGEROND,
        datum=date(2024, 5, 2),
    )  # fmt: skip
    record(vault, ZAAK, g.ZaakAfgesloten(eindresultaat=Eindresultaat.GEEN_CONTACT, terugmeldingen=(message,)))


@pytest.fixture
def klok() -> vaults.Klok:
    return vaults.Klok()


@pytest.fixture
def vault(tmp_path: Path, klok: vaults.Klok) -> Iterator[Vault]:
    """A vault with one open zaak."""
    with vaults.make_vault(tmp_path / "kluis", clock=klok) as made:
        open_zaak(made)
        yield made


def kinds_of(vault: Vault, dossier: UUID = ZAAK) -> list[str]:
    return [event.naam for event in events_of(vault.connection, dossier)]


def refused(vault: Vault, soort: str = "eerste-brief") -> str:
    before = kinds_of(vault)
    with pytest.raises(RegelOvertreding) as error:
        making.make(vault, ZAAK, soort, event_id=vault.new_id())
    assert kinds_of(vault) == before
    return error.value.code


def test_a_letter_is_recorded_with_its_kind_and_the_version_of_its_text(vault: Vault) -> None:
    pdf = making.make(vault, ZAAK, "toestemming", event_id=vault.new_id(), aan=" Humanitas ")
    last = events_of(vault.connection, ZAAK)[-1].inhoud
    assert isinstance(last, g.BriefGemaakt)
    assert (last.brief, last.aan, len(last.tekstversie)) == ("toestemming", "Humanitas", 33)
    assert "Proef" in paper.words(pdf)


def test_pressing_twice_records_one_letter_and_gives_the_same_bytes(vault: Vault) -> None:
    event_id = vault.new_id()
    first = making.make(vault, ZAAK, "kaartje", event_id=event_id)
    assert making.make(vault, ZAAK, "kaartje", event_id=event_id) == first
    assert kinds_of(vault).count("BriefGemaakt") == 1


def test_a_letter_bears_what_the_settings_and_the_people_of_the_vault_say(vault: Vault) -> None:
    assert "14 050" in paper.words(making.make(vault, ZAAK, "kaartje", event_id=vault.new_id()))
    for name, value in (
        ("team_nummer", "050-5550100"),
        ("direct_nummer", "050-5550101"),
        ("werkdagen", "dinsdag en donderdag"),
        ("gemeente_adres", "Postbus 1, 9700 AA Groningen"),
        ("fg_contact", "fg@voorbeeld.example"),
    ):
        instellingen.change(vault, name, value)
    text = paper.words(making.make(vault, ZAAK, "eerste-brief", event_id=vault.new_id()))
    for told in (
        "N. de Boer",
        "050-5550101 of 050-5550100",
        "dinsdag en donderdag",
        "Postbus 1",
        "fg@voorbeeld.example",
    ):
        assert told in text


def test_an_announcement_names_day_and_part_of_the_day(vault: Vault) -> None:
    pdf = making.make(
        vault,
        ZAAK,
        "aankondiging-huisbezoek",
        event_id=vault.new_id(),
        datum=date(2024, 5, 16),
        dagdeel=Dagdeel.AVOND,
    )
    assert "op donderdag 16 mei 2024 • in de avond (na 18.00 uur)" in paper.words(pdf)


def test_no_paper_goes_to_a_secret_address_until_a_later_check_says_it_is_right(vault: Vault) -> None:
    record(vault, ZAAK, g.BrpGecontroleerd(uitkomst=BrpUitkomst.GEHEIM, datum=date(2024, 5, 2)))
    assert refused(vault) == "ADRES_GEHEIM"
    assert refused(vault, "kaartje") == "ADRES_GEHEIM"
    record(vault, ZAAK, g.BrpGecontroleerd(uitkomst=BrpUitkomst.KLOPT, datum=date(2024, 5, 2)))
    assert making.make(vault, ZAAK, "kaartje", event_id=vault.new_id())


@pytest.mark.parametrize(
    ("outcome", "rule"), [(BrpUitkomst.VERHUISD, "ADRES_VERSCHILT"), (BrpUitkomst.OVERLEDEN, "INWONER_OVERLEDEN")]
)
def test_no_paper_goes_to_a_former_address_or_to_the_dead(vault: Vault, outcome: BrpUitkomst, rule: str) -> None:
    record(vault, ZAAK, g.BrpGecontroleerd(uitkomst=outcome, datum=date(2024, 5, 2)))
    assert refused(vault) == rule


def test_no_paper_goes_to_a_minor(tmp_path: Path) -> None:
    with vaults.make_vault(tmp_path / "kluis") as vault:
        open_zaak(vault, geboortedatum=date(2006, 5, 3))  # eighteen tomorrow
        assert refused(vault) == "INWONER_MINDERJARIG"


def test_a_closing_letter_waits_for_the_closing(vault: Vault) -> None:
    assert refused(vault, "afsluitbrief") == "ZAAK_NIET_GESLOTEN"
    close(vault)
    text = paper.words(making.make(vault, ZAAK, "afsluitbrief", event_id=vault.new_id()))
    assert "Wij wissen uw gegevens op 2 november 2024." in text


def test_a_dossier_of_a_newer_program_gives_no_paper(vault: Vault, tmp_path: Path) -> None:
    vault.journal.merge([vaults.OtherDevice().event(ZAAK, "IetsNieuws/1", b"{}", now=vaults.START)])
    assert refused(vault) == "ALLEEN_LEZEN"
    with pytest.raises(RegelOvertreding) as error:
        verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.PASPOORT, tmp_path, event_id=vault.new_id())
    assert error.value.code == "ALLEEN_LEZEN"


def test_an_unknown_zaak_is_refused(vault: Vault) -> None:
    with pytest.raises(RegelOvertreding) as error:
        making.make(vault, vault.new_id(), "kaartje", event_id=vault.new_id())
    assert error.value.code == "ZAAK_ONBEKEND"


def test_a_letter_that_cannot_be_written_is_not_recorded(vault: Vault, tmp_path: Path) -> None:
    before = kinds_of(vault)
    with pytest.raises(KnownError) as error:
        making.make_file(vault, ZAAK, "kaartje", tmp_path / "weg" / "kaart.pdf", event_id=vault.new_id())
    assert error.value.code == "SCHIJF_FOUT"
    assert kinds_of(vault) == before


def test_a_letter_that_cannot_be_recorded_leaves_no_file(vault: Vault, tmp_path: Path) -> None:
    target = tmp_path / "kaart.pdf"
    vault.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(KnownError) as error:
        making.make_file(vault, ZAAK, "kaartje", target, event_id=vault.new_id())
    assert error.value.code == "VASTLEGGEN_MISLUKT"
    assert list(tmp_path.glob("kaart*")) == []


def test_a_letter_file_is_whole(vault: Vault, tmp_path: Path) -> None:
    target = tmp_path / "kaart.pdf"
    event_id = vault.new_id()
    making.make_file(vault, ZAAK, "kaartje", target, event_id=event_id)
    assert target.read_bytes() == making.make(vault, ZAAK, "kaartje", event_id=event_id)
    assert list(tmp_path.glob("kaart*")) == [target]


# --- inzage -------------------------------------------------------------------------------------------------


def give(vault: Vault, folder: Path) -> tuple[str, dict[str, object]]:
    pdf, readable = verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.RIJBEWIJS, folder, event_id=vault.new_id())
    decoded: dict[str, object] = msgspec.json.decode(readable.read_bytes())
    return paper.words(pdf.read_bytes()), decoded


def test_an_inzage_is_numbered_recorded_and_written_under_a_neutral_name(vault: Vault, tmp_path: Path) -> None:
    folder = tmp_path / "uit"
    text, _ = give(vault, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["inzage-I-2024-A0001.json", "inzage-I-2024-A0001.pdf"]
    assert "I-2024-A0001" in text
    assert "Eerst keken wij of u het echt was: rijbewijs." in text
    assert kinds_of(vault)[-3:] == ["IdentiteitGecontroleerd", "DossierIngezien", "InzageVerstrekt"]
    given = events_of(vault.connection, ZAAK)[-1].inhoud
    assert given == g.InzageVerstrekt(nummer="I-2024-A0001", identiteit=Identiteitsbewijs.RIJBEWIJS)


def test_numbers_count_on_and_begin_again_with_the_dutch_year(vault: Vault, klok: vaults.Klok, tmp_path: Path) -> None:
    assert "I-2024-A0001" in give(vault, tmp_path)[0]
    assert "I-2024-A0002" in give(vault, tmp_path)[0]
    klok.now = klok.now.replace(year=2024, month=12, day=31, hour=23, minute=30)  # in Amsterdam it is 2025
    assert "I-2025-A0001" in give(vault, tmp_path)[0]


def test_the_same_request_twice_is_one_inzage(vault: Vault, tmp_path: Path) -> None:
    event_id = vault.new_id()
    first = verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.PASPOORT, tmp_path, event_id=event_id)
    second = verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.PASPOORT, tmp_path, event_id=event_id)
    assert first == second
    assert kinds_of(vault).count("InzageVerstrekt") == 1
    assert kinds_of(vault).count("IdentiteitGecontroleerd") == 1


def test_an_inzage_tells_who_looked_by_role_and_moment_and_names_no_colleague(vault: Vault, tmp_path: Path) -> None:
    record(vault, ZAAK, g.DossierIngezien(scherm="zaak"))
    text, decoded = give(vault, tmp_path)
    looked = text.partition("Wie keek ")[2].partition("Hoe lang wij")[0]
    assert "2 mei 2024 om 11.30 uur uitvoerder, zaak 2024-A0001 (zaak)" in looked
    assert "(inzage)" in looked  # making it is looking too
    assert "N. de Boer" not in text
    assert str(vault.door) not in msgspec.json.encode(decoded).decode()


def test_an_inzage_tells_what_was_said_to_the_cak_and_how_far_it_got(vault: Vault, tmp_path: Path) -> None:
    assert "Wij hebben het CAK nog niets over u verteld." in give(vault, tmp_path)[0]
    close(vault)
    text, _ = give(vault, tmp_path)
    assert "Wij hebben het CAK alleen verteld dat wij klaar zijn." in text
    assert "nog niet verstuurd" in text
    (message,) = (
        message
        for event in events_of(vault.connection, ZAAK)
        if isinstance(event.inhoud, g.ZaakAfgesloten)
        for message in event.inhoud.terugmeldingen
    )
    record(vault, ZAAK, g.TerugmeldingVerzonden(levering=vault.new_id(), terugmeldingen=(message.id,)))
    text, _ = give(vault, tmp_path)
    assert "nog niet verstuurd" not in text
    assert "Verstuurd 2 mei 2024 om 11.30 uur" in text


def test_an_inzage_holds_every_dossier_about_the_resident_and_no_other(vault: Vault, tmp_path: Path) -> None:
    again = factories.signaal(id="CM-000124")
    stranger = factories.signaal(id="CM-999999", klantnummer="1", achternaam="Vreemde")
    for signaal in (again, stranger):
        vault.journal.append([vaults.received(vault, signaal)], door=vault.door)
    for row, klantnummer in enumerate((SIGNAAL.klantnummer, "1"), start=7):
        values = {
            "klantnummer": klantnummer, "geboortedatum": "12-03-1951", "achternaam": f"Rij{row}", "bedrag": "50,00"
        }  # fmt: skip
        inhoud = g.RijAfgewezen(
            levering=vaults.LEVERING, rij=row, signaal=f"CM-RIJ{row}", uitkomst=Uitkomst.NIET_TOEGELATEN,
            reden="ONDER_DREMPEL", waarden=values,
        )  # fmt: skip
        record(vault, vault.new_id(), inhoud)
    text, decoded = give(vault, tmp_path)
    assert "CM-000124" in text
    assert "Rij7" in text
    for other in ("CM-999999", "Vreemde", "Rij8"):
        assert other not in text
        assert other not in msgspec.json.encode(decoded).decode()
    covered = delen(vault.connection, INWONER)
    assert [(deel.soort, deel.nummer) for deel in covered] == [
        ("zaak", "2024-A0001"),
        ("signaal", "CM-000123"),
        ("signaal", "CM-000124"),
        ("geweigerde rij", "CM-RIJ7"),
    ]


def test_a_row_that_was_refused_for_its_number_or_birth_date_is_known_by_the_name(vault: Vault, tmp_path: Path) -> None:
    right = {"klantnummer": SIGNAAL.klantnummer, "geboortedatum": "1951-03-12", "achternaam": " MEER "}
    rows = {
        "CM-DATUM": ("geboortedatum", right | {"geboortedatum": "31-02-1951"}),
        "CM-NUMMER": ("klantnummer", right | {"klantnummer": ""}),
        "CM-NAAM": ("achternaam", right | {"achternaam": ""}),
        "CM-ANDER": ("geboortedatum", right | {"geboortedatum": "", "achternaam": "Vreemde"}),
        "CM-VADER": ("bedrag", right | {"geboortedatum": "1921-01-01"}),
    }
    for number, (name, (field, values)) in enumerate(rows.items()):
        inhoud = g.RijAfgewezen(
            levering=vaults.LEVERING, rij=number, signaal=name, uitkomst=Uitkomst.ONLEESBAAR, reden="VELD_ONTBREEKT",
            veld=field, waarden=values,
        )  # fmt: skip
        record(vault, vault.new_id(), inhoud)
    text, _ = give(vault, tmp_path)
    assert [name for name in rows if name in text] == ["CM-DATUM", "CM-NUMMER", "CM-NAAM"]


def test_nothing_points_at_another_resident_who_was_only_alike(vault: Vault, tmp_path: Path) -> None:
    other = factories.signaal(id="CM-999999", klantnummer="1", achternaam="Vreemde")
    vault.journal.append([vaults.received(vault, other)], door=vault.door)
    stranger = inwoner_id(other.bron, other.klantnummer, other.inwoner.geboortedatum)
    alike = g.PersoonHerkend(
        ander=other.dossier, persoon=stranger, zekerheid=Zekerheid.WAARSCHIJNLIJK,
        redenen=(Overeenkomst.GEBOORTEDATUM_GELIJK,),
    )  # fmt: skip
    record(vault, SIGNAAL.dossier, alike)
    record(vault, SIGNAAL.dossier, g.PersoonBeslist(ander=other.dossier, persoon=stranger, zelfde=False))
    pdf, readable = leave_out(vault, tmp_path)
    for given in (paper.drawn(pdf), readable):
        for name in ("CM-999999", "Vreemde", str(other.dossier), str(stranger)):
            assert name not in given


def test_every_event_stands_in_the_inzage(vault: Vault, tmp_path: Path) -> None:
    record(
        vault,
        ZAAK,
        g.ContactpogingGedaan(
            contactsoort=Contactsoort.TELEFOON, bereikt=False, dagdeel=Dagdelen.WEEK_OCHTEND, notitie="Bel lang aan."
        ),
    )
    making.make(vault, ZAAK, "kaartje", event_id=vault.new_id())
    text, _ = give(vault, tmp_path)
    inzage = msgspec.json.decode(next(tmp_path.glob("*.json")).read_bytes(), type=inzages.Inzage)
    told = {deel.nummer: [event.soort for event in deel.gebeurtenissen] for deel in inzage.dossiers}
    for deel in delen(vault.connection, INWONER):
        assert told[deel.nummer] == [event.soort for event in deel.gebeurtenissen]
    for said in ("Bel lang aan.", "kaartje gemaakt", "zaak begonnen", "signaal opgepakt", "€ 213,40", "4410882"):
        assert said in text


def leave_out(vault: Vault, folder: Path, *weglaten: str) -> tuple[bytes, str]:
    """The PDF and the file of an inzage without these."""
    pdf, readable = verstrekken.inzage(
        vault, ZAAK, Identiteitsbewijs.PASPOORT, folder, event_id=vault.new_id(), weglaten=weglaten
    )
    return pdf.read_bytes(), readable.read_text("utf-8")


def test_what_tells_of_somebody_else_is_taken_out_of_paper_and_file_and_not_drawn_over(
    vault: Vault, tmp_path: Path
) -> None:
    record(vault, ZAAK, g.NotitieGemaakt(tekst="Buurvrouw PIETJE \n Pu\u0308k belde. De inwoner belt morgen."))
    concepten.save(vault.connection, f"notitie:{ZAAK}", "Vraag Pietje Pük om Pietjes nummer", vault.clock())
    pdf, readable = leave_out(vault, tmp_path, "Pietje  Pük", " ", "pük")
    text = paper.words(pdf)
    assert f"Buurvrouw {inzages.WEGGELATEN} belde. De inwoner belt morgen." in text
    assert f"Vraag {inzages.WEGGELATEN} om Pietjes nummer" in text
    assert "Op 2 plaatsen lieten wij iets weg" in text
    assert msgspec.json.decode(readable)["weggelaten"] == 2
    for given in (text, readable, paper.drawn(pdf)):
        assert "pük" not in given.lower()
    assert "pük" in paper.drawn(leave_out(vault, tmp_path / "heel")[0]).lower()


def test_a_name_that_is_left_out_takes_no_other_word_with_it(vault: Vault, tmp_path: Path) -> None:
    record(vault, ZAAK, g.NotitieGemaakt(tekst="Jan komt in januari; (jan) ook."))
    text = paper.words(leave_out(vault, tmp_path, "Jan")[0])
    assert f"{inzages.WEGGELATEN} komt in januari; ({inzages.WEGGELATEN}) ook." in text


def test_what_should_be_left_out_and_stands_nowhere_stops_the_inzage(vault: Vault, tmp_path: Path) -> None:
    record(vault, ZAAK, g.NotitieGemaakt(tekst="Buurvrouw Pietje Puk belde."))
    with pytest.raises(RegelOvertreding) as error:
        leave_out(vault, tmp_path / "uit", "Pietje Puk", "", "Pietje Puck")
    assert (error.value.code, error.value.facts) == ("WEGLATEN_NIET_GEVONDEN", {"regel": 3})
    assert not (tmp_path / "uit").exists()
    assert "InzageVerstrekt" not in kinds_of(vault)


def test_an_inzage_holds_what_is_being_typed_about_the_resident(vault: Vault, tmp_path: Path) -> None:
    concepten.save(vault.connection, f"notitie:{ZAAK}", "Belt liever in de mid", vault.clock())
    concepten.save(vault.connection, f"notitie:{vault.new_id()}", "Van een ander", vault.clock())
    text, decoded = give(vault, tmp_path)
    assert "Belt liever in de mid" in text
    assert "Belt liever in de mid" in str(decoded["concepten"])
    assert "Van een ander" not in text


def test_an_inzage_that_cannot_be_written_or_recorded_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    blocked = tmp_path / "bestand"
    blocked.touch()
    with pytest.raises(KnownError) as error:
        verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.PASPOORT, blocked, event_id=vault.new_id())
    assert error.value.code == "SCHIJF_FOUT"
    (tmp_path / "uit" / "inzage-I-2024-A0001.json").mkdir(parents=True)
    with pytest.raises(KnownError):
        verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.PASPOORT, tmp_path / "uit", event_id=vault.new_id())
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["inzage-I-2024-A0001.json"]
    assert "InzageVerstrekt" not in kinds_of(vault)
    assert kinds_of(vault)[-4:] == ["IdentiteitGecontroleerd", "DossierIngezien"] * 2  # that was so, all the same


def test_the_schema_in_the_resources_is_that_of_the_file() -> None:
    assert SCHEMA.read_bytes() == inzages.schema()


def test_numbering_does_not_read_the_whole_log(vault: Vault) -> None:
    plan = vault.connection.execute(f"EXPLAIN QUERY PLAN {_NUMBERED}", (0,)).fetchall()
    assert any("gebeurtenis_inzage" in row[3] for row in plan)
