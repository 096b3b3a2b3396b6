"""Questions become consultations: what was asked and answered moves over under the same numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0040"
down_revision = "0102"
branch_labels = None
depends_on = None

_CONSULTATIONS = (
    "INSERT INTO consultation (id, group_id, asker, state, opened_at, last_at, waits_since, asked_at,"
    " mentor, answered_at, offered, remark, parts)"
    " SELECT id, group_id, asker, CASE WHEN answered_at IS NULL THEN 'new' ELSE 'answered' END,"
    " asked_at, COALESCE(answered_at, asked_at),"
    " CASE WHEN answered_at IS NULL THEN asked_at END,"
    " CASE WHEN answered_at IS NULL THEN asked_at END, answered_by, answered_at, '[]', '',"
    " CASE WHEN answered_at IS NULL THEN 1 ELSE 2 END FROM question"
)
_QUESTIONS = (
    "INSERT INTO consultation_part (consultation, number, kind, writer, words, media, at)"
    " SELECT id, 1, 'hers', asker, words, media, asked_at FROM question"
)
_ANSWERS = (
    "INSERT INTO consultation_part (consultation, number, kind, writer, words, media, at)"
    " SELECT id, 2, 'answer', answered_by, COALESCE(answer, ''), '', answered_at"
    " FROM question WHERE answered_at IS NOT NULL AND answered_by IS NOT NULL"
)


def upgrade() -> None:
    """Go forward."""
    _consultation()
    op.create_table(
        "consultation_part",
        sa.Column("consultation", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("writer", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.String(300), nullable=False, server_default=sa.text("''")),
        sa.Column("at", Instant, nullable=False),
        sa.CheckConstraint(
            "kind IN ('hers', 'answer', 'private')", name=op.f("ck_consultation_part_kind")
        ),
        sa.ForeignKeyConstraint(
            ["consultation"], ["consultation.id"], name="fk_consultation_part_consultation"
        ),
        sa.ForeignKeyConstraint(["writer"], ["person.id"], name="fk_consultation_part_writer"),
        sa.PrimaryKeyConstraint("consultation", "number", name="pk_consultation_part"),
    )
    op.create_table(
        "canned_answer",
        sa.Column("mentor", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mentor"], ["person.id"], name="fk_canned_answer_mentor"),
        sa.PrimaryKeyConstraint("mentor", "number", name="pk_canned_answer"),
    )
    _tried()
    _article()
    _draft()
    for statement in (_CONSULTATIONS, _QUESTIONS, _ANSWERS):
        op.execute(statement)
    if op.get_bind().dialect.name == "postgresql":  # go on counting after the numbers given
        op.execute(
            "SELECT setval(pg_get_serial_sequence('consultation', 'id'),"
            " COALESCE((SELECT max(id) FROM consultation), 1),"
            " (SELECT count(*) > 0 FROM consultation))"
        )
    op.drop_table("question")


def _consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("asker", Key, nullable=False),
        sa.Column("topic", sa.String(12)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
        sa.Column("waits_since", Instant),
        sa.Column("asked_at", Instant),
        sa.Column("later_on", sa.Date()),
        sa.Column("nudged_at", Instant),
        sa.Column("handed_at", Instant),
        sa.Column("mentor", Key),
        sa.Column("answered_at", Instant),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("good", sa.Boolean()),
        sa.Column("remark", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'answered', 'waiting', 'done')", name=op.f("ck_consultation_state")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name="fk_consultation_group_id"
        ),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name="fk_consultation_asker"),
        sa.ForeignKeyConstraint(["mentor"], ["person.id"], name="fk_consultation_mentor"),
        sa.PrimaryKeyConstraint("id", name="pk_consultation"),
    )
    for columns in (["group_id", "state"], ["asker", "last_at"], ["mentor", "state"]):
        op.create_index(f"ix_consultation_{'_'.join(columns)}", "consultation", columns)
    op.create_index(
        "ix_consultation_waits",
        "consultation",
        ["waits_since"],
        sqlite_where=sa.text("waits_since IS NOT NULL"),
        postgresql_where=sa.text("waits_since IS NOT NULL"),
    )


def _tried() -> None:
    op.create_table(
        "tried",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("article", sa.String(60), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.CheckConstraint(
            "verdict IN ('yes', 'not_yet', 'mentor', 'none')", name=op.f("ck_tried_verdict")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name="fk_tried_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tried"),
    )


def _article() -> None:
    op.create_table(
        "article_version",
        sa.Column("article", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.Column("by", Key, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_article_version_by"),
        sa.PrimaryKeyConstraint("article", "version", name="pk_article_version"),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("consultation", Key, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant),
        sa.ForeignKeyConstraint(
            ["consultation"], ["consultation.id"], name="fk_draft_consultation"
        ),
        sa.PrimaryKeyConstraint("consultation", name="pk_draft"),
    )
    op.create_index("ix_draft_due_at", "draft", ["due_at"])
