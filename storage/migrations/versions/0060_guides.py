"""Guides of steps, sessions held over them, and the official list of kinds of business."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0060"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "guide_walk",
        sa.Column("person", Key, autoincrement=False, nullable=False),
        sa.Column("guide", sa.String(20), nullable=False),
        sa.Column("begun_at", Instant, nullable=False),
        sa.Column("moved_at", Instant, nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_guide_walk_person"),
        sa.PrimaryKeyConstraint("person", "guide", name="pk_guide_walk"),
    )
    op.create_index("ix_guide_walk_moved_at", "guide_walk", ["moved_at"])
    op.create_table(
        "guide_step",
        sa.Column("person", Key, autoincrement=False, nullable=False),
        sa.Column("guide", sa.String(20), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("given", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("media", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("state IN ('done', 'stuck', 'later')", name=op.f("ck_guide_step_state")),
        sa.ForeignKeyConstraint(
            ["person", "guide"],
            ["guide_walk.person", "guide_walk.guide"],
            name="fk_guide_step_person_guide",
        ),
        sa.PrimaryKeyConstraint("person", "guide", "step", name="pk_guide_step"),
    )
    op.create_table(
        "guide_session",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("guide", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("held_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_guide_session_by"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name="fk_guide_session_group_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_guide_session"),
    )
    op.create_index("ix_guide_session_group_id_day", "guide_session", ["group_id", "day"])
    op.create_table(
        "guide_present",
        sa.Column("session", Key, autoincrement=False, nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name="fk_guide_present_group_id_member",
        ),
        sa.ForeignKeyConstraint(["session"], ["guide_session.id"], name="fk_guide_present_session"),
        sa.PrimaryKeyConstraint("session", "member", name="pk_guide_present"),
    )
    op.create_table(
        "kbli_code",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("loaded_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_kbli_code"),
    )
