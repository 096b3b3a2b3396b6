"""On PostgreSQL balances and heads are compared with the entries too, whoever's trigger moves them."""

from __future__ import annotations

from alembic import op

from storage.migrations.rules import renew

revision = "0155"
down_revision = "0154"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    renew(op.get_bind())
