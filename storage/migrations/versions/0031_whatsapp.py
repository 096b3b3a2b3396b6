"""WhatsApp: numbers, windows, her word that we may write first, and what the platform reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("contact", sa.Column("phone", sa.String(140)))
    op.add_column("contact", sa.Column("open_until", Instant))
    op.add_column("contact", sa.Column("knocked_at", Instant))
    op.add_column("contact", sa.Column("stuck_at", Instant))
    op.create_index("ix_contact_channel_phone", "contact", ["channel", "phone"])
    op.create_table(
        "opt_in",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("contact", Key, nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("given_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.ForeignKeyConstraint(["contact"], ["contact.id"], name="fk_opt_in_contact"),
        sa.PrimaryKeyConstraint("id", name="pk_opt_in"),
    )
    op.create_index("ix_opt_in_contact", "opt_in", ["contact"])
    op.create_table(
        "report",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("message", sa.String(250), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("billed", sa.Boolean()),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("channel", "message", "what", name="pk_report"),
    )
    op.create_index("ix_report_at", "report", ["at"])
    op.add_column("outbox", sa.Column("instead_of", Key))
    if op.get_bind().dialect.name == "postgresql":  # SQLite's texts have no length
        op.alter_column("contact", "address", type_=sa.String(140))
        op.alter_column("inbox", "message", type_=sa.String(250))
        op.alter_column("outbox", "platform_id", type_=sa.String(250))
