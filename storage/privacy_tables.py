"""The tables about looking after people's data: who looked, and which chats are being joined."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Identity, Index, String, Table, Text

from storage.tables import Key, UtcTime, metadata

#: Who looked at whose data or was given it, and why. ``by`` is a name where it was the operator.
look = Table(
    "look",
    metadata,
    Column("id", Key, Identity(always=False), primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("looker", Key, ForeignKey("person.id")),
    Column("by", String(80), nullable=False),
    Column("what", String(40), nullable=False),
    Column("why", String(200), nullable=False),
    Column("person", Key, ForeignKey("person.id"), index=True),
    Column("group_id", Key, ForeignKey("savings_group.id")),
)

#: A code shown in one chat and to be typed in another, as a hash; the newest of a person counts.
link_code = Table(
    "link_code",
    metadata,
    Column("person", Key, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("code_hash", String(64), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index(None, "code_hash"),
)

#: A chat that several women share: who of them is writing, and what came before we knew.
shared_chat = Table(
    "shared_chat",
    metadata,
    Column("contact", Key, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("speaker", Key),
    Column("until", UtcTime),
    Column("words", Text, nullable=False),
    Column("media", String(300), nullable=False),
)
