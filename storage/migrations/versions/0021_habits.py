"""Goals, rhythms, days of rest and quiet hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    small = {"nullable": False, "server_default": sa.text("0")}
    op.add_column(
        "member", sa.Column("rhythm", sa.String(8), nullable=False, server_default="daily")
    )
    op.add_column("member", sa.Column("weekly_on", sa.SmallInteger()))
    op.add_column("member", sa.Column("rest_until", sa.Date()))
    op.add_column("member", sa.Column("rest_days", sa.SmallInteger(), **small))  # type: ignore[arg-type]
    op.add_column("member", sa.Column("remind_in_ramadan", sa.Time()))
    # Written as SQLite keeps a time, so that hours compare as text there.
    for name, default in (("quiet_from", "21:00:00.000000"), ("quiet_until", "06:30:00.000000")):
        column = sa.Column(name, sa.Time(), nullable=False, server_default=default)
        op.add_column("savings_group", column)
    op.create_table(
        "goal",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rupiah > 0", name="ck_goal_positive"),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name="fk_goal_group_id_member",
        ),
        sa.PrimaryKeyConstraint("group_id", "member", name="pk_goal"),
    )
    op.create_table(
        "group_rest",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name="ck_group_rest_in_order"),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name="fk_group_rest_group_id"),
        sa.PrimaryKeyConstraint("group_id", "first_day", name="pk_group_rest"),
    )
