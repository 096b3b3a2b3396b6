"""Alembic's entry: runs the steps on the connection it is given."""

from alembic import context

import storage.ledger_tables
import storage.programme_tables  # noqa: F401 - and so are the six stages
from storage.tables import metadata

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # Several processes may start at once: the first one migrates, the others find it done.
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7261)")
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
