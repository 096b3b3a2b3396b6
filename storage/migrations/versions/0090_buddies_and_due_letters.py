"""Who hears each week whether a member kept at it; and due letters in the order they are taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0090"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "buddy",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("person", Key, nullable=True),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.Column("amounts", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'on', 'ended')", name=op.f("ck_buddy_state")),
        sa.CheckConstraint("state <> 'on' OR person IS NOT NULL", name=op.f("ck_buddy_somebody")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_buddy_person")),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_buddy_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddy")),
        sa.UniqueConstraint("code", name=op.f("uq_buddy_code")),
    )
    op.create_index(op.f("ix_buddy_person"), "buddy", ["person"], unique=False)
    still = sa.text("state <> 'ended'")
    op.create_index(
        "uq_buddy_open",
        "buddy",
        ["group_id", "member"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.drop_index("ix_outbox_due", "outbox")
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["channel", "rank", "due_at", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
