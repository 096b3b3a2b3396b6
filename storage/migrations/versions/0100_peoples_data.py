"""Who looked at whose data, chats being joined, consent taken back, and the forgotten."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0100"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("person", sa.Column("erased_at", Instant))
    op.add_column("consent", sa.Column("withdrawn_at", Instant))
    op.create_table(
        "look",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("looker", Key),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("why", sa.String(200), nullable=False),
        sa.Column("person", Key),
        sa.Column("group_id", Key),
        sa.ForeignKeyConstraint(["looker"], ["person.id"], name="fk_look_looker"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_look_person"),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name="fk_look_group_id"),
        sa.PrimaryKeyConstraint("id", name="pk_look"),
    )
    op.create_index("ix_look_at", "look", ["at"])
    op.create_index("ix_look_person", "look", ["person"])
    op.create_table(
        "link_code",
        sa.Column("person", Key, nullable=False, autoincrement=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_link_code_person"),
        sa.PrimaryKeyConstraint("person", name="pk_link_code"),
    )
    op.create_index("ix_link_code_code_hash", "link_code", ["code_hash"])
