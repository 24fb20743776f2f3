"""The inzage is complete: every column of every table of a vault is told in it, or says why it need not be.

A vault is filled with every kind of event about one resident. What stands in a column must then stand in the inzage:
as it is stored, or word for word. A column or a table that is new fails here until it is told or has its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import msgspec
import pytest

from db.journal import transaction
from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import Identiteitsbewijs
from db.model.ids import instant, uuid5
from db.model.signaal import inwoner_id, zaak_id
from db.queries import concepten
from db.vault import Vault
from desktop.casework import vergelijken
from desktop.casework.kalender import lokale_datum
from desktop.casework.vergelijken import Vergelijksignaal
from desktop.documents import verstrekken
from desktop.documents.inzage import BETREFT_NIEMAND, schema
from tests import factories, vaults
from tests.db.voorbeelden import SIGNAAL, SITUATIE, VOORBEELDEN
from tests.documents import paper

KEY, DERIVED, FACT = "a number for the computer", "made of what is told, to find or to sort by", "told in words"
COUNTED = "counts what is told one by one"
TABLES_WITH_A_REASON = {
    "apparaat": "the laptop",
    "kluis": "the vault itself",
    "instelling": "settings of the municipality",
    "medewerker": "colleagues: the inzage tells roles, not names",
    "levering": "counts of a file",
    "alleen_lezen": "dossiers that a newer program wrote in: then no inzage is given",
    "kenmerk": DERIVED,
    "vergelijksleutel": "the key of the hashes of other creditors' signals",
    "bekendenlijst": "a list that the municipality gave; a hit on it is told with the signal",
    "bekende": "hashes under a key, from which no name can be read back; a hit is told with the signal",
    "zoekwoord": DERIVED,
    "zoek": DERIVED,
}
COLUMNS_WITH_A_REASON = {
    "gebeurtenis.nr": KEY,
    "gebeurtenis.apparaat": KEY,
    "gebeurtenis.volgnummer": KEY,
    "gebeurtenis.hlc": KEY,
    "gebeurtenis.soort": "told with every event; the other kinds are about the vault, not about a resident",
    "gebeurtenis.hash": KEY,
    "gebeurtenis.inhoud_hash": KEY,
    "inhoud.nr": KEY,
    "inhoud.bytes": "told event by event, field by field",
    "concept.plek": "names the form and the zaak; the zaak is told by its number",
    "signaal.nr": KEY,
    "signaal.maanden": FACT,
    "signaal.zoek_naam": DERIVED,
    "signaal.zoek_adres": DERIVED,
    "signaal.zoek_nummers": DERIVED,
    "signaal.bak": "the tray in the program, worked out from what happened",
    "gelijkenis.zelfde": FACT,
    "afgewezen_rij.rij": "the line in the file it came in",
    "afspraak.versie": FACT,
    "afspraak.nummer": FACT,
    "afspraak.gedaan": FACT,
    "contactpoging.bereikt": FACT,
    "contactpoging.dagdeel": FACT,
    "terugmelding.staat": FACT,
    "brief.soort": FACT,
    "zaak.straatregel": "street, number, letter and addition on one line; told one by one",
    "zaak.sorteernaam": DERIVED,
    "zaak.pogingen": COUNTED,
    "zaak.dagdelen": COUNTED,
    "zaak.bezoeken": COUNTED,
    "zaak.bereikt": COUNTED,
    "zaak.onbruikbaar": FACT,
    "zaak.afgezien": FACT,
    "zaak.plan_versie": FACT,
    "zaak.overgeslagen": FACT,
    "zaak.hulp_aanvaard": FACT,
    "zaak.bezoek_aangekondigd": FACT,
    "zaak.bezoek_met": "a colleague: the inzage tells roles, not names",
    "zaak.afgeschermd": FACT,
    "zaak.adres_akkoord": FACT,
    "zaak.tolk": FACT,
    "zaak.vertegenwoordigd": FACT,
    "zaak.bel_wanneer": FACT,
    "zaak.termijn": "worked out from what happened; each term is told where it began",
    "zaak.geprobeerd": COUNTED,
    "zaak.verborgen": "worked out from what happened",
    "zaak.kan_bellen": "worked out from what happened",
    "zaak.fase": "worked out from what happened",
}

ZAAK = zaak_id(SIGNAAL.dossier)
OTHER = factories.signaal(id="CM-000124", achternaam="Yıldız", klantnummer="7710882", bedrag=Bedrag(31_219))
REFUSED = factories.signaal(id="CM-000125", klantnummer=SIGNAAL.klantnummer)
ROW, REQUEST, VISIT = (uuid5(ZAAK, name) for name in ("rij", "verzoek", "bezoek"))
PERSON = inwoner_id(SIGNAAL.bron, SIGNAAL.klantnummer, SIGNAAL.inwoner.geboortedatum)
ON_A_SIGNAL = (
    g.SignaalGewijzigd, g.CorrectieGekozen, g.SignaalIngetrokken, g.SignaalVrijgegeven, g.PersoonHerkend,
    g.PersoonBeslist, g.OokGemeld,
)  # fmt: skip
ON_A_ROW, ON_A_REQUEST = (g.RijAfgewezen, g.RijHersteld), (g.TerugbelverzoekGenoteerd, g.TerugbelverzoekAfgehandeld)


def lived(vault: Vault) -> Iterator[g.Entry]:
    """One resident with two zaken, three signals, a refused row and a call-back request; every kind happens."""

    def entry(dossier: UUID, inhoud: g.AnyInhoud) -> g.Entry:
        return g.Entry(id=vault.new_id(), dossier=dossier, op=vault.clock(), inhoud=inhoud)

    found = {type(example): example for example in VOORBEELDEN if type(example) not in BETREFT_NIEMAND}
    received: Any = found.pop(g.SignaalOntvangen)
    for signaal in (SIGNAAL, OTHER, REFUSED):
        yield entry(signaal.dossier, msgspec.structs.replace(received, signaal=signaal))
    yield entry(SIGNAAL.dossier, msgspec.structs.replace(found.pop(g.SignaalGeaccepteerd), zaak=ZAAK))
    yield entry(REFUSED.dossier, found.pop(g.SignaalGeweigerd))
    opened = msgspec.structs.replace(found.pop(g.ZaakGeopend), inwoner_id=PERSON, signaal=SIGNAAL.dossier)
    closed, reopened, aftercare = found.pop(g.ZaakAfgesloten), found.pop(g.ZaakHeropend), found.pop(g.NazorgGedaan)
    yield entry(VISIT, msgspec.structs.replace(opened, nummer="2024-A0002"))
    yield entry(ZAAK, opened)
    for example in (reopened, *found.values()):
        inhoud: Any = example
        if isinstance(inhoud, ON_A_ROW):
            filled = {**inhoud.waarden, "klantnummer": SIGNAAL.klantnummer, "geboortedatum": "1951-03-12"}
            filled |= {"soort": "wlz", "signaaldatum": "2024-05-02", "voorletters": "P."}
            yield entry(ROW, msgspec.structs.replace(inhoud, waarden=filled))
        elif isinstance(inhoud, ON_A_REQUEST):
            yield entry(REQUEST, msgspec.structs.replace(inhoud, zaak=ZAAK) if hasattr(inhoud, "zaak") else inhoud)
        elif isinstance(inhoud, g.PersoonHerkend | g.PersoonBeslist):
            yield entry(OTHER.dossier, msgspec.structs.replace(inhoud, ander=SIGNAAL.dossier, persoon=PERSON))
        elif isinstance(inhoud, g.SignaalGewijzigd | g.CorrectieGekozen):
            yield entry(OTHER.dossier, msgspec.structs.replace(inhoud, signaal=OTHER))
        elif isinstance(inhoud, ON_A_SIGNAL):
            yield entry(OTHER.dossier, inhoud)
        elif isinstance(inhoud, g.BriefGemaakt):
            letter = entry(ZAAK, inhoud)
            yield letter
            yield entry(ZAAK, msgspec.structs.replace(found[g.BriefVerzonden], gemaakt=letter.id))
        elif not isinstance(inhoud, g.BriefVerzonden):
            yield entry(ZAAK, inhoud)
    yield entry(ZAAK, closed)
    yield entry(ZAAK, aftercare)
    yield entry(VISIT, g.SituatieVastgelegd(situatie=SITUATIE))
    yield entry(VISIT, g.BelofteVastgelegd(bellen_op=vault.clock()))
    yield entry(VISIT, found[g.BekendheidVastgelegd])
    yield entry(VISIT, found[g.BezoekGepland])
    again: Any = found[g.SignaalGewijzigd]
    yield entry(REFUSED.dossier, msgspec.structs.replace(again, signaal=REFUSED))
    declined: Any = found[g.CorrectieGekozen]
    yield entry(SIGNAAL.dossier, msgspec.structs.replace(declined, overgenomen=False))


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    klok = vaults.Klok()
    with vaults.make_vault(tmp_path / "kluis", clock=klok) as made:
        for entry in lived(made):
            made.journal.append([entry], door=made.door)
            klok.turn(minutes=61)
        kept = vergelijken.Ontvangen(made.connection, made.clock())
        trail = vergelijken.sporen(SIGNAAL.inwoner, met_geboortedatum=True)
        day = lokale_datum(made.clock())
        kept.add([Vergelijksignaal(debtsoort="warmte", signaaldatum=day, bedrag=Bedrag(31_77), sporen=trail)])
        with transaction(made.connection):
            kept.keep(made.connection)
        concepten.save(made.connection, f"notitie:{ZAAK}", "Half getypt", made.clock())
        yield made


def given(vault: Vault, folder: Path) -> dict[str, Any]:
    pdf, readable = verstrekken.inzage(vault, ZAAK, Identiteitsbewijs.PASPOORT, folder, event_id=vault.new_id())
    assert "Half getypt" in paper.words(pdf.read_bytes())
    document: dict[str, Any] = msgspec.json.decode(readable.read_bytes())
    return document


def leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401  # whatever JSON can hold
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


class Told:
    """What an inzage says: values as they are stored, moments, and words."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.values = set(leaves(document))
        texts = [value for value in self.values if isinstance(value, str)]
        self.moments = {datetime.fromisoformat(text) for text in texts if re.match(r"\d{4}-\d\d-\d\dT", text)}
        self.words = words(" ".join(texts))

    def tells(self, value: Any) -> bool:  # noqa: ANN401  # whatever a column can hold
        """Whether it stands there; a number must be too large to stand there by chance."""
        if isinstance(value, bytes):
            return len(value) in {16, 32}  # an id or a hash
        if isinstance(value, int):
            return instant(value) in self.moments if value > 10**11 else value > 999 and value in self.values
        return value in self.values or (bool(words(value)) and words(value) <= self.words)


def columns(vault: Vault) -> Iterator[tuple[str, str]]:
    tables = vault.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        if not table.startswith(("sqlite_", "zoek_")):  # what SQLite keeps for itself, and for its index of words
            for row in vault.connection.execute("SELECT name FROM pragma_table_xinfo(?)", (table,)):
                yield table, row[0]


def untold(vault: Vault, document: dict[str, Any]) -> list[str]:
    """The columns that hold something the inzage does not tell, or of which nobody can say, for nothing fills them."""
    told, found = Told(document), list[str]()
    for table, column in columns(vault):
        name = f"{table}.{column}"
        if table in TABLES_WITH_A_REASON or name in COLUMNS_WITH_A_REASON:
            continue
        rows = vault.connection.execute(f'SELECT "{column}" FROM "{table}"').fetchall()
        values = {row[0] for row in rows} - {None, ""}
        if not values or not all(map(told.tells, values)):
            found.append(name)
    return found


def test_every_column_of_every_table_is_told_or_has_its_reason(vault: Vault, tmp_path: Path) -> None:
    assert untold(vault, given(vault, tmp_path)) == []


def test_no_reason_is_kept_for_what_is_gone(vault: Vault) -> None:
    known = {f"{table}.{column}" for table, column in columns(vault)}
    assert set(COLUMNS_WITH_A_REASON) - known == set()
    assert set(TABLES_WITH_A_REASON) - {table for table, _ in columns(vault)} == set()


def test_a_new_column_or_table_with_something_about_a_resident_is_found(vault: Vault, tmp_path: Path) -> None:
    vault.connection.execute("ALTER TABLE zaak ADD COLUMN indruk TEXT NOT NULL DEFAULT 'Maakt een warrige indruk'")
    vault.connection.execute("ALTER TABLE signaal ADD COLUMN score INTEGER NOT NULL DEFAULT 87")
    vault.connection.execute("CREATE TABLE hulpbron (zaak BLOB, naam TEXT) STRICT")
    vault.connection.execute("INSERT INTO hulpbron VALUES (?, 'Nicht Annelies')", (ZAAK.bytes,))
    assert untold(vault, given(vault, tmp_path)) == ["hulpbron.naam", "signaal.score", "zaak.indruk"]


def test_every_kind_of_event_about_a_resident_stands_in_a_real_inzage(vault: Vault, tmp_path: Path) -> None:
    document = given(vault, tmp_path)
    told = {event["soort"] for dossier in document["dossiers"] for event in dossier["gebeurtenissen"]}
    assert told == {soort for kind, soort in g.SOORTEN.items() if kind not in BETREFT_NIEMAND}


def test_the_file_for_computers_is_as_its_schema_says(vault: Vault, tmp_path: Path) -> None:
    document = given(vault, tmp_path)
    judge = jsonschema.Draft202012Validator(
        msgspec.json.decode(schema()), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    judge.check_schema(judge.schema)
    assert [error.message for error in judge.iter_errors(document)] == []
    for broken in (document | {"nummer": 7}, document | {"dossiers": [{}]}, {**document, "formaat": "iets/2"}):
        assert list(judge.iter_errors(broken)) != []


def test_the_schema_says_of_every_field_what_it_is() -> None:
    described = msgspec.json.decode(schema())["$defs"]
    silent = [
        f"{name}.{field}"
        for name, kind in described.items()
        for field, told in kind.get("properties", {}).items()
        if not told.get("description")
    ]
    assert silent == []
    assert all(kind["description"] for kind in described.values())
