"""How a programme ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "ending",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("planned_at", Instant, nullable=False),
        sa.Column("told", sa.SmallInteger(), nullable=True),
        sa.Column("ended_at", Instant, nullable=True),
        sa.Column("followed_up_at", Instant, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_ending_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_ending_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_ending")),
    )
    op.create_table(
        "data_choice",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("keeps", sa.Boolean(), nullable=False),
        sa.Column("chosen_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_data_choice_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member", name=op.f("pk_data_choice")),
    )
