"""How a conversation is written: ``await ask(...)`` is where the other person speaks."""

from bot.talk.answers import (
    Note,
    Written,
    among,
    anything,
    day_ahead,
    day_back,
    hour,
    listing,
    member_of,
    mentions_day,
    money,
    one_of,
    optional,
    text,
    yes_or_no,
)
from bot.talk.dialogue import Dialogue, Silence, Story, Turn, ask, dialogue

__all__ = [
    "Dialogue",
    "Note",
    "Silence",
    "Story",
    "Turn",
    "Written",
    "among",
    "anything",
    "ask",
    "day_ahead",
    "day_back",
    "dialogue",
    "hour",
    "listing",
    "member_of",
    "mentions_day",
    "money",
    "one_of",
    "optional",
    "text",
    "yes_or_no",
]
