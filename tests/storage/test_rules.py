"""The rules of the books, tried with bare SQL: the database refuses, whatever the program does."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from bot.domain.ledger import reversal, withdrawal
from bot.domain.money import Money
from bot.ports import Conflict
from storage.migrating import migrate
from storage.store import SqlStore, connect
from tests.storage.conftest import DAY, MONDAY, Kept

_ENTRY = (
    "INSERT INTO entry (group_id, number, kind, day, member, rupiah, recorded_by, recorded_at,"
    " reverses, seal) SELECT group_id, {number}, '{kind}', day, {member}, {rupiah}, recorded_by,"
    " recorded_at, {reverses}, 'x' FROM entry WHERE number = 1"
)


def _entry(
    number: int,
    kind: str = "deposit",
    member: int = 2,
    rupiah: object = 500,
    reverses: str = "NULL",
) -> str:
    return _ENTRY.format(number=number, kind=kind, member=member, rupiah=rupiah, reverses=reverses)


_POSTING = (
    "INSERT INTO posting (group_id, entry, account, member, rupiah)"
    " SELECT id, {entry}, '{account}', {member}, {rupiah} FROM savings_group"
)


def _posting(entry: int, account: str, member: int, rupiah: object) -> str:
    return _POSTING.format(entry=entry, account=account, member=member, rupiah=rupiah)


def _moved(entry: int, cash: float, savings: float, member: int = 2) -> list[str]:
    return [_posting(entry, "cash", 1, cash), _posting(entry, "savings", member, savings)]


_GROUP = (
    "INSERT INTO savings_group (id, name, place, zone, code, opened_at, next_entry, head)"
    " VALUES ({id}, 'X', 'Y', 'WIB', 'ZZZZ', '2026-11-23 00:00:00', {next_entry}, '{head}')"
)

#: What is tried in one transaction, after Sari put in 1.000 (entry 1), Ani 2.000 (entry 2), and
#: Sari's was undone (entry 3) and put in anew (entry 4).
FORBIDDEN = {
    "more cash than is owed": [*_moved(5, 500, -400), _entry(5)],
    "an entry without postings": [_entry(5)],
    "an entry with one posting": [_posting(5, "cash", 1, 500), _entry(5)],
    "postings without an entry": _moved(5, 500, -500),
    "an entry before its postings": [_entry(5), *_moved(5, 500, -500)],
    "an amount other than what is moved": [*_moved(5, 500, -500), _entry(5, rupiah=600)],
    "a posting of nothing": [*_moved(5, 0, 0), _entry(5)],
    "an unknown kind": [*_moved(5, 500, -500), _entry(5, kind="gift")],
    "a later posting to a booked entry": [_posting(1, "difference", 0, 5)],
    "two later postings that balance": [_posting(1, "difference", 0, 5), _posting(1, "bank", 0, -5)],
    "a number left out": [*_moved(6, 500, -500), _entry(6)],
    "a number given twice": [_entry(4)],
    "another amount": ["UPDATE entry SET rupiah = 5 WHERE number = 1"],
    "another day": ["UPDATE entry SET day = '2026-01-01'"],
    "another seal": ["UPDATE entry SET seal = 'x' WHERE number = 1"],
    "another posting": ["UPDATE posting SET rupiah = rupiah * 2"],
    "a posting moved to another member": ["UPDATE posting SET member = 3 WHERE account = 'savings'"],
    "an entry deleted": ["DELETE FROM entry WHERE number = 4"],
    "postings deleted": ["DELETE FROM posting WHERE entry = 4", "DELETE FROM entry WHERE number = 4"],
    "an entry written over": [f"{_entry(4)} ON CONFLICT (group_id, number) DO UPDATE SET rupiah = 1"],
    "a posting written over": [
        (f"{_posting(1, 'cash', 1, 5)} WHERE true"
        " ON CONFLICT (group_id, entry, account, member) DO UPDATE SET rupiah = 5")
    ],
    "more out than she has": [*_moved(5, -1001, 1001), _entry(5, "withdrawal", rupiah=1001)],
    "more from the bank than is there": [
        _posting(5, "bank", 0, -1), _posting(5, "cash", 1, 1), _entry(5, "from_bank", 1, 1)
    ],
    "a box below nothing": [
        _posting(5, "cash", 1, -3001), _posting(5, "bank", 0, 3001), _entry(5, "to_bank", 1, 3001)
    ],
    "undone twice": [*_moved(5, -1000, 1000), _entry(5, "reversal", rupiah=1000, reverses="1")],
    "undone by half": [*_moved(5, -500, 500), _entry(5, "reversal", rupiah=500, reverses="4")],
    "undone on another member": [
        *_moved(5, -1000, 1000, member=3), _entry(5, "reversal", 3, 1000, reverses="4")
    ],
    "undone the wrong way round": [
        *_moved(5, 1000, -1000), _entry(5, "reversal", rupiah=1000, reverses="4")
    ],
    "undone with something besides": [
        *_moved(5, -1000, 1000), _posting(5, "bank", 0, 7), _posting(5, "difference", 0, -7),
        _entry(5, "reversal", rupiah=1007, reverses="4"),
    ],
    "an undoing undone": [*_moved(5, 1000, -1000), _entry(5, "reversal", rupiah=1000, reverses="3")],
    "an undoing of nothing": [*_moved(5, 500, -500), _entry(5, "reversal")],
    "a deposit that undoes": [*_moved(5, -1000, 1000), _entry(5, rupiah=1000, reverses="4")],
    "another balance": ["UPDATE balance SET rupiah = rupiah - 1000 WHERE account = 'savings'"],
    "another balance with a later entry's word": [
        "UPDATE balance SET rupiah = rupiah - 1000, entry = entry + 1 WHERE account = 'savings'"
    ],
    "a balance deleted": ["DELETE FROM balance"],
    "a balance made up": [
        ("INSERT INTO balance (group_id, account, member, rupiah, entry)"
        " SELECT id, 'savings', 1, -9000, 4 FROM savings_group")
    ],
    "an entry with three postings": [
        *_moved(5, 500, -1500), _posting(5, "savings", 1, 1000), _entry(5, rupiah=1500)
    ],
    "an entry with four postings": [
        *_moved(5, 500, -500), _posting(5, "bank", 0, 7), _posting(5, "difference", 0, -7),
        _entry(5, rupiah=507),
    ],
    "an entry of no day": [*_moved(5, 500, -500), _entry(5).replace(" day, 2", " '9999-12-31', 2", 1)],
    "an entry of no hour": [
        *_moved(5, 500, -500), _entry(5).replace(" recorded_at, NULL", " '2201-01-01 00:00:00', NULL", 1)
    ],
    "a group that begins in the middle": [_GROUP.format(id=50, next_entry=7, head="h")],
    "closed with money left": ["UPDATE savings_group SET closed_at = '2026-11-23 02:00:00'"],
    "a member who is somebody else": ["UPDATE member SET person = 1 WHERE number = 3"],
    "members who change places": [
        "UPDATE member SET number = 9 WHERE number = 1", "UPDATE member SET number = 1 WHERE number = 2"
    ],
    "entries counted anew": ["UPDATE savings_group SET next_entry = 1, head = ''"],
    "another head": ["UPDATE savings_group SET head = 'x'"],
}  # fmt: skip

#: SQLite lets these words bend constraints; PostgreSQL does not know them.
BENT = {
    "an entry replaced": [_entry(4).replace("INSERT", "INSERT OR REPLACE", 1)],
    "an undoing replaced": [
        *_moved(5, -1000, 1000),
        _entry(5, "reversal", rupiah=1000, reverses="1").replace("INSERT", "INSERT OR REPLACE", 1),
    ],
    "a posting replaced": [_posting(1, "cash", 1, 5).replace("INSERT", "INSERT OR REPLACE", 1)],
    "a balance replaced": [
        (
            "INSERT OR REPLACE INTO balance (group_id, account, member, rupiah, entry)"
            " SELECT id, 'savings', 2, 0, 0 FROM savings_group"
        )
    ],
    "more out than she has, the check ignored": [
        *_moved(5, -1001, 1001),
        _entry(5, "withdrawal", rupiah=1001).replace("INSERT", "INSERT OR IGNORE", 1),
    ],
    "an entry deleted by updating": ["UPDATE OR REPLACE entry SET number = 1 WHERE number = 2"],
    "a group replaced": ["INSERT OR REPLACE INTO savings_group SELECT * FROM savings_group"],
    "another group in its place": [
        _GROUP.format(id=50, next_entry=1, head=""),
        "UPDATE OR REPLACE savings_group SET id = 1 WHERE id = 50",
    ],
    "another group in its row": [
        _GROUP.format(id=50, next_entry=1, head=""),
        "UPDATE OR REPLACE savings_group SET rowid = 1 WHERE id = 50",
    ],
    "a group deleted": ["DELETE FROM savings_group"],
    "a member replaced": [
        ("INSERT OR REPLACE INTO member (group_id, number, person, joined_at)"
        " SELECT group_id, 3, 1, joined_at FROM member WHERE number = 2")
    ],
    "half a rupiah": [*_moved(5, 0.5, -0.5), _entry(5, rupiah=0.5)],
    "more than any number": [
        _posting(5, "difference", 98, "9e999"), _posting(5, "difference", 99, "-9e999"),
        _entry(5, rupiah="9e999"),
    ],
    "an hour written otherwise": [
        *_moved(5, 500, -500), _entry(5).replace(" recorded_at, NULL", " recorded_at || '+07:00', NULL", 1)
    ],
    "a day by its week": [*_moved(5, 500, -500), _entry(5).replace(" day, 2", " '2026-W48-1', 2", 1)],
}  # fmt: skip


@pytest.fixture
def booked(kept: Kept) -> Kept:
    first = kept.save(kept.sari, 1_000)
    kept.save(kept.ani, 2_000)
    kept.book(reversal(first, DAY))
    kept.save(kept.sari, 1_000)
    return kept


def _refused(kept: Kept, statements: list[str]) -> bool:
    """Whether it was refused as against the rules, and nothing of it stayed."""
    before = _everything(kept)
    try:
        with kept.store.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except IntegrityError:
        return _everything(kept) == before
    return False


def _everything(kept: Kept) -> list[list[tuple[object, ...]]]:
    with kept.store.engine.connect() as connection:
        return [
            sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}")))  # noqa: S608
            for table in ("posting", "balance")
        ] + [
            [
                tuple(row)
                for row in connection.execute(
                    text("SELECT number, rupiah, seal FROM entry ORDER BY number")
                )
            ]
        ]


def test_the_database_refuses(booked: Kept) -> None:
    let_through = [name for name, tried in FORBIDDEN.items() if not _refused(booked, tried)]
    assert let_through == []


def test_sqlite_refuses_bent_words(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "sqlite":
        pytest.skip("words only SQLite knows")
    assert [name for name, tried in BENT.items() if not _refused(booked, tried)] == []


def _from_a_trigger(what: str) -> list[str]:
    """Done by a trigger of one's own, which a temporary table may have."""
    return [
        "CREATE TEMP TABLE mine (x int)",
        f"CREATE FUNCTION pg_temp.mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {what}; RETURN NEW; END'",
        "CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION pg_temp.mine()",
        "INSERT INTO mine VALUES (1)",
    ]


#: A table of the same name that comes first, or a trigger of one's own, which needs no rights at all.
SHADOWED = {
    "other postings": [
        "CREATE TEMP TABLE posting (LIKE public.posting)",
        "INSERT INTO pg_temp.posting VALUES (1, 5, 'cash', 1, 500), (1, 5, 'savings', 2, -500)",
        *(one.replace("posting", "public.posting", 1) for one in _moved(5, 1, -9_000_000)),
        _entry(5).replace("FROM entry", "FROM public.entry"),
    ],
    "other entries": [
        "CREATE TEMP TABLE entry (LIKE public.entry)",
        _posting(1, "difference", 0, 5),
    ],
    "other balances": [
        ("CREATE TEMP TABLE balance AS SELECT group_id, account, member, rupiah * 9 AS rupiah, entry"
        " FROM public.balance"),
        *_moved(5, -2000, 2000),
        _entry(5, "withdrawal", rupiah=2000),
    ],
    "another group": [
        ("CREATE TEMP TABLE savings_group AS SELECT id, 9 AS next_entry, head, closed_at"
        " FROM public.savings_group"),
        *_moved(9, 500, -500),
        _entry(9),
    ],
    **{f"from a trigger: {what}": _from_a_trigger(what) for what in (
        "UPDATE public.balance SET rupiah = -9000000 WHERE member = 2",
        "UPDATE public.balance SET rupiah = -9000000, entry = entry + 1 WHERE member = 2",
        "UPDATE public.balance SET entry = entry + 1000 WHERE member = 2",
        "UPDATE public.balance SET member = 9, entry = entry + 1 WHERE member = 2",
        "UPDATE public.savings_group SET next_entry = 77",
        "UPDATE public.savings_group SET next_entry = next_entry + 1, head = $a$q$a$",
        "DELETE FROM public.balance",
        "INSERT INTO public.balance SELECT id, $a$savings$a$, 1, -900, 4 FROM public.savings_group",
    )},
    "a balance that follows before its entry": [
        *_moved(5, 500, -500),
        *_from_a_trigger("UPDATE public.balance SET rupiah = rupiah - 500, entry = 5 WHERE member = 2"),
        _entry(5),
    ],
}  # fmt: skip


#: One statement that brings an entry and postings at once, which SQLite cannot.
AT_ONCE = {
    "an entry with three postings": [
        (f"WITH one AS ({_posting(5, 'cash', 1, 500)}), other AS ({_posting(5, 'savings', 2, -1500)}),"
        f" third AS ({_posting(5, 'savings', 1, 1000)}) {_entry(5, rupiah=1500)}")
    ],
    "an entry and a posting to an older one": [
        (f"WITH one AS ({_posting(5, 'cash', 1, 500)}), other AS ({_posting(5, 'savings', 2, -500)}),"
        f" third AS ({_posting(4, 'bank', 0, 5)}) {_entry(5)}")
    ],
    "a reversal before what it reverses": [
        *_moved(5, -500, 500), *_moved(6, 500, -500),
        (f"{_entry(5, 'reversal', reverses='6')} UNION ALL"
        f" {_entry(6).partition(' seal) ')[2]}"),
    ],
    "postings, the last behind the seal": [
        ("CREATE FUNCTION pg_temp.sealed() RETURNS bigint LANGUAGE plpgsql AS"
        f" $f$ BEGIN {_entry(5)}; RETURN 5; END $f$"),
        ("INSERT INTO posting (group_id, entry, account, member, rupiah)"
        " SELECT 1, 5, account, member, CASE member WHEN 0 THEN pg_temp.sealed() ELSE rupiah END"
        " FROM (VALUES ('cash', 1, 500), ('savings', 2, -500), ('bank', 0, 5))"
        " AS sides (account, member, rupiah)"),
    ],
}  # fmt: skip


#: What docs/running.md advises, but for a password and the name.
AS_ADVISED = [
    "CREATE ROLE only_rows",
    "GRANT USAGE ON SCHEMA public TO only_rows",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO only_rows",
    "DO $$ BEGIN EXECUTE format('REVOKE TEMP ON DATABASE %I FROM PUBLIC', current_database()); END $$",
]


def test_postgresql_looks_at_all_that_one_statement_brings(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "postgresql":
        pytest.skip("statements only PostgreSQL knows")
    assert [name for name, tried in AT_ONCE.items() if not _refused(booked, tried)] == []


@pytest.mark.parametrize("name", SHADOWED)
def test_postgresql_looks_at_its_own_tables_only(booked: Kept, name: str) -> None:
    if booked.store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite's triggers see no temporary tables")
    assert _refused(booked, SHADOWED[name])


def test_a_role_that_only_writes_rows_is_enough_and_takes_no_rule_away(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no roles")
    with booked.store.engine.begin() as connection:
        for statement in AS_ADVISED:
            connection.execute(text(statement))
    url = booked.store.engine.url.update_query_dict({"options": "-c role=only_rows"})
    migrate(engine := connect(url.render_as_string(hide_password=False)))
    store = SqlStore(engine, lambda: MONDAY)
    replace(booked, store=store).save(booked.sari, 1_000)
    for statement in (
        "ALTER TABLE entry DISABLE TRIGGER USER",
        "DROP TRIGGER entry_stands ON entry",
        "DROP FUNCTION entry_sealed() CASCADE",
        "SET session_replication_role = replica",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TEMP TABLE posting (x int)",
    ):
        with pytest.raises(ProgrammingError, match="InsufficientPrivilege"), engine.begin() as db:
            db.execute(text(statement))
    store.close()
    with booked.store.engine.begin() as connection:
        connection.execute(text("DROP OWNED BY only_rows"))
        connection.execute(text("DROP ROLE only_rows"))


def test_closed_books_stay_closed(booked: Kept) -> None:
    with booked.store.engine.begin() as connection:
        for number, member, rupiah in ((5, 2, 1000), (6, 3, 2000)):
            for statement in [
                *_moved(number, -rupiah, rupiah, member), _entry(number, "share_out", member, rupiah)
            ]:  # fmt: skip
                connection.execute(text(statement))
        connection.execute(text("UPDATE savings_group SET closed_at = '2026-11-23 02:00:00'"))
    assert _refused(booked, ["UPDATE savings_group SET closed_at = NULL"])
    assert _refused(booked, [*_moved(7, 500, -500), _entry(7)])


def test_postgresql_refuses_truncation(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "postgresql":
        pytest.skip("a word only PostgreSQL knows")
    assert _refused(booked, ["TRUNCATE posting, entry CASCADE"])


def test_what_is_allowed_is_let_through(booked: Kept) -> None:
    with booked.store.engine.begin() as connection:
        for statement in [*_moved(5, -1000, 1000), _entry(5, "withdrawal", rupiah=1000)]:
            connection.execute(text(statement))
    with booked.store.transaction() as books:
        assert books.saved(booked.sari) == Money(0)


def test_the_program_is_told_why(booked: Kept) -> None:
    too_much = withdrawal(booked.sari.number, booked.rina.number, Money(9_000), DAY)
    with pytest.raises(Conflict, match=r"below zero|no_negative"):
        booked.book(too_much)


def test_balances_follow_the_entries(booked: Kept) -> None:
    booked.book(withdrawal(booked.ani.number, booked.rina.number, Money(500), DAY))
    with booked.store.transaction() as books:
        assert books.saved(booked.sari) == Money(1_000)
        assert books.saved(booked.ani) == Money(1_500)
        assert books.in_box(booked.group) == Money(2_500)


def test_an_entry_is_dated_as_every_other_row_is(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries are written past SQLAlchemy's types; wherever the machine stands they look the same."""
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    time.tzset()
    try:
        kept.save(kept.sari, 10_000)
    finally:
        monkeypatch.undo()
        time.tzset()
    asked = "SELECT day, recorded_at, joined_at FROM entry, member WHERE member.number = 2"
    with kept.store.engine.connect() as connection:
        day, recorded_at, joined_at = connection.execute(text(asked)).one()
    assert str(day) == "2026-11-23"
    assert recorded_at == joined_at
