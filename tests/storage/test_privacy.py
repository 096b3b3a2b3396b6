"""What is kept about people: all of it handed out, all of it erased, and the books untouched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import Connection, Table, insert, select, update

from bot.app import assemble
from bot.domain.privacy_changes import ErasureAgreed
from bot.drawings import draws
from bot.ports import Conflict, Heard
from storage.buddy_tables import buddy
from storage.ledger_tables import entry
from storage.outgoing import outbox
from storage.own_data import Traces, own_data
from storage.personal import EVERYTHING, Erased, Kept, points_at
from storage.tables import contact, metadata, person
from storage.verifying import verify
from tests.storage.conftest import MONDAY
from tests.storage.conftest import Kept as World

HERS = {one.table.name: one for one in EVERYTHING}


def pointing() -> Iterator[tuple[Table, str]]:
    """Every column of every table that says whose a row is."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if points_at(column) is not None:
                yield table, column.name


@pytest.mark.parametrize(
    ("table", "column"), [(table.name, column) for table, column in pointing()]
)
def test_whoever_is_pointed_at_is_given_the_row_or_a_reason_why_not(
    table: str, column: str
) -> None:
    kept = HERS.get(table)
    assert kept, f"say in storage/personal what {table} keeps about people"
    assert column == kept.hers or kept.others.get(column), f"{table}.{column}: hers, or a reason"


@pytest.mark.parametrize("kept", EVERYTHING, ids=lambda kept: kept.table.name)
def test_every_row_says_what_it_is_for_and_what_becomes_of_it(kept: Kept) -> None:
    assert kept.why
    assert kept.until
    assert points_at(kept.table.c[kept.hers]) is not None
    assert bool(kept.shows) == bool(kept.title)
    assert set(kept.also) <= set(kept.others)
    assert set(kept.shows) | set(kept.others) | set(kept.blanks) <= set(kept.table.c.keys())
    assert bool(kept.blanks) == (kept.erased is Erased.BLANKED)


_numbers = count(1)


def _say(world: World, who: str, words: str) -> None:
    heard = Heard("practice", str(next(_numbers)), who.lower(), MONDAY, words)
    assemble(world.store, lambda: MONDAY).receive(heard)


def _lives(world: World) -> None:
    """Sari does this and that, and mentions a secret each time."""
    for words in (
        "jual 150rb",
        "target 500rb",
        "RAHASIA mixer",
        "lewati",
        "pendamping anak saya RAHASIA sakit",
        "kirim",
        "profil",
        "data saya",
    ):
        _say(world, "Sari", words)
    with world.store.engine.begin() as db:  # everybody has got her letters
        db.execute(update(outbox).values(state="sent", settled_at=MONDAY))


def _everywhere(db: Connection) -> str:
    """All that stands in any table, as one text."""
    return json.dumps(
        [
            [table.name, [list(row) for row in db.execute(select(table))]]
            for table in metadata.sorted_tables
        ],
        default=str,
        ensure_ascii=False,
    )


def test_her_copy_holds_what_she_wrote_and_nothing_of_others(kept: World) -> None:
    kept.save(kept.sari, 10_000)
    kept.save(kept.ani, 77_000)
    _lives(kept)
    _say(kept, "Ani", "target 7jt")
    drawn = draws(kept.store)
    raw = drawn["own data raw"]({"person": kept.sari.person.id})
    data = json.loads(raw.content)
    titles = {one["bagian"] for one in data["bagian"]}
    assert {
        "Nama",
        "Keanggotaan",
        "Persetujuan",
        "Target",
        "Buku celengan",
        "Buku jualan",
    } <= titles
    text = raw.content.decode()
    assert "RAHASIA" in text
    assert "150000" in text
    assert "Ani" not in text
    assert "77000" not in text
    paper = drawn["own data printed"]({"person": kept.sari.person.id})
    assert paper.content.startswith(b"%PDF")


def test_erasing_leaves_nothing_of_her_and_the_books_as_they_were(kept: World) -> None:
    kept.save(kept.ani, 5_000)
    _lives(kept)
    with kept.store.snapshot() as db:
        before = db.execute(select(entry)).all()
        traces = Traces.of(db, kept.sari.person.id)
        assert "RAHASIA" in _everywhere(db)
        assert own_data(db, kept.sari.person.id, MONDAY).sections
    with kept.store.transaction() as books:
        books.record(ErasureAgreed(kept.sari.person))
    with kept.store.snapshot() as db:
        everywhere = _everywhere(db)
        assert "RAHASIA" not in everywhere
        assert "Sari" not in everywhere.replace('"code": "sari"', "")
        for one in EVERYTHING:
            rows = db.execute(select(one.table).where(traces.hers(one))).all()
            if one.erased is Erased.DELETED and one.table is not contact:
                assert not rows, one.table.name
                for column in one.also:
                    also = select(one.table).where(traces.hers(one, column))
                    assert not db.execute(also).all(), f"{one.table.name}.{column}"
            for row in rows if one.erased is Erased.BLANKED else ():
                assert {name: getattr(row, name) for name in one.blanks} == one.blanks
        assert db.execute(select(entry)).all() == before
        assert not verify(db).wrong
    kept.store.sweep()
    with kept.store.snapshot() as db:
        assert "sari" not in _everywhere(db).lower()
        left = db.execute(select(person).where(person.c.erased_at.is_not(None))).all()
        assert [(one.id, one.name) for one in left] == [(kept.sari.person.id, "")]


def test_whoever_chose_her_as_a_buddy_has_none_any_more(kept: World) -> None:
    on = {"group_id": kept.group.id, "amounts": False, "state": "on", "asked_at": MONDAY}
    with kept.store.transaction() as books:
        for one, other in ((kept.ani, kept.sari), (kept.sari, kept.ani), (kept.rina, kept.ani)):
            row = {**on, "member": one.number, "person": other.person.id}
            books.db.execute(insert(buddy), row)
        books.record(ErasureAgreed(kept.sari.person))
    with kept.store.snapshot() as db:
        assert [row.member for row in db.execute(select(buddy))] == [kept.rina.number]


def test_nobody_is_erased_while_she_has_savings(kept: World) -> None:
    kept.save(kept.sari, 5_000)
    with pytest.raises(Conflict), kept.store.transaction() as books:
        books.record(ErasureAgreed(kept.sari.person))
    with kept.store.transaction() as books:
        assert books.person(kept.sari.person.id).name == "Sari"


def test_whoever_writes_again_after_it_is_somebody_new(kept: World) -> None:
    with kept.store.transaction() as books:
        books.record(ErasureAgreed(kept.sari.person))
    _say(kept, "Sari", "halo")
    with kept.store.transaction() as books:
        she = books.meet("practice", "sari")
        assert she.id != kept.sari.person.id
        assert not books.places(she)
