"""The practice room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "practice_run",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("run", sa.String(length=16), nullable=False),
        sa.Column("instead_of", sa.String(length=16), nullable=False),
        sa.Column("group_name", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rev", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_run")),
        sa.UniqueConstraint("instead_of", name=op.f("uq_practice_run_instead_of")),
        sa.UniqueConstraint("run", name=op.f("uq_practice_run_run")),
    )
    op.create_table(
        "practice_line",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("run", sa.String(length=16), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=80), nullable=False),
        sa.Column("from_her", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("qr", sa.Text(), nullable=False),
        sa.Column("photo", sa.String(length=40), nullable=False),
        sa.Column("reply_to", Key, nullable=True),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["practice_run.run"], name=op.f("fk_practice_line_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_line")),
        sa.UniqueConstraint("run", "key", name=op.f("uq_practice_line_run_key")),
    )
    op.create_index(op.f("ix_practice_line_run_rev"), "practice_line", ["run", "rev"], unique=False)
    op.create_table(
        "practice_photo",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("run", sa.String(length=16), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["practice_run.run"], name=op.f("fk_practice_photo_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_photo")),
    )
    op.create_index(op.f("ix_practice_photo_run"), "practice_photo", ["run"], unique=False)
