"""Words we could not place, of groups that agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0010"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column(
        "savings_group",
        sa.Column("teaches", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.create_table(
        "unplaced",
        sa.Column(
            "id",
            Key,
            sa.Identity(always=False),
            primary_key=True,
        ),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name="fk_unplaced_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unplaced"),
    )
