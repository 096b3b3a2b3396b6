"""The table of saving buddies."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    String,
    Table,
    text,
)

from storage.tables import Key, UtcTime, metadata

_OPEN = text("state <> 'ended'")

# Who hears whether a member kept at it. Whoever has ended it is forgotten here.
buddy = Table(
    "buddy",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("group_id", Key, nullable=False),
    Column("member", Integer, nullable=False),
    Column("person", Key, ForeignKey("person.id"), index=True),
    # Of a link, until it is opened.
    Column("code", String(16), unique=True),
    Column("amounts", Boolean, nullable=False),
    Column("state", String(6), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("since", UtcTime),
    Column("ended_at", UtcTime),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    CheckConstraint("state IN ('asked', 'on', 'ended')", name="state"),
    CheckConstraint("state <> 'on' OR person IS NOT NULL", name="somebody"),
    # One at a time.
    Index(
        "uq_buddy_open",
        "group_id",
        "member",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
)
