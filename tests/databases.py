"""Databases for tests on one PostgreSQL server: emptied and used again, since making one is slow."""

from __future__ import annotations

import os
from itertools import count

from sqlalchemy import create_engine, make_url, text

from storage.migrating import migrate
from storage.store import connect

#: What a test's server forgets when the machine loses power does not matter to anybody.
_CARELESS = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)

#: Nobody may still be connected, no trigger keeps the ledger, and all is counted from one again.
_EMPTY = """
DO $$
DECLARE one record;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', one.tablename);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""

#: Says whether a test changed more than rows, by dropping a trigger, say, to show what it is for.
_SCHEMA = """
SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT concat(attrelid::regclass, attname, atttypid, attnotnull, attisdropped)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled)
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat(conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat(proname, prosrc)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS parts (part)
"""


def be_careless(address: str) -> None:
    """Let the server at ``address``, which is ours alone, answer before anything is on its disk."""
    _run(address, *_CARELESS)


class Databases:
    """The databases of one test process on the server at ``address``, where we are superuser."""

    def __init__(self, address: str) -> None:
        self._address, self._numbers, self._free = address, count(1), list[str]()
        self._template = self.bare()
        engine = connect(self._template)
        migrate(engine)
        engine.dispose()
        self._schema = _run(self._template, _SCHEMA)

    def bare(self) -> str:
        """The address of a new database with nothing in it, nor any table."""
        return self._new("")

    def take(self) -> str:
        """The address of a database with the newest schema and no rows."""
        return self._free.pop() if self._free else self._new(f'TEMPLATE "{_name(self._template)}"')

    def give_back(self, url: str) -> None:
        """Let another test have it, unless its schema was changed."""
        if _run(url, _EMPTY, _SCHEMA) == self._schema:
            self._free.append(url)
        else:
            self.drop(url)

    def drop(self, url: str) -> None:
        """Remove one that nobody needs."""
        _run(self._address, f'DROP DATABASE "{_name(url)}" WITH (FORCE)')

    def close(self) -> None:
        """Remove what is left."""
        for url in (*self._free, self._template):
            self.drop(url)

    def _new(self, like: str) -> str:
        name = f"books_{os.getpid()}_{next(self._numbers)}"
        _run(self._address, f'CREATE DATABASE "{name}" {like}')
        return make_url(self._address).set(database=name).render_as_string(hide_password=False)


def _name(url: str) -> str | None:
    return make_url(url).database


def _run(url: str, *commands: str) -> str | None:
    """Run each, and answer what the last one says."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        said = [connection.execute(text(command)) for command in commands]
        answer = said[-1].scalar() if said[-1].returns_rows else None
    engine.dispose()
    return answer
