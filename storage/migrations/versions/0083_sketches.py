"""Sketches of a family, for the mentor alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "sketch",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("changed_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_sketch_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member", name=op.f("pk_sketch")),
    )
