"""The table of pictures members sent, made safe, kept for a while (docs/privacy.md)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Identity, Index, LargeBinary, Table

from storage.tables import Key, UtcTime, metadata

photo = Table(
    "photo",
    metadata,
    Column("id", Key, Identity(), primary_key=True),
    Column("person", Key, ForeignKey("person.id"), nullable=False),
    Column("jpeg", LargeBinary, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Index(None, "person", "id"),
    Index(None, "made_at"),
)
