"""One kind of waiting work for voice notes and pictures, and the pictures themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0070"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "errand",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("media", sa.String(300), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("due_at", Instant),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_errand_person"),
        sa.PrimaryKeyConstraint("id", name="pk_errand"),
    )
    op.create_index("ix_errand_kind_due_at", "errand", ["kind", "due_at"])
    op.create_index("ix_errand_made_at", "errand", ["made_at"])
    # What is done already is not worth keeping; what waits goes on.
    op.execute(
        "INSERT INTO errand (kind, person, media, facts, tries, made_at, due_at)"
        " SELECT 'voice', person, media, '{}', tries, due_at, due_at FROM voice"
        " WHERE due_at IS NOT NULL"
    )
    op.drop_table("voice")
    op.create_table(
        "photo",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_photo_person"),
        sa.PrimaryKeyConstraint("id", name="pk_photo"),
    )
    op.create_index("ix_photo_person_id", "photo", ["person", "id"])
    op.create_index("ix_photo_made_at", "photo", ["made_at"])
