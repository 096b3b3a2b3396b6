"""The rules of the books where PostgreSQL knows more ways around them than SQLite does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from storage.migrating import migrate
from storage.store import SqlStore, connect
from tests.storage.bare_sql import entry, moved, posting, refused
from tests.storage.conftest import MONDAY, Kept


@pytest.fixture
def served(booked: Kept) -> Kept:
    if booked.store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no roles, no triggers on temporary tables, and one word at a time")
    return booked


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
        *(one.replace("posting", "public.posting", 1) for one in moved(5, 1, -9_000_000)),
        entry(5).replace("FROM entry", "FROM public.entry"),
    ],
    "other entries": [
        "CREATE TEMP TABLE entry (LIKE public.entry)",
        posting(1, "difference", 0, 5),
    ],
    "other balances": [
        ("CREATE TEMP TABLE balance AS SELECT group_id, account, member, rupiah * 9 AS rupiah, entry"
        " FROM public.balance"),
        *moved(5, -2000, 2000),
        entry(5, "withdrawal", rupiah=2000),
    ],
    "another group": [
        ("CREATE TEMP TABLE savings_group AS SELECT id, 9 AS next_entry, head, closed_at"
        " FROM public.savings_group"),
        *moved(9, 500, -500),
        entry(9),
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
        *moved(5, 500, -500),
        *_from_a_trigger("UPDATE public.balance SET rupiah = rupiah - 500, entry = 5 WHERE member = 2"),
        entry(5),
    ],
}  # fmt: skip


#: One statement that brings an entry and postings at once, which SQLite cannot.
AT_ONCE = {
    "an entry with three postings": [
        (f"WITH one AS ({posting(5, 'cash', 1, 500)}), other AS ({posting(5, 'savings', 2, -1500)}),"
        f" third AS ({posting(5, 'savings', 1, 1000)}) {entry(5, rupiah=1500)}")
    ],
    "an entry and a posting to an older one": [
        (f"WITH one AS ({posting(5, 'cash', 1, 500)}), other AS ({posting(5, 'savings', 2, -500)}),"
        f" third AS ({posting(4, 'bank', 0, 5)}) {entry(5)}")
    ],
    "a reversal before what it reverses": [
        *moved(5, -500, 500), *moved(6, 500, -500),
        (f"{entry(5, 'reversal', reverses='6')} UNION ALL"
        f" {entry(6).partition(' seal) ')[2]}"),
    ],
    "postings, the last behind the seal": [
        ("CREATE FUNCTION pg_temp.sealed() RETURNS bigint LANGUAGE plpgsql AS"
        f" $f$ BEGIN {entry(5)}; RETURN 5; END $f$"),
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


def test_postgresql_looks_at_all_that_one_statement_brings(served: Kept) -> None:
    assert [name for name, tried in AT_ONCE.items() if not refused(served, tried)] == []


@pytest.mark.parametrize("name", SHADOWED)
def test_postgresql_looks_at_its_own_tables_only(served: Kept, name: str) -> None:
    assert refused(served, SHADOWED[name])


def test_a_role_that_only_writes_rows_is_enough_and_takes_no_rule_away(served: Kept) -> None:
    with served.store.engine.begin() as connection:
        for statement in AS_ADVISED:
            connection.execute(text(statement))
    url = served.store.engine.url.update_query_dict({"options": "-c role=only_rows"})
    migrate(engine := connect(url.render_as_string(hide_password=False)))
    store = SqlStore(engine, lambda: MONDAY)
    replace(served, store=store).save(served.sari, 1_000)
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
    with served.store.engine.begin() as connection:
        connection.execute(text("DROP OWNED BY only_rows"))
        connection.execute(text("DROP ROLE only_rows"))


def test_postgresql_refuses_truncation(served: Kept) -> None:
    assert refused(served, ["TRUNCATE posting, entry CASCADE"])
