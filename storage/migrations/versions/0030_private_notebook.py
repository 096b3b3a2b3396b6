"""Her private notebook."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0030"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "jotting",
        sa.Column("person", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('sold', 'bought')", name=op.f("ck_jotting_kind")),
        sa.CheckConstraint("rupiah > 0", name=op.f("ck_jotting_positive")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_jotting_person")),
        sa.PrimaryKeyConstraint("person", "number", name=op.f("pk_jotting")),
    )
    op.create_index(op.f("ix_jotting_person_day"), "jotting", ["person", "day"], unique=False)
