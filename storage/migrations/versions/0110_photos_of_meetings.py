"""Photos of meetings, and the word of those who are seen on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0110"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "meeting_photo",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary()),
        sa.Column("by", Key, nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_meeting_photo_by")),
        sa.ForeignKeyConstraint(
            ["group_id", "meeting"],
            ["meeting.group_id", "meeting.number"],
            name=op.f("fk_meeting_photo_group_id_meeting"),
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_meeting_photo")),
    )
    op.create_table(
        "meeting_photo_seen",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("photo", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("may", sa.Boolean()),
        sa.Column("by", Key),
        sa.Column("answered_at", Instant),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_meeting_photo_seen_by")),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_meeting_photo_seen_group_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "photo"],
            ["meeting_photo.group_id", "meeting_photo.number"],
            name=op.f("fk_meeting_photo_seen_group_id_photo"),
        ),
        sa.PrimaryKeyConstraint("group_id", "photo", "member", name=op.f("pk_meeting_photo_seen")),
    )
