"""Which entry was booked in the place of one that was put right; it no longer always comes after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0154"
down_revision = "0153"
branch_labels = None
depends_on = None

#: Until now it came right after the reversal, or after the cash that was handed back behind that.
FILLED = (
    "UPDATE dispute SET instead = (SELECT min(e.number) FROM entry e JOIN entry was"
    " ON was.group_id = e.group_id AND was.number = dispute.entry AND was.kind = e.kind"
    " WHERE e.group_id = dispute.group_id"
    " AND e.number BETWEEN dispute.reversal + 1 AND dispute.reversal + 2)"
    " WHERE state = 'corrected' AND right_rupiah > 0"
)


def upgrade() -> None:
    """Go forward."""
    op.add_column("dispute", sa.Column("instead", sa.Integer))
    op.execute(FILLED)
