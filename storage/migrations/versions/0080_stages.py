"""Stages, meetings, contracts and surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0080"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "stage_move",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.SmallInteger(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("moved_at", Instant, nullable=False),
        sa.CheckConstraint("stage BETWEEN 1 AND 6", name=op.f("ck_stage_move_stage")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_stage_move_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_stage_move_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_stage_move")),
    )
    op.create_table(
        "stage_tick",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("ticked_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_stage_tick_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_stage_tick_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "name", name=op.f("pk_stage_tick")),
    )
    op.create_table(
        "meeting",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("planned_at", Instant, nullable=False),
        sa.Column("held_at", Instant, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_meeting_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_meeting_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_meeting")),
    )
    op.create_table(
        "meeting_member",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=True),
        sa.Column("attended", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "attended IN ('present', 'excused', 'absent')", name=op.f("ck_meeting_member_attended")
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting"],
            ["meeting.group_id", "meeting.number"],
            name=op.f("fk_meeting_member_group_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_meeting_member_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "meeting", "member", name=op.f("pk_meeting_member")),
    )
    op.create_table(
        "contract",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("leaving", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_contract_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_contract_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "version", name=op.f("pk_contract")),
    )
    op.create_table(
        "contract_answer",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("answered_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_contract_answer_group_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "version"],
            ["contract.group_id", "contract.version"],
            name=op.f("fk_contract_answer_group_id_version"),
        ),
        sa.PrimaryKeyConstraint("group_id", "version", "member", name=op.f("pk_contract_answer")),
    )
    op.create_table(
        "survey_round",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("round", sa.String(length=8), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.Column("shared_at", Instant, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_survey_round_by")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_survey_round_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "round", name=op.f("pk_survey_round")),
    )
    op.create_table(
        "survey_answer",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("answered_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_survey_answer_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "member", "round", name=op.f("pk_survey_answer")),
    )
