"""A mentor's broadcasts, whom they go to, and polls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0050"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    _broadcast()
    op.create_table(
        "broadcast_group",
        _key("broadcast"),
        _key("group_id"),
        sa.Column("planned_at", Instant),
        sa.Column("tip", sa.String(60)),
        *_keys("broadcast_group", broadcast="broadcast", group_id="savings_group"),
        sa.PrimaryKeyConstraint("broadcast", "group_id", name="pk_broadcast_group"),
    )
    _index(
        "broadcast_group",
        "ix_broadcast_group_unplanned",
        "broadcast group_id",
        "planned_at IS NULL",
    )
    _index(
        "broadcast_group", "uq_broadcast_group_tip", "group_id tip", "tip IS NOT NULL", unique=True
    )
    op.create_table(
        "recipient",
        _key("broadcast"),
        _key("person"),
        _key("group_id"),
        _key("contact"),
        sa.Column("answered_at", Instant),
        *_keys(
            "recipient",
            broadcast="broadcast",
            person="person",
            group_id="savings_group",
            contact="contact",
        ),
        sa.PrimaryKeyConstraint("broadcast", "person", name="pk_recipient"),
    )
    op.create_index("ix_recipient_broadcast_group_id", "recipient", ["broadcast", "group_id"])
    op.create_table(
        "vote",
        _key("broadcast"),
        _key("person"),
        sa.Column("choice", sa.SmallInteger(), nullable=False),
        sa.Column("voted_at", Instant, nullable=False),
        *_keys("vote", broadcast="broadcast", person="person"),
        sa.PrimaryKeyConstraint("broadcast", "person", name="pk_vote"),
    )
    op.add_column("outbox", sa.Column("broadcast", Key))
    _index("outbox", "ix_outbox_broadcast", "broadcast contact id", "broadcast IS NOT NULL")


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        _key("mentor"),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.String(300), nullable=False),
        sa.Column("piece", sa.String(60), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("closes_at", Instant),
        sa.Column("closed_at", Instant),
        sa.Column("outcome_of", Key),
        sa.Column("group_id", Key),
        sa.Column("who", sa.String(10), nullable=False),
        sa.Column("business", sa.String(80), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("clock", sa.Time()),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("begun_at", Instant),
        sa.Column("resent_at", Instant),
        sa.CheckConstraint(
            "state IN ('planned', 'running', 'done', 'cancelled')", name="ck_broadcast_state"
        ),
        sa.CheckConstraint("(day IS NULL) = (clock IS NULL)", name="ck_broadcast_day_and_clock"),
        *_keys("broadcast", mentor="person", outcome_of="broadcast", group_id="savings_group"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
    )
    op.create_index("ix_broadcast_mentor", "broadcast", ["mentor"])
    _index("broadcast", "ix_broadcast_open", "state", "state IN ('planned', 'running')")


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, Key, nullable=False)


def _keys(of: str, **tables: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{table}.id"], name=f"fk_{of}_{name}")
        for name, table in tables.items()
    ]


def _index(table: str, name: str, columns: str, where: str, *, unique: bool = False) -> None:
    only = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, table, columns.split(), unique=unique, **only)  # type: ignore[arg-type]
