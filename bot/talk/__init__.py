"""How a conversation is written: ``await ask(...)`` is where the other person speaks."""

from bot.talk.answers import (
    Note,
    among,
    anything,
    day_ahead,
    day_back,
    hour,
    member_of,
    money,
    name,
    one_of,
    optional,
    photo,
    text,
    yes_or_no,
)
from bot.talk.dialogue import Dialogue, Instead, Silence, Story, Turn, ask, dialogue
from bot.talk.listings import Written, listing
from bot.talk.understand import mentions_day

__all__ = [
    "Dialogue",
    "Instead",
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
    "name",
    "one_of",
    "optional",
    "photo",
    "text",
    "yes_or_no",
]
