"""The rules of the books, as they are in force: triggers on SQLite and PostgreSQL.

The insert of an entry is its seal: it is refused unless it has two postings that sum to zero, is
the next of its group and mirrors what it reverses; it moves the balances and the head of the chain;
and from then on posting to it, changing or deleting it is refused. SQLite looks before the insert,
so there the postings come first (their foreign key is only looked at in the end); PostgreSQL after
the statement that brings the entry, which may bring the postings as well. An entry that never comes
leaves postings without one, which the foreign key refuses.

A revision that changes a rule changes it here and calls ``renew``; so does one that makes one of
these tables anew on SQLite (a batch change), which takes the triggers along.
"""

from __future__ import annotations

from sqlalchemy import Connection

from storage.migrations.rules.on_postgresql import POSTGRESQL
from storage.migrations.rules.on_sqlite import SQLITE

_TABLES = ("entry", "posting", "balance", "savings_group", "member")

_SQLITE_THERE = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN {_TABLES}"  # noqa: S608 - ours

_POSTGRESQL_THERE = f"""
    SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger
     WHERE NOT tgisinternal AND tgrelid::regclass::text IN {_TABLES}
"""  # noqa: S608 - ours


def renew(db: Connection) -> None:
    """Put the rules in force, in place of all that were."""
    waive(db)
    for statement in SQLITE if db.dialect.name == "sqlite" else POSTGRESQL:
        db.exec_driver_sql(statement)


def waive(db: Connection) -> None:
    """Take all rules away. Only for putting others, and for measuring what they cost."""
    if db.dialect.name == "sqlite":
        for name in db.exec_driver_sql(_SQLITE_THERE).scalars().all():
            db.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    for function in db.exec_driver_sql(_POSTGRESQL_THERE).scalars().all():
        db.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")
