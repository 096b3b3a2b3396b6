"""What the holder counted, while she and the member do not agree on a deposit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0147"
down_revision = "0132"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("claim", sa.Column("counted_rupiah", sa.BigInteger))
