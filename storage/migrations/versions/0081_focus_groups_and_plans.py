"""Focus groups, programmes and plans."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "focus",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("in_chat", sa.Boolean(), nullable=False),
        sa.Column("guide", sa.JSON(), nullable=False),
        sa.Column("at", sa.SmallInteger(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("closed_at", Instant, nullable=True),
        sa.Column("shared_at", Instant, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_focus_by")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name=op.f("fk_focus_group_id")),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_focus")),
    )
    op.create_table(
        "focus_answer",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("focus", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.SmallInteger(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.String(length=300), nullable=False),
        sa.Column("theme", sa.String(length=12), nullable=False),
        sa.Column("may", sa.Boolean(), nullable=True),
        sa.Column("said_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "focus"],
            ["focus.group_id", "focus.number"],
            name=op.f("fk_focus_answer_group_id_focus"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_focus_answer_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "focus", "number", name=op.f("pk_focus_answer")),
    )
    op.create_table(
        "need_vote",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("focus", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False),
        sa.Column("voted_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "focus"],
            ["focus.group_id", "focus.number"],
            name=op.f("fk_need_vote_group_id_focus"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_need_vote_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "focus", "member", name=op.f("pk_need_vote")),
    )
    op.create_table(
        "programme",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("chosen", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("what", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("baseline", sa.Integer(), nullable=True),
        sa.Column("responsible", sa.Integer(), nullable=True),
        sa.Column("by", Key, nullable=False),
        sa.Column("proposed_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_programme_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_programme_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_programme")),
    )
    op.create_table(
        "programme_vote",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("programme", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("wants", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_programme_vote_group_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "programme"],
            ["programme.group_id", "programme.number"],
            name=op.f("fk_programme_vote_group_id_programme"),
        ),
        sa.PrimaryKeyConstraint("group_id", "programme", "member", name=op.f("pk_programme_vote")),
    )
    op.create_table(
        "plan_answer",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_plan_answer_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member", name=op.f("pk_plan_answer")),
    )
    op.create_table(
        "progress",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("programme", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("told_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_progress_group_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "programme"],
            ["programme.group_id", "programme.number"],
            name=op.f("fk_progress_group_id_programme"),
        ),
        sa.PrimaryKeyConstraint("group_id", "programme", "member", name=op.f("pk_progress")),
    )
