"""The tables of a mentor's broadcasts; the letters themselves lie in the outbox."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    text,
)

from storage.tables import Key, UtcTime, metadata

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("mentor", Key, ForeignKey("person.id"), nullable=False, index=True),
    Column("form", String(10), nullable=False),
    Column("words", Text, nullable=False),
    Column("media", String(300), nullable=False),
    Column("piece", String(60), nullable=False),
    # A poll's choices, until when they are counted, and when that was done.
    Column("choices", JSON, nullable=False),
    Column("closes_at", UtcTime),
    Column("closed_at", UtcTime),
    # The poll whose votes this one tells.
    Column("outcome_of", Key, ForeignKey("broadcast.id")),
    # No group: every group she leads when it begins.
    Column("group_id", Key, ForeignKey("savings_group.id")),
    Column("who", String(10), nullable=False),
    Column("business", String(80), nullable=False),
    # A day and an hour on each group's own clock; none: at once.
    Column("day", Date),
    Column("clock", Time),
    Column("weekly", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("paused", Boolean, nullable=False, server_default=text("false")),
    Column("made_at", UtcTime, nullable=False),
    Column("begun_at", UtcTime),
    Column("resent_at", UtcTime),
    CheckConstraint("state IN ('planned', 'running', 'done', 'cancelled')", name="state"),
    CheckConstraint("(day IS NULL) = (clock IS NULL)", name="day_and_clock"),
    Index(
        "ix_broadcast_open",
        "state",
        sqlite_where=text("state IN ('planned', 'running')"),
        postgresql_where=text("state IN ('planned', 'running')"),
    ),
)

# The groups a broadcast is for, from its beginning on, and the tip each hears by it.
broadcast_group = Table(
    "broadcast_group",
    metadata,
    Column("broadcast", Key, ForeignKey("broadcast.id"), primary_key=True),
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("planned_at", UtcTime),
    Column("tip", String(60)),
    Index(
        "ix_broadcast_group_unplanned",
        "broadcast",
        "group_id",
        sqlite_where=text("planned_at IS NULL"),
        postgresql_where=text("planned_at IS NULL"),
    ),
    # A group hears no tip of the library twice.
    Index(
        "uq_broadcast_group_tip",
        "group_id",
        "tip",
        unique=True,
        sqlite_where=text("tip IS NOT NULL"),
        postgresql_where=text("tip IS NOT NULL"),
    ),
)

# Whom a broadcast is sent to: a person once, however many groups she is in.
recipient = Table(
    "recipient",
    metadata,
    Column("broadcast", Key, ForeignKey("broadcast.id"), primary_key=True),
    Column("person", Key, ForeignKey("person.id"), primary_key=True),
    Column("group_id", Key, ForeignKey("savings_group.id"), nullable=False),
    Column("contact", Key, ForeignKey("contact.id"), nullable=False),
    Column("answered_at", UtcTime),
    Index(None, "broadcast", "group_id"),
)

vote = Table(
    "vote",
    metadata,
    Column("broadcast", Key, ForeignKey("broadcast.id"), primary_key=True),
    Column("person", Key, ForeignKey("person.id"), primary_key=True),
    Column("choice", SmallInteger, nullable=False),
    Column("voted_at", UtcTime, nullable=False),
)
