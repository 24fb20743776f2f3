"""From an event to table rows: a pure function, and the order in which its statements may be grouped.

An event that was undone leaves no rows: `db.journal` passes it over, and folds its dossier again when that happens.

Every column of a projected table is written by exactly one statement, so a batch of events may be applied
statement by statement (`executemany`) and ends in the same tables as one event after the other.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from db.model import gebeurtenis as g
from db.model.codes import (
    OVER_TE_SLAAN,
    Antwoord,
    Bak,
    Belresultaat,
    Berichtstaat,
    BrpUitkomst,
    Contactsoort,
    Richting,
    Uitkomst,
    Zekerheid,
)
from db.model.ids import milliseconds
from db.model.inwoner import Inwoner
from db.model.kenmerken import kenmerken, sleutels
from db.model.signaal import inwoner_id
from db.model.zoektekst import digits, fold, klank, known_words, plain, reversed_digits, with_joined

VERSION = 8
"""Raised when projected tables change meaning; an older vault is then rebuilt from its log when it opens."""


class Statement(NamedTuple):
    """One SQL statement of the projection; equal statements are executed together."""

    rank: int
    sql: str


_ranks = itertools.count()


def _statement(sql: str) -> Statement:
    return Statement(next(_ranks), sql)


INSTELLING = _statement(
    "INSERT INTO instelling (naam, waarde) VALUES (?1, ?2) ON CONFLICT (naam) DO UPDATE SET waarde = ?2"
)
MEDEWERKER = _statement(
    "INSERT INTO medewerker (id, naam, rol) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET naam = ?2, rol = ?3"
)
LEVERING = _statement(
    "INSERT INTO levering (id, bron, extern_id, ontvangen_op, geaccepteerd, niet_toegelaten, onleesbaar, al_bekend,"
    " gewijzigd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
    " geaccepteerd = geaccepteerd + excluded.geaccepteerd,"
    " niet_toegelaten = niet_toegelaten + excluded.niet_toegelaten, onleesbaar = onleesbaar + excluded.onleesbaar,"
    " al_bekend = al_bekend + excluded.al_bekend, gewijzigd = gewijzigd + excluded.gewijzigd"
)
AFGEWEZEN_RIJ = _statement(
    "INSERT INTO afgewezen_rij (id, levering, rij, extern_id, bak, reden, artikel, veld, naam, debtsoort, signaaldatum,"
    " bedrag, ontvangen_op) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
AFGEWEZEN_RIJ_HERSTELD = _statement("UPDATE afgewezen_rij SET hersteld = coalesce(hersteld, ?2) WHERE id = ?1")
ZAAK = _statement(
    "INSERT INTO zaak (id, nummer, inwoner, behandelaar, geopend_op, ontvangen_op, contact_voor, debtsoort, naam,"
    " lijstnaam, sorteernaam, geboortedatum, straatregel, postcode, plaatsnaam, telefoonnummer)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    # ?17: a correction of the resident, which changes nothing else
    " ON CONFLICT (id) DO UPDATE SET naam = iif(?17, ?9, naam), lijstnaam = iif(?17, ?10, lijstnaam),"
    " sorteernaam = iif(?17, ?11, sorteernaam), geboortedatum = iif(?17, ?12, geboortedatum),"
    " straatregel = iif(?17, ?13, straatregel), postcode = iif(?17, ?14, postcode),"
    " plaatsnaam = iif(?17, ?15, plaatsnaam), telefoonnummer = iif(?17, ?16, telefoonnummer)"
)
SIGNAAL = _statement(
    "INSERT INTO signaal (id, bron, extern_id, levering, vingerafdruk, signaalpartner, debtsoort, signaaldatum,"
    " ontstaansdatum, bedrag, klantnummer, inwoner, lijstnaam, artikel, maanden, schuldhulp, eerder_gemeld,"
    " ontvangen_op, ontvangen_bak, zoek_naam, zoek_adres, zoek_nummers)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"
    # ?23: a correction, which changes what came; who the signal is about stays as it was known at receipt
    " ON CONFLICT (id) DO UPDATE SET vingerafdruk = iif(?23, ?5, vingerafdruk),"
    " signaalpartner = iif(?23, ?6, signaalpartner), debtsoort = iif(?23, ?7, debtsoort),"
    " signaaldatum = iif(?23, ?8, signaaldatum), ontstaansdatum = iif(?23, ?9, ontstaansdatum),"
    " bedrag = iif(?23, ?10, bedrag), klantnummer = iif(?23, ?11, klantnummer),"
    " lijstnaam = iif(?23, ?13, lijstnaam), artikel = iif(?23, ?14, artikel), maanden = iif(?23, ?15, maanden),"
    " zoek_naam = iif(?23, ?20, zoek_naam), zoek_adres = iif(?23, ?21, zoek_adres),"
    " zoek_nummers = iif(?23, ?22, zoek_nummers)"
)
_NAAM_EN_ADRES = slice(-4, -2)  # zoek_naam and zoek_adres among the parameters of SIGNAAL
SIGNAAL_GEWIJZIGD = _statement(
    "UPDATE signaal SET gewijzigd = ?2, niet_overgenomen = coalesce(?3, niet_overgenomen) WHERE id = ?1"
)
SIGNAAL_VRIJ = _statement("UPDATE signaal SET vrijgegeven_op = coalesce(vrijgegeven_op, ?2) WHERE id = ?1")
KENMERK = _statement(
    "INSERT INTO kenmerk (nr, namen, voorletters, geboren, postcode, huisnummer, toevoeging, telefoon, klantnummer,"
    " geboortedag, thuis, klank)"
    " VALUES ((SELECT nr FROM signaal WHERE id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
    # ?13: a correction
    " ON CONFLICT (nr) DO UPDATE SET namen = iif(?13, ?2, namen), voorletters = iif(?13, ?3, voorletters),"
    " geboren = iif(?13, ?4, geboren), postcode = iif(?13, ?5, postcode), huisnummer = iif(?13, ?6, huisnummer),"
    " toevoeging = iif(?13, ?7, toevoeging), telefoon = iif(?13, ?8, telefoon),"
    " klantnummer = iif(?13, ?9, klantnummer), geboortedag = iif(?13, ?10, geboortedag), thuis = iif(?13, ?11, thuis),"
    " klank = iif(?13, ?12, klank)"
)
GELIJKENIS = _statement(
    "INSERT INTO gelijkenis (signaal, ander, persoon, zekerheid, redenen, gevonden_op) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (signaal, ander) DO NOTHING"
)
GELIJKENIS_BESLIST = _statement("UPDATE gelijkenis SET zelfde = ?3 WHERE signaal = ?1 AND ander = ?2")
# ?3 joins; otherwise the signal is let go, if it was this resident it was joined with
SIGNAAL_KOPPELING = _statement(
    "UPDATE signaal SET gekoppeld = iif(?3, ?2, iif(gekoppeld = ?2, NULL, gekoppeld)) WHERE id = ?1"
)
OOK_GEMELD = _statement(
    "INSERT INTO ook_gemeld (signaal, debtsoort, signaaldatum, bedrag, herkend_aan) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (signaal, debtsoort, signaaldatum, bedrag) DO NOTHING"
)
SIGNAAL_INGETROKKEN = _statement("UPDATE signaal SET ingetrokken_op = ?2 WHERE id = ?1")
SIGNAAL_ZAAK = _statement("UPDATE signaal SET zaak = ?2 WHERE id = ?1")
SIGNAAL_GEWEIGERD = _statement("UPDATE signaal SET geweigerd = ?2 WHERE id = ?1")
CONTACTPOGING = _statement(
    "INSERT INTO contactpoging (id, zaak, op, contactsoort, richting, bereikt, dagdeel) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
# ?2 starts a new round; ?3 outgoing call, ?4 its dagdeel, ?5 visit, ?6 reached, ?7 number unusable, ?8 promise,
# ?9 op of the attempt, or NULL for a promise by itself
ZAAK_CONTACT = _statement(
    "UPDATE zaak SET pogingen = iif(?2, 0, pogingen + ?3), dagdelen = iif(?2, 0, dagdelen | ?4),"
    " bezoeken = iif(?2, 0, bezoeken + ?5), bereikt = iif(?2, 0, bereikt | ?6),"
    " onbruikbaar = iif(?2, 0, iif(?7, 1, iif(?6, 0, onbruikbaar))),"
    " belofte_op = iif(?2, NULL, coalesce(?8, iif(?3 OR ?6 OR ?9 IS NULL, NULL, belofte_op))),"
    " eerste_poging_op = iif(?2 OR ?9 IS NULL, eerste_poging_op, min(coalesce(eerste_poging_op, ?9), ?9)),"
    " laatste_poging_op = iif(?2 OR ?9 IS NULL, laatste_poging_op, max(coalesce(laatste_poging_op, ?9), ?9)),"
    " eerst_bereikt_op = iif(?6, min(coalesce(eerst_bereikt_op, ?9), ?9), eerst_bereikt_op)"
    " WHERE id = ?1"
)
ZAAK_BRIEF = _statement("UPDATE zaak SET brief_op = min(coalesce(brief_op, ?2), ?2) WHERE id = ?1")
BRIEF = _statement(
    "INSERT INTO brief (id, zaak, soort, tekstversie, gemaakt_op) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
BRIEF_VERZONDEN = _statement("UPDATE brief SET verzonden_op = coalesce(verzonden_op, ?2) WHERE id = ?1")
ZAAK_PRIVACYTEKST = _statement("UPDATE zaak SET privacytekst_op = coalesce(privacytekst_op, ?2) WHERE id = ?1")
ZAAK_BRP = _statement("UPDATE zaak SET brp = ?2 WHERE id = ?1")
ZAAK_BEKEND = _statement("UPDATE zaak SET schuldhulp = ?2, eerder_gemeld = ?3 WHERE id = ?1")
# ?2 starts a new round: an answer other than "aanvaard" is asked again
ZAAK_AANBOD = _statement(
    "UPDATE zaak SET aanbod_op = coalesce(aanbod_op, ?3),"
    " antwoord = iif(?2, iif(antwoord = 'aanvaard', antwoord, NULL), coalesce(?4, antwoord)),"
    " aanvaard_op = coalesce(aanvaard_op, ?5), gesprek_voor = coalesce(?6, gesprek_voor) WHERE id = ?1"
)
ZAAK_GESPREK = _statement(
    "UPDATE zaak SET gesprek_op = coalesce(gesprek_op, ?2), afgezien = ?3, plan_voor = ?4 WHERE id = ?1"
)
ZAAK_PLAN = _statement(
    "UPDATE zaak SET plan_op = coalesce(plan_op, ?2), plan_versie = ?3, evaluatie_op = ?4 WHERE id = ?1"
)
AFSPRAAK = _statement(
    "INSERT INTO afspraak (zaak, versie, nummer, uiterlijk) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (zaak, versie, nummer) DO UPDATE SET uiterlijk = excluded.uiterlijk"
)
AFSPRAAK_NAGEKEKEN = _statement("UPDATE afspraak SET gedaan = ?4 WHERE zaak = ?1 AND versie = ?2 AND nummer = ?3")
ZAAK_NAKIJKEN = _statement("UPDATE zaak SET nakijken_op = ?2 WHERE id = ?1")
# every column NULL or empty when the plan is off
ZAAK_BEZOEK = _statement(
    "UPDATE zaak SET bezoek_op = ?2, bezoek_dagdeel = ?3, bezoek_tijd = ?4, bezoek_doel = ?5, bezoek_aangekondigd = ?6,"
    " bezoek_met = ?7 WHERE id = ?1"
)
ZAAK_SITUATIE = _statement(
    "UPDATE zaak SET afgeschermd = ?2, niet_bezoeken = ?3, niet_alleen = ?4, tolk = ?5, vertegenwoordigd = ?6,"
    " woonsituatie = ?7, bel_wanneer = ?8, ander_nummer = ?9 WHERE id = ?1"
)
ZAAK_ADRES = _statement("UPDATE zaak SET adres_akkoord = ?2 WHERE id = ?1")
ZAAK_OVERSLAAN = _statement("UPDATE zaak SET overgeslagen = iif(?2, 0, overgeslagen | ?3) WHERE id = ?1")
ZAAK_STAND = _statement(
    "UPDATE zaak SET gesloten_op = ?2, eindresultaat = ?3, hulp_aanvaard = ?4, schuldhulp_loopt = ?5,"
    " opnieuw_voor = coalesce(?6, opnieuw_voor) WHERE id = ?1"
)
ZAAK_NAZORG = _statement("UPDATE zaak SET nazorg_op = ?2 WHERE id = ?1")
TERUGBELVERZOEK = _statement(
    "INSERT INTO terugbelverzoek (id, naam, telefoonnummer, wanneer, genoteerd_op) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING"
)
TERUGBELVERZOEK_AFGEHANDELD = _statement("UPDATE terugbelverzoek SET afgehandeld_op = ?2, zaak = ?3 WHERE id = ?1")
TERUGMELDING = _statement(
    "INSERT INTO terugmelding (id, dossier, signaal, klantnummer, code, datum, vervangt)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
TERUGMELDING_STAAT = _statement("UPDATE terugmelding SET staat = ?2 WHERE id = ?1")
ZOEKWOORD = _statement("INSERT INTO zoekwoord (woord, klank) VALUES (?, ?) ON CONFLICT (woord) DO NOTHING")
ALLEEN_LEZEN = _statement("INSERT INTO alleen_lezen (dossier) VALUES (?) ON CONFLICT DO NOTHING")

# The full-text index follows the rows of `signaal` in one insert-select: a trigger would cost three times as much.
_ZOEK_NIEUW = (
    "INSERT INTO zoek (rowid, zoek_naam, zoek_adres, zoek_nummers)"
    " SELECT nr, zoek_naam, zoek_adres, zoek_nummers FROM signaal WHERE nr > ?"
)
_WORDS_OF = "SELECT zoek_naam, zoek_adres FROM signaal WHERE id = ?"
_DROP_WORD = (
    "DELETE FROM zoekwoord WHERE woord = ?1"
    " AND NOT EXISTS (SELECT 1 FROM zoek WHERE zoek MATCH '{zoek_naam zoek_adres} : \"' || ?1 || '\"')"
)

_ZOEK_WEG = (
    "INSERT INTO zoek (zoek, rowid, zoek_naam, zoek_adres, zoek_nummers)"
    " SELECT 'delete', nr, zoek_naam, zoek_adres, zoek_nummers FROM signaal WHERE id = ?"
)
_ZOEK_OPNIEUW = (
    "INSERT INTO zoek (rowid, zoek_naam, zoek_adres, zoek_nummers)"
    " SELECT nr, zoek_naam, zoek_adres, zoek_nummers FROM signaal WHERE id = ? AND nr <= ?"
)

_NOT_THIS = bytes(16)
"""Stands where a correction has nothing to say; the row that is there keeps what it has."""

Row = tuple[Statement, tuple[Any, ...]]


def rows(event: g.Gebeurtenis) -> Iterator[Row]:
    """The statements and parameters of one event. Pure: consults no table, rule, setting or clock."""
    if event.inhoud is None:
        return iter(())
    return _ROWS[type(event.inhoud)](event, event.inhoud)


def unreadable(dossier: UUID) -> Row:
    """The row that marks a dossier as read-only, because it holds an event newer than this program."""
    return ALLEEN_LEZEN, (dossier.bytes,)


def apply(connection: sqlite3.Connection, batch: Iterable[Row]) -> None:
    """Execute rows grouped by statement, inside the caller's transaction; the search index follows."""
    grouped: dict[Statement, list[tuple[Any, ...]]] = {}
    for statement, parameters in batch:
        group = grouped.get(statement)
        if group is None:
            group = grouped[statement] = []
        group.append(parameters)
    before = None
    corrected: list[tuple[bytes]] = []
    if SIGNAAL in grouped:
        before = connection.execute("SELECT coalesce(max(nr), 0) FROM signaal").fetchone()[0]
        corrected = [(key,) for key in {parameters[0] for parameters in grouped[SIGNAAL] if parameters[-1]}]
        connection.executemany(_ZOEK_WEG, corrected)
    for statement in sorted(grouped):
        connection.executemany(statement.sql, grouped[statement])
    if before is not None:
        connection.execute(_ZOEK_NIEUW, (before,))
        connection.executemany(_ZOEK_OPNIEUW, ((key, before) for (key,) in corrected))
        found = known_words(text for row in grouped[SIGNAAL] for text in row[_NAAM_EN_ADRES])
        connection.executemany(ZOEKWOORD.sql, [(word, klank(word)) for word in sorted(found)])


TABLES = (
    "terugmelding", "contactpoging", "kenmerk", "gelijkenis", "ook_gemeld", "afspraak", "brief", "signaal",
    "zaak", "terugbelverzoek", "afgewezen_rij", "levering", "medewerker", "instelling", "alleen_lezen", "zoekwoord",
)  # fmt: skip
"""Every projected table, children first."""

_INDEXES = (
    "zaak_nummer", "zaak_inwoner", "zaak_open", "zaak_naam", "zaak_belofte", "zaak_fase", "zaak_bezoek",
    "zaak_nakijken", "zaak_evaluatie", "zaak_nazorg", "zaak_bedenktijd", "zaak_brief", "zaak_grens", "zaak_stil",
    "zaak_ander_nummer", "zaak_privacytekst", "afspraak_open", "brief_open", "brief_zaak", "terugbelverzoek_open",
    "terugbelverzoek_zaak", "signaal_bak", "signaal_zaak", "signaal_persoon", "signaal_gekoppeld",
    "signaal_privacytekst", "kenmerk_geboortedag", "kenmerk_thuis", "kenmerk_klank", "kenmerk_klantnummer",
    "gelijkenis_open", "signaal_opgepakt", "contactpoging_zaak", "terugmelding_dossier", "terugmelding_staat",
)  # fmt: skip
_DROP_INDEXES = tuple(f"DROP INDEX {name}" for name in _INDEXES)
_INDEX_SQL = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name IN (SELECT value FROM json_each(?))"

_CLEAR_DOSSIER = (
    _ZOEK_WEG,
    "DELETE FROM kenmerk WHERE nr = (SELECT nr FROM signaal WHERE id = ?)",
    "DELETE FROM gelijkenis WHERE signaal = ?",
    "DELETE FROM ook_gemeld WHERE signaal = ?",
    "DELETE FROM signaal WHERE id = ?",
    "DELETE FROM terugmelding WHERE dossier = ?",
    "DELETE FROM contactpoging WHERE zaak = ?",
    "DELETE FROM afspraak WHERE zaak = ?",
    "DELETE FROM brief WHERE zaak = ?",
    "DELETE FROM zaak WHERE id = ?",
    "DELETE FROM afgewezen_rij WHERE id = ?",
    "DELETE FROM levering WHERE id = ?",
    "DELETE FROM terugbelverzoek WHERE id = ?",
    "DELETE FROM alleen_lezen WHERE dossier = ?",
)
_CLEAR_TEAM = ("DELETE FROM instelling", "DELETE FROM medewerker")
_CLEAR_ALL = ("INSERT INTO zoek (zoek) VALUES ('delete-all')", *(f"DELETE FROM {table}" for table in TABLES))


def clear_dossier(connection: sqlite3.Connection, dossier: UUID, *, team: bool) -> None:
    """Remove the rows of one dossier, so that its events can be folded again."""
    words = known_words(text for row in connection.execute(_WORDS_OF, (dossier.bytes,)) for text in row)
    for sql in _CLEAR_DOSSIER:
        connection.execute(sql, (dossier.bytes,))
    connection.executemany(_DROP_WORD, [(word,) for word in sorted(words)])
    if team:
        for sql in _CLEAR_TEAM:
            connection.execute(sql)


def clear_all(connection: sqlite3.Connection) -> None:
    """Empty every projected table and the search index, ahead of a rebuild."""
    for sql in _CLEAR_ALL:
        connection.execute(sql)


@contextmanager
def without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    """Lay the indexes aside while all tables are filled anew: sorted once, they cost half of what row by row does."""
    made = [row[0] for row in connection.execute(_INDEX_SQL, (json.dumps(_INDEXES),))]
    for sql in _DROP_INDEXES:
        connection.execute(sql)
    yield
    for sql in made:
        connection.execute(sql)


# --- one function per kind ----------------------------------------------------------------------------------


def _kluis(_: g.Gebeurtenis, inhoud: g.KluisGemaakt) -> Iterator[Row]:
    yield INSTELLING, ("gemeente", inhoud.gemeentecode)
    yield INSTELLING, ("proef", "ja" if inhoud.proef else "nee")


def _medewerker(_: g.Gebeurtenis, inhoud: g.MedewerkerToegevoegd) -> Iterator[Row]:
    yield MEDEWERKER, (inhoud.medewerker.bytes, inhoud.naam, inhoud.rol.value)


def _instelling(_: g.Gebeurtenis, inhoud: g.InstellingGewijzigd) -> Iterator[Row]:
    yield INSTELLING, (inhoud.naam, inhoud.waarde)


def _levering(event: g.Gebeurtenis, inhoud: g.LeveringOntvangen) -> Iterator[Row]:
    yield (
        LEVERING,
        (
            event.dossier.bytes,
            inhoud.bron,
            inhoud.extern_id,
            milliseconds(event.op),
            inhoud.geaccepteerd,
            inhoud.niet_toegelaten,
            inhoud.onleesbaar,
            inhoud.al_bekend,
            inhoud.gewijzigd,
        ),
    )


def _signaal(event: g.Gebeurtenis, inhoud: g.SignaalOntvangen) -> Iterator[Row]:
    yield _signaal_row(event, inhoud)
    yield _kenmerk_row(event, inhoud)


def _correctie(event: g.Gebeurtenis, inhoud: g.CorrectieGekozen) -> Iterator[Row]:
    if inhoud.overgenomen:
        yield _signaal_row(event, inhoud)
        yield _kenmerk_row(event, inhoud)
        yield SIGNAAL_GEWIJZIGD, (event.dossier.bytes, None, None)
    else:
        yield SIGNAAL_GEWIJZIGD, (event.dossier.bytes, None, inhoud.signaal.vingerafdruk())


def _signaal_row(event: g.Gebeurtenis, inhoud: g.SignaalOntvangen | g.CorrectieGekozen) -> Row:
    """A signal as it came, or as it is after a correction, which says nothing about receipt."""
    received = inhoud if isinstance(inhoud, g.SignaalOntvangen) else None
    signaal = inhoud.signaal
    inwoner = signaal.inwoner
    telefoon = digits(inwoner.telefoonnummer)
    klantnummer = digits(signaal.klantnummer)
    nummers = f"{klantnummer} {reversed_digits(klantnummer)}"
    if telefoon:
        nummers = f"{nummers} {telefoon} {reversed_digits(telefoon)}"
    return (
        SIGNAAL,
        (
            event.dossier.bytes,
            signaal.bron,
            signaal.id,
            received.levering.bytes if received else _NOT_THIS,
            signaal.vingerafdruk(),
            signaal.signaalpartner.value,
            signaal.soort,
            signaal.signaaldatum.isoformat(),
            signaal.ontstaansdatum.isoformat(),
            signaal.bedrag,
            signaal.klantnummer,
            inwoner_id(signaal.bron, signaal.klantnummer, inwoner.geboortedatum).bytes,
            inwoner.lijstnaam,
            inhoud.artikel,
            inhoud.maanden,
            received.schuldhulp.value if received else "",
            received.eerder_gemeld.value if received else "",
            milliseconds(event.op),
            received.bak.value if received else "",
            _zoek_naam(inwoner),
            with_joined(fold(f"{inwoner.straatregel} {inwoner.postcode} {inwoner.plaatsnaam}"), fold(inwoner.nummer)),
            nummers,
            int(received is None),
        ),
    )


def _kenmerk_row(event: g.Gebeurtenis, inhoud: g.SignaalOntvangen | g.CorrectieGekozen) -> Row:
    compared = kenmerken(inhoud.signaal.inwoner, inhoud.signaal.klantnummer)
    corrected = isinstance(inhoud, g.CorrectieGekozen)
    return KENMERK, (event.dossier.bytes, *compared, *sleutels(compared), int(corrected))


def _herkend(event: g.Gebeurtenis, inhoud: g.PersoonHerkend) -> Iterator[Row]:
    dossier, persoon = event.dossier.bytes, inhoud.persoon.bytes
    redenen = " ".join(inhoud.redenen)
    yield (
        GELIJKENIS,
        (dossier, inhoud.ander.bytes, persoon, inhoud.zekerheid.value, redenen, milliseconds(event.op)),
    )
    if inhoud.zekerheid is Zekerheid.ZEKER:
        yield SIGNAAL_KOPPELING, (dossier, persoon, 1)


def _beslist(event: g.Gebeurtenis, inhoud: g.PersoonBeslist) -> Iterator[Row]:
    dossier, zelfde = event.dossier.bytes, int(inhoud.zelfde)
    yield GELIJKENIS_BESLIST, (dossier, inhoud.ander.bytes, zelfde)
    yield SIGNAAL_KOPPELING, (dossier, inhoud.persoon.bytes, zelfde)


def _ook_gemeld(event: g.Gebeurtenis, inhoud: g.OokGemeld) -> Iterator[Row]:
    found = (inhoud.debtsoort, inhoud.signaaldatum.isoformat(), inhoud.bedrag, inhoud.herkend_aan.value)
    yield OOK_GEMELD, (event.dossier.bytes, *found)


def _zoek_naam(inwoner: Inwoner) -> str:
    family = fold(inwoner.achternaam)
    whole = fold(f"{inwoner.voorvoegsel} {inwoner.achternaam}") if inwoner.voorvoegsel else ""
    return with_joined(fold(inwoner.naam), fold(inwoner.voorletters), family, whole)


def _rij(event: g.Gebeurtenis, inhoud: g.RijAfgewezen) -> Iterator[Row]:
    waarde = inhoud.waarden.get
    bak = Bak.NIET_TOEGELATEN if inhoud.uitkomst is Uitkomst.NIET_TOEGELATEN else Bak.ONLEESBAAR
    names = ("voorletters", "voorvoegsel", "achternaam")
    yield (
        AFGEWEZEN_RIJ,
        (
            event.dossier.bytes,
            inhoud.levering.bytes,
            inhoud.rij,
            inhoud.signaal,
            bak.value,
            inhoud.reden,
            inhoud.artikel,
            inhoud.veld,
            " ".join(part for name in names if (part := waarde(name, ""))),
            waarde("soort", ""),
            waarde("signaaldatum", ""),
            waarde("bedrag", ""),
            milliseconds(event.op),
        ),
    )


def _hersteld(event: g.Gebeurtenis, inhoud: g.RijHersteld) -> Iterator[Row]:
    yield AFGEWEZEN_RIJ_HERSTELD, (event.dossier.bytes, inhoud.naar.bytes)


def _gewijzigd(event: g.Gebeurtenis, inhoud: g.SignaalGewijzigd) -> Iterator[Row]:
    yield SIGNAAL_GEWIJZIGD, (event.dossier.bytes, inhoud.signaal.vingerafdruk(), None)


def _vrijgegeven(event: g.Gebeurtenis, _: g.SignaalVrijgegeven) -> Iterator[Row]:
    yield SIGNAAL_VRIJ, (event.dossier.bytes, milliseconds(event.op))


def _ingetrokken(event: g.Gebeurtenis, inhoud: g.SignaalIngetrokken) -> Iterator[Row]:
    yield SIGNAAL_INGETROKKEN, (event.dossier.bytes, inhoud.datum.isoformat())


def _geaccepteerd(event: g.Gebeurtenis, inhoud: g.SignaalGeaccepteerd) -> Iterator[Row]:
    yield SIGNAAL_ZAAK, (event.dossier.bytes, inhoud.zaak.bytes)


def _geweigerd(event: g.Gebeurtenis, inhoud: g.SignaalGeweigerd) -> Iterator[Row]:
    yield SIGNAAL_GEWEIGERD, (event.dossier.bytes, inhoud.status.value)
    yield _terugmelding(event.dossier, inhoud.terugmelding)


def _zaak(event: g.Gebeurtenis, inhoud: g.ZaakGeopend) -> Iterator[Row]:
    yield (
        ZAAK,
        (
            event.dossier.bytes,
            inhoud.nummer,
            inhoud.inwoner_id.bytes,
            inhoud.behandelaar.bytes,
            milliseconds(event.op),
            milliseconds(inhoud.ontvangen_op),
            inhoud.contact_voor.isoformat(),
            inhoud.debtsoort,
            *_person(inhoud.inwoner),
            0,
        ),
    )


def _inwoner(event: g.Gebeurtenis, inhoud: g.InwonerGecorrigeerd) -> Iterator[Row]:
    yield ZAAK, (event.dossier.bytes, "", _NOT_THIS, _NOT_THIS, 0, 0, "", "", *_person(inhoud.inwoner), 1)


def _person(inwoner: Inwoner) -> tuple[str, ...]:
    """What a zaak shows of its resident."""
    return (
        inwoner.naam,
        inwoner.lijstnaam,
        plain(f"{inwoner.achternaam} {inwoner.voorvoegsel} {inwoner.voorletters}"),
        inwoner.geboortedatum.isoformat(),
        inwoner.straatregel,
        inwoner.postcode,
        inwoner.plaatsnaam,
        inwoner.telefoonnummer,
    )


def _contact(event: g.Gebeurtenis, inhoud: g.ContactpogingGedaan) -> Iterator[Row]:
    op = milliseconds(event.op)
    outgoing = inhoud.richting is Richting.UIT
    call = inhoud.contactsoort is Contactsoort.TELEFOON and outgoing
    visit = inhoud.contactsoort is Contactsoort.HUISBEZOEK and outgoing
    if inhoud.contactsoort in {Contactsoort.BRIEF, Contactsoort.KAARTJE} and outgoing:
        yield ZAAK_BRIEF, (event.dossier.bytes, op)
    yield (
        CONTACTPOGING,
        (
            event.id.bytes,
            event.dossier.bytes,
            op,
            inhoud.contactsoort.value,
            inhoud.richting.value,
            int(inhoud.bereikt),
            int(inhoud.dagdeel),
        ),
    )
    if visit or inhoud.contactsoort is Contactsoort.AFSPRAAK_OP_LOCATIE:
        yield _no_visit(event.dossier)
    yield (
        ZAAK_CONTACT,
        (
            event.dossier.bytes,
            0,
            int(call),
            int(inhoud.dagdeel) if call else 0,
            int(visit),
            int(inhoud.bereikt),
            int(inhoud.resultaat is Belresultaat.NUMMER_ONBRUIKBAAR),
            milliseconds(inhoud.terugbellen_op) if inhoud.terugbellen_op else None,
            op,
        ),
    )


def _brief(event: g.Gebeurtenis, inhoud: g.BriefGemaakt) -> Iterator[Row]:
    yield ZAAK_BRIEF, (event.dossier.bytes, milliseconds(event.op))
    yield BRIEF, (event.id.bytes, event.dossier.bytes, inhoud.brief, inhoud.tekstversie, milliseconds(event.op))


def _brief_verzonden(event: g.Gebeurtenis, inhoud: g.BriefVerzonden) -> Iterator[Row]:
    yield BRIEF_VERZONDEN, (inhoud.gemaakt.bytes, milliseconds(event.op))
    if inhoud.privacytekst:
        yield ZAAK_PRIVACYTEKST, (event.dossier.bytes, milliseconds(event.op))


def _brp(event: g.Gebeurtenis, inhoud: g.BrpGecontroleerd) -> Iterator[Row]:
    yield ZAAK_BRP, (event.dossier.bytes, inhoud.uitkomst.value)
    if inhoud.uitkomst is BrpUitkomst.GEHEIM:
        yield ZAAK_ADRES, (event.dossier.bytes, 0)  # an earlier check was of another situation
    if inhoud.uitkomst in {BrpUitkomst.OVERLEDEN, BrpUitkomst.VERHUISD}:
        yield _no_visit(event.dossier)


def _bezoek(event: g.Gebeurtenis, inhoud: g.BezoekGepland) -> Iterator[Row]:
    yield (
        ZAAK_BEZOEK,
        (
            event.dossier.bytes,
            inhoud.datum.isoformat(),
            inhoud.dagdeel.value,
            inhoud.tijd,
            inhoud.doel.value,
            int(inhoud.aangekondigd),
            inhoud.met,
        ),
    )


def _afgezegd(event: g.Gebeurtenis, _: g.BezoekAfgezegd) -> Iterator[Row]:
    yield _no_visit(event.dossier)


def _no_visit(dossier: UUID) -> Row:
    return ZAAK_BEZOEK, (dossier.bytes, None, None, "", None, 0, "")


def _situatie(event: g.Gebeurtenis, inhoud: g.SituatieVastgelegd) -> Iterator[Row]:
    found = inhoud.situatie
    yield (
        ZAAK_SITUATIE,
        (
            event.dossier.bytes,
            int(found.afgeschermd),
            found.niet_bezoeken.herzien_op.isoformat() if found.niet_bezoeken else None,
            found.niet_alleen.herzien_op.isoformat() if found.niet_alleen else None,
            int(found.tolk),
            int(bool(found.vertegenwoordigers)),
            found.woonsituatie.value if found.woonsituatie else None,
            int(found.veilig_contact.wanneer),
            found.veilig_contact.telefoonnummer,
        ),
    )


def _adres(event: g.Gebeurtenis, inhoud: g.AdresGecontroleerd) -> Iterator[Row]:
    yield ZAAK_ADRES, (event.dossier.bytes, int(inhoud.akkoord))


def _bekend(event: g.Gebeurtenis, inhoud: g.BekendheidVastgelegd) -> Iterator[Row]:
    yield ZAAK_BEKEND, (event.dossier.bytes, inhoud.schuldhulp.value, inhoud.eerder_gemeld.value)


def _aanbod(event: g.Gebeurtenis, inhoud: g.HulpaanbodGedaan) -> Iterator[Row]:
    op = milliseconds(event.op)
    accepted = op if inhoud.antwoord is Antwoord.AANVAARD else None
    term = inhoud.gesprek_voor.isoformat() if inhoud.gesprek_voor else None
    answer = inhoud.antwoord.value if inhoud.antwoord else None
    yield ZAAK_AANBOD, (event.dossier.bytes, 0, op, answer, accepted, term)


def _belofte(event: g.Gebeurtenis, inhoud: g.BelofteVastgelegd) -> Iterator[Row]:
    promise = milliseconds(inhoud.bellen_op) if inhoud.bellen_op else None
    yield ZAAK_CONTACT, (event.dossier.bytes, 0, 0, 0, 0, 0, 0, promise, None)


def _gesprek(event: g.Gebeurtenis, inhoud: g.EersteGesprekGevoerd) -> Iterator[Row]:
    term = inhoud.plan_voor.isoformat() if inhoud.plan_voor else None
    yield _no_visit(event.dossier)  # what was planned for it is over
    yield ZAAK_GESPREK, (event.dossier.bytes, milliseconds(event.op), int(inhoud.afgezien), term)
    yield _no_visit(event.dossier)


def _plan(event: g.Gebeurtenis, inhoud: g.PlanVanAanpakOpgesteld) -> Iterator[Row]:
    plan, zaak = inhoud.plan, event.dossier.bytes
    review = plan.evaluatiedatum.isoformat() if plan.evaluatiedatum else None
    yield ZAAK_PLAN, (zaak, milliseconds(event.op), inhoud.versie, review)
    for number, made in enumerate(plan.afspraken, start=1):
        yield AFSPRAAK, (zaak, inhoud.versie, number, made.uiterlijk.isoformat())
        yield AFSPRAAK_NAGEKEKEN, (zaak, inhoud.versie, number, int(made.gedaan))


def _nagekeken(event: g.Gebeurtenis, inhoud: g.AfspraakNagekeken) -> Iterator[Row]:
    yield AFSPRAAK_NAGEKEKEN, (event.dossier.bytes, inhoud.versie, inhoud.nummer, int(inhoud.gedaan))


def _regeling(event: g.Gebeurtenis, inhoud: g.CakGebeld | g.RegelingNagekeken) -> Iterator[Row]:
    again = inhoud.nakijken_op.isoformat() if inhoud.nakijken_op else None
    yield ZAAK_NAKIJKEN, (event.dossier.bytes, again)


def _nazorg(event: g.Gebeurtenis, _: g.NazorgGedaan) -> Iterator[Row]:
    yield ZAAK_NAZORG, (event.dossier.bytes, milliseconds(event.op))


def _terugbelverzoek(event: g.Gebeurtenis, inhoud: g.TerugbelverzoekGenoteerd) -> Iterator[Row]:
    op = milliseconds(event.op)
    yield TERUGBELVERZOEK, (event.dossier.bytes, inhoud.naam, inhoud.telefoonnummer, inhoud.wanneer, op)


def _teruggebeld(event: g.Gebeurtenis, inhoud: g.TerugbelverzoekAfgehandeld) -> Iterator[Row]:
    zaak = inhoud.zaak.bytes if inhoud.zaak else None
    yield TERUGBELVERZOEK_AFGEHANDELD, (event.dossier.bytes, milliseconds(event.op), zaak)


def _overslaan(event: g.Gebeurtenis, inhoud: g.StapOvergeslagen) -> Iterator[Row]:
    yield ZAAK_OVERSLAAN, (event.dossier.bytes, 0, int(OVER_TE_SLAAN.get(inhoud.stap, 0)))


def _afgesloten(event: g.Gebeurtenis, inhoud: g.ZaakAfgesloten) -> Iterator[Row]:
    helped = None if inhoud.hulp_aanvaard is None else int(inhoud.hulp_aanvaard)
    since = inhoud.schuldhulp_loopt.isoformat() if inhoud.schuldhulp_loopt else None
    closed = (milliseconds(event.op), inhoud.eindresultaat.value, helped, since)
    yield ZAAK_STAND, (event.dossier.bytes, *closed, None)
    yield _no_visit(event.dossier)
    for terugmelding in inhoud.terugmeldingen:
        yield _terugmelding(event.dossier, terugmelding)


def _heropend(event: g.Gebeurtenis, inhoud: g.ZaakHeropend1) -> Iterator[Row]:
    dossier = event.dossier.bytes
    term = inhoud.contact_voor.isoformat() if isinstance(inhoud, g.ZaakHeropend) else None
    yield ZAAK_STAND, (dossier, None, None, None, None, term)
    yield ZAAK_CONTACT, (dossier, 1, 0, 0, 0, 0, 0, None, milliseconds(event.op))
    yield ZAAK_AANBOD, (dossier, 1, None, None, None, None)
    yield ZAAK_OVERSLAAN, (dossier, 1, 0)
    yield ZAAK_NAZORG, (dossier, None)
    for terugmelding in inhoud.ingetrokken:
        yield TERUGMELDING_STAAT, (terugmelding.bytes, Berichtstaat.INGETROKKEN.value)


def _verzonden(_: g.Gebeurtenis, inhoud: g.TerugmeldingVerzonden) -> Iterator[Row]:
    for terugmelding in inhoud.terugmeldingen:
        yield TERUGMELDING_STAAT, (terugmelding.bytes, Berichtstaat.WORDT_VERZONDEN.value)


def _nothing(_: g.Gebeurtenis, __: g.Inhoud) -> Iterator[Row]:
    return iter(())


def _terugmelding(dossier: UUID, bericht: g.Terugmelding) -> Row:
    return (
        TERUGMELDING,
        (
            bericht.id.bytes,
            dossier.bytes,
            bericht.signaal,
            bericht.klantnummer,
            bericht.code.value,
            bericht.datum.isoformat(),
            bericht.vervangt.bytes if bericht.vervangt else None,
        ),
    )


_ROWS: dict[type[g.Inhoud], Callable[[g.Gebeurtenis, Any], Iterator[Row]]] = {
    g.KluisGemaakt: _kluis,
    g.MedewerkerToegevoegd: _medewerker,
    g.InstellingGewijzigd: _instelling,
    g.ReservekopieGemaakt: _nothing,
    g.WachtwoordVervangen: _nothing,
    g.LeveringOntvangen: _levering,
    g.SignaalOntvangen: _signaal,
    g.RijAfgewezen: _rij,
    g.RijHersteld: _hersteld,
    g.QuotumToegepast: _nothing,
    g.SignaalGewijzigd: _gewijzigd,
    g.SignaalIngetrokken: _ingetrokken,
    g.CorrectieGekozen: _correctie,
    g.SignaalVrijgegeven: _vrijgegeven,
    g.PersoonHerkend: _herkend,
    g.PersoonBeslist: _beslist,
    g.BekendOpLijst: _nothing,
    g.OokGemeld: _ook_gemeld,
    g.SignaalGeaccepteerd: _geaccepteerd,
    g.SignaalGeweigerd: _geweigerd,
    g.ZaakGeopend: _zaak,
    g.InwonerGecorrigeerd: _inwoner,
    g.SignaalToegevoegd: _nothing,
    g.ContactpogingGedaan: _contact,
    g.BezoekGepland: _bezoek,
    g.BezoekAfgezegd: _afgezegd,
    g.SituatieVastgelegd: _situatie,
    g.AdresGetoond: _nothing,
    g.AdresGecontroleerd: _adres,
    g.NotitieGemaakt: _nothing,
    g.BrpGecontroleerd: _brp,
    g.BekendheidVastgelegd: _bekend,
    g.HulpaanbodGedaan: _aanbod,
    g.BelofteVastgelegd: _belofte,
    g.EersteGesprekGevoerd: _gesprek,
    g.PlanVanAanpakOpgesteld: _plan,
    g.AfspraakNagekeken: _nagekeken,
    g.CakGebeld: _regeling,
    g.RegelingNagekeken: _regeling,
    g.EigenBijdrageNagekeken: _nothing,
    g.StapOvergeslagen: _overslaan,
    g.ZaakAfgesloten: _afgesloten,
    g.ZaakHeropend1: _heropend,
    g.ZaakHeropend: _heropend,
    g.NazorgGedaan: _nazorg,
    g.OngedaanGemaakt: _nothing,
    g.TerugmeldingVerzonden: _verzonden,
    g.BriefGemaakt: _brief,
    g.BriefVerzonden: _brief_verzonden,
    g.IdentiteitGecontroleerd: _nothing,
    g.InzageVerstrekt: _nothing,
    g.DossierIngezien: _nothing,
    g.TerugbelverzoekGenoteerd: _terugbelverzoek,
    g.TerugbelverzoekAfgehandeld: _teruggebeld,
}

SILENT = frozenset(g.SOORTEN[kind] for kind, project in _ROWS.items() if project is _nothing)
"""The kinds that leave no row: a rebuild need not read them."""
