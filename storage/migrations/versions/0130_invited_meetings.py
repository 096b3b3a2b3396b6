"""When the members were invited to a meeting; until now they were as soon as it was planned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("meeting", sa.Column("invited_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE meeting SET invited_at = planned_at")
