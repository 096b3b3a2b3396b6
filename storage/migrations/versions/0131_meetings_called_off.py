"""When a mentor called a meeting off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("meeting", sa.Column("called_off_at", sa.DateTime(timezone=True)))
