"""What one piece of her products costs, for herself alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0120"
down_revision = "0110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "costing",
        sa.Column("person", Key, nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reckoned_at", Instant, nullable=False),
        sa.CheckConstraint("cost >= 0 AND price >= 0", name=op.f("ck_costing_positive")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_costing_person")),
        sa.PrimaryKeyConstraint("person", "product", name=op.f("pk_costing")),
    )
