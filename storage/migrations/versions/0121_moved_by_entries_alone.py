"""On PostgreSQL nobody but an entry's own seal writes balances and heads; half of its cost is gone."""

from __future__ import annotations

from alembic import op

from storage.migrations.rules import renew

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    renew(op.get_bind())
