"""The tables of consultations: questions, what was said about them, and answers kept ready."""

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
    Integer,
    String,
    Table,
    Text,
    text,
)

from storage.tables import Key, UtcTime, metadata

consultation = Table(
    "consultation",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("group_id", Key, ForeignKey("savings_group.id"), nullable=False),
    Column("asker", Key, ForeignKey("person.id"), nullable=False),
    Column("topic", String(12)),
    Column("state", String(10), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    # Since when she waits for a mentor, and what was done about it meanwhile.
    Column("waits_since", UtcTime),
    Column("asked_at", UtcTime),  # since when those who are to answer now know of it
    Column("later_on", Date),
    Column("nudged_at", UtcTime),
    Column("handed_at", UtcTime),
    # Who takes care of it; a human has answered when ``answered_at`` is set.
    Column("mentor", Key, ForeignKey("person.id")),
    Column("answered_at", UtcTime),
    Column("offered", JSON, nullable=False),
    Column("good", Boolean),
    Column("remark", Text, nullable=False, server_default=text("''")),
    # How many parts there are; raised first, so that two who write at once wait for each other.
    Column("parts", Integer, nullable=False),
    CheckConstraint("state IN ('new', 'answered', 'waiting', 'done')", name="state"),
    Index(None, "group_id", "state"),
    Index(None, "asker", "last_at"),
    Index(None, "mentor", "state"),
    Index(
        "ix_consultation_waits",
        "waits_since",
        sqlite_where=text("waits_since IS NOT NULL"),
        postgresql_where=text("waits_since IS NOT NULL"),
    ),
)

part = Table(
    "consultation_part",
    metadata,
    Column("consultation", Key, ForeignKey("consultation.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("writer", Key, ForeignKey("person.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("media", String(300), nullable=False, server_default=text("''")),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("kind IN ('hers', 'answer', 'private')", name="kind"),
)

canned = Table(
    "canned_answer",
    metadata,
    Column("mentor", Key, ForeignKey("person.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", String(24), nullable=False),
    Column("words", Text, nullable=False),
)

# What was asked of the articles and what came of it: no person, no name, no digit. The words only
# where the group agreed that we learn from them, else nothing.
tried = Table(
    "tried",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("group_id", Key, ForeignKey("savings_group.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("article", String(60), nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("verdict IN ('yes', 'not_yet', 'mentor', 'none')", name="verdict"),
)

# Every version of what mentors wrote; an id of a shipped article stands instead of that one.
article = Table(
    "article_version",
    metadata,
    Column("article", String(60), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", String(24), nullable=False),
    Column("words", Text, nullable=False),
    Column("ways", JSON, nullable=False),
    Column("until", Date),
    Column("checked", Date, nullable=False),
    Column("by", Key, ForeignKey("person.id"), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("written_at", UtcTime, nullable=False),
)

# Questions a machine has been asked to draft an answer to; without ``due_at`` it is done with.
draft = Table(
    "draft",
    metadata,
    Column("consultation", Key, ForeignKey("consultation.id"), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("due_at", UtcTime),
    Index(None, "due_at"),
)
