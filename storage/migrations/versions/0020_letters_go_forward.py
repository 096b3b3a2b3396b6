"""Letters have states that only go forward, ranks, leases and a pace.

The states and steps are written out here as they are today: a migration does not change when
``storage.outgoing`` does.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Instant = sa.DateTime(timezone=True)

revision = "0020"
down_revision = "0013"
branch_labels = None
depends_on = None

_FORWARD = """
    OLD.state = NEW.state
    OR OLD.state IN ('waiting', 'sending')
       AND NEW.state IN ('waiting', 'sending', 'sent', 'failed', 'cancelled')
    OR OLD.state = 'sent' AND NEW.state IN ('delivered', 'read', 'failed')
    OR OLD.state = 'delivered' AND NEW.state = 'read'
"""


def upgrade() -> None:
    """Go forward."""
    op.execute("CREATE TABLE outbox_before AS SELECT * FROM outbox")
    op.drop_table("outbox")
    _outbox()
    op.execute(
        "INSERT INTO outbox (id, contact, channel, kind, rank, bubble, session, state, tries,"
        " made_at, due_at, settled_at, platform_id, reason)"
        " SELECT id, contact, channel, kind, 0, bubble, session, state, tries,"
        " made_at, due_at, settled_at, platform_id, reason FROM outbox_before"
    )
    op.drop_table("outbox_before")
    op.create_table(
        "sender",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("counted_at", Instant, nullable=False),
        sa.Column("held_until", Instant),
        sa.PrimaryKeyConstraint("channel", name="pk_sender"),
    )
    op.create_table(
        "chat_pace",
        sa.Column("contact", Key, nullable=False, autoincrement=False),
        sa.Column("free_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["contact"], ["contact.id"], name="fk_chat_pace_contact"),
        sa.PrimaryKeyConstraint("contact", name="pk_chat_pace"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("contact", Key, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("bubble", sa.JSON()),
        sa.Column("says", sa.String(40)),
        sa.Column("group_id", Key),
        sa.Column("member", sa.Integer()),
        sa.Column("day", sa.Date()),
        sa.Column("session", sa.String(12)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("pieces_sent", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("heard_at", Instant),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("settled_at", Instant),
        sa.Column("platform_id", sa.String(120)),
        sa.Column("reason", sa.String(300)),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'delivered', 'read', 'failed', 'cancelled')",
            name="ck_outbox_state",
        ),
        sa.CheckConstraint("(bubble IS NULL) <> (says IS NULL)", name="ck_outbox_bubble_or_says"),
        sa.ForeignKeyConstraint(["contact"], ["contact.id"], name="fk_outbox_contact"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    _index("ix_outbox_due", ["channel", "rank", "due_at"], "state = 'waiting'")
    _index("ix_outbox_unsettled", ["contact", "id"], "state IN ('waiting', 'sending')")
    _index("ix_outbox_leased", ["channel", "due_at"], "state = 'sending'")
    _index("ix_outbox_platform_id", ["platform_id", "contact"], "platform_id IS NOT NULL")
    op.create_index("ix_outbox_contact_made_at", "outbox", ["contact", "made_at"])
    days = ["kind", "day", "group_id", "member"]
    _index("uq_outbox_member_day", days, "day IS NOT NULL", unique=True)


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    only = {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(name, "outbox", columns, unique=unique, **only)  # type: ignore[arg-type]


def _guard_postgresql() -> None:
    op.execute(
        "SELECT setval(pg_get_serial_sequence('outbox', 'id'),"
        " (SELECT coalesce(max(id), 0) + 1 FROM outbox), false)"
    )
    op.execute(
        "CREATE FUNCTION outbox_goes_forward() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'a letter does not go back from % to %', OLD.state, NEW.state"
        " USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER outbox_goes_forward BEFORE UPDATE OF state ON outbox FOR EACH ROW"
        f" WHEN (NOT ({_FORWARD})) EXECUTE FUNCTION outbox_goes_forward()"
    )


def _guard_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER outbox_goes_forward BEFORE UPDATE OF state ON outbox FOR EACH ROW"
        f" WHEN NOT ({_FORWARD})"
        " BEGIN SELECT RAISE(ABORT, 'a letter does not go back'); END"
    )
