"""Entries have two postings in whole rupiah, and groups, members and closed books stay what they are.

Found by an attack with bare SQL: a third posting left balances behind, a REAL bent the sum on
SQLite, and on PostgreSQL a temporary table stood in for the real one inside the rules.
"""

from __future__ import annotations

from alembic import op

from storage.migrations.rules import renew

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    renew(op.get_bind())
