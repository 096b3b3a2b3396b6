"""The tables of what goes out: letters, how fast they may go, and what they remind of."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    text,
)

from storage.tables import Key, PlatformId, UtcTime, metadata

#: A letter's states, each with those it may turn into; the database refuses every other step.
STEPS = {
    "waiting": ("sending", "sent", "failed", "cancelled"),
    "sending": ("waiting", "sent", "failed", "cancelled"),
    "sent": ("delivered", "read", "failed"),
    "delivered": ("read",),
    "read": (),
    "failed": (),
    "cancelled": (),
}

_states = ", ".join(f"'{state}'" for state in STEPS)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("contact", Key, ForeignKey("contact.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    # How urgent the kind is, kept here so that claiming reads an index and nothing else.
    Column("rank", SmallInteger, nullable=False),
    # What is said: a bubble, or the conversation ``says`` which is put into words when it goes out,
    # about a member's ``day``.
    Column("bubble", JSON(none_as_null=True)),
    Column("says", String(40)),
    Column("group_id", Key),
    Column("member", Integer),
    Column("day", Date),
    Column("session", String(12)),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    # Pieces of a long text the platform has taken already.
    Column("pieces_sent", Integer, nullable=False, server_default=text("0")),
    Column("heard_at", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    # Waiting: not before. Sending: the end of the lease.
    Column("due_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    Column("platform_id", PlatformId),
    Column("reason", String(300)),
    # The letter that did not arrive because her window was closed, and goes out again as this one.
    Column("instead_of", Key),
    CheckConstraint(f"state IN ({_states})", name="state"),
    CheckConstraint("(bubble IS NULL) <> (says IS NULL)", name="bubble_or_says"),
    # With the id: the letters of a broadcast are all due at one instant, and are taken in order.
    Index(
        "ix_outbox_due",
        "channel",
        "rank",
        "due_at",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_unsettled",
        "contact",
        "id",
        sqlite_where=text("state IN ('waiting', 'sending')"),
        postgresql_where=text("state IN ('waiting', 'sending')"),
    ),
    Index(None, "contact", "made_at"),
    Index(
        "ix_outbox_leased",
        "channel",
        "due_at",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "ix_outbox_platform_id",
        "platform_id",
        "contact",
        sqlite_where=text("platform_id IS NOT NULL"),
        postgresql_where=text("platform_id IS NOT NULL"),
    ),
    # A reminder is planned once for a member's day, whoever plans it and however often. The day
    # comes before the group: planning reads one day of many groups.
    Index(
        "uq_outbox_member_day",
        "kind",
        "day",
        "group_id",
        "member",
        unique=True,
        sqlite_where=text("day IS NOT NULL"),
        postgresql_where=text("day IS NOT NULL"),
    ),
)

# One bot's bucket; whoever claims letters for it holds this row meanwhile.
sender = Table(
    "sender",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("counted_at", UtcTime, nullable=False),
    Column("held_until", UtcTime),
)

# What a member saves for.
goal = Table(
    "goal",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("member", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("due_on", Date),
    Column("set_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    CheckConstraint("rupiah > 0", name="positive"),
)

# Days on which a whole group is not reminded.
group_rest = Table(
    "group_rest",
    metadata,
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("first_day", Date, primary_key=True),
    Column("last_day", Date, nullable=False),
    Column("name", String(80), nullable=False),
    CheckConstraint("first_day <= last_day", name="in_order"),
)

# When one chat may be written to again; no row: now.
chat_pace = Table(
    "chat_pace",
    metadata,
    Column("contact", Key, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("free_at", UtcTime, nullable=False),
)

# What a platform told about messages of ours, each report once; it may come before we have written
# down that the message is sent.
report = Table(
    "report",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("message", String(250), primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("reason", String(300), nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("billed", Boolean),
    Column("category", String(20), nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
)

# How many messages went out where each costs; group 0: nobody's. Kept when the letters are gone.
meter = Table(
    "meter",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("group_id", Key, primary_key=True, autoincrement=False),
    Column("kind", String(20), primary_key=True),
    Column("form", String(10), primary_key=True),
    Column("messages", Integer, nullable=False),
    Index(None, "month", "group_id"),
)
