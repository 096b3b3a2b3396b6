"""The tables of guides: who is at which step, who sat together over one, and the official list."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from storage.tables import Key, UtcTime, metadata

# A guide somebody is in. It is the person's, not the member's: her NIB is one, whatever group she
# is in and whichever phone she comes back on.
guide_walk = Table(
    "guide_walk",
    metadata,
    Column("person", Key, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("guide", String(20), primary_key=True),
    Column("begun_at", UtcTime, nullable=False),
    Column("moved_at", UtcTime, nullable=False),
    Column("ended", Boolean, nullable=False, server_default=text("false")),
    Column("paused", Boolean, nullable=False, server_default=text("false")),
    Index(None, "moved_at"),
)

# How it stands with each step, by the step's own id: the order of a guide is not kept here.
guide_step = Table(
    "guide_step",
    metadata,
    Column("person", Key, primary_key=True, autoincrement=False),
    Column("guide", String(20), primary_key=True),
    Column("step", String(20), primary_key=True),
    Column("state", String(6), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("given", Text, nullable=False, server_default=text("''")),
    Column("media", Text, nullable=False, server_default=text("''")),
    ForeignKeyConstraint(["person", "guide"], ["guide_walk.person", "guide_walk.guide"]),
    CheckConstraint("state IN ('done', 'stuck', 'later')", name="state"),
)

# A mentor sat with several over a guide.
guide_session = Table(
    "guide_session",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("group_id", Key, ForeignKey("savings_group.id"), nullable=False),
    Column("guide", String(20), nullable=False),
    Column("day", Date, nullable=False),
    Column("by", Key, ForeignKey("person.id"), nullable=False),
    Column("held_at", UtcTime, nullable=False),
    Index(None, "group_id", "day"),
)

guide_present = Table(
    "guide_present",
    metadata,
    Column("session", Key, ForeignKey("guide_session.id"), primary_key=True, autoincrement=False),
    Column("group_id", Key, nullable=False),
    Column("member", Integer, primary_key=True, autoincrement=False),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
)

# The official list of kinds of business, as the operator loaded it.
kbli_code = Table(
    "kbli_code",
    metadata,
    Column("code", String(5), primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("loaded_at", UtcTime, nullable=False),
)
