"""What platforms tell about messages of ours and about people, of their own accord."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Report(StrEnum):
    """What a platform tells later about a message it took."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Told:
    """One report: on which message of ours, what became of it, and why it did not arrive.

    ``closed``: only because her window was closed; ``gone``: she cannot be written to; ``billed``
    is the platform's own word on whether it costs (None: it says nothing).
    """

    channel: str
    message: str
    what: Report
    at: datetime
    reason: str = ""
    closed: bool = False
    gone: bool = False
    billed: bool | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody has a new address on a channel; the platform itself says it is she."""

    channel: str
    id: str
    old: str
    new: str


#: Take in what a platform tells about a message of ours, or about somebody. Raises Unavailable.
Note = Callable[[Told | Moved], Awaitable[None]]
