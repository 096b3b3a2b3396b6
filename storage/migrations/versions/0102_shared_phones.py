"""Chats that several women share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("contact", sa.Column("shares", Key))
    op.create_index("ix_contact_shares", "contact", ["shares"])
    op.create_table(
        "shared_chat",
        sa.Column("contact", Key, nullable=False, autoincrement=False),
        sa.Column("speaker", Key),
        sa.Column("until", Instant),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["contact"], ["contact.id"], name="fk_shared_chat_contact"),
        sa.PrimaryKeyConstraint("contact", name="pk_shared_chat"),
    )
