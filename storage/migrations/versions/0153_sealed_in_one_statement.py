"""On PostgreSQL an entry and its postings come in one statement, and are looked at together after it."""

from __future__ import annotations

from alembic import op

from storage.migrations.rules import renew

revision = "0153"
down_revision = "0147"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    renew(op.get_bind())
