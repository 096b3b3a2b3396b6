"""What can happen about people's data: handed out, erased, looked at, carried to another chat."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Group, Member, Person


@dataclass(frozen=True, slots=True)
class DataHandedOut:
    """She asked what is kept about her, and was given it."""

    person: Person


@dataclass(frozen=True, slots=True)
class ErasureAgreed:
    """She said yes to being forgotten; nothing of hers waits any more."""

    person: Person


@dataclass(frozen=True, slots=True)
class DataErased:
    """She is forgotten; ``stranger`` is who now stands behind her chat, to be told so and forgotten too."""

    stranger: Person


@dataclass(frozen=True, slots=True)
class GroupPassed:
    """A mentor gave a group she leads to another mentor, who said yes."""

    group: Group
    by: Person
    to: Person


@dataclass(frozen=True, slots=True)
class GroupOffered:
    """A mentor asks another to lead a group from now on."""

    group: Group
    by: Person
    to: Person


@dataclass(frozen=True, slots=True)
class GroupDeclined:
    """The other mentor would rather not."""

    group: Group
    by: Person
    to: Person


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """She wants to write from another chat too: a code is to be made."""

    person: Person


@dataclass(frozen=True, slots=True)
class ChatLinked:
    """The code of ``person`` was typed in the chat of ``other``, which is hers from now on.

    ``wording`` is what she said yes to: that we may write to her there, too.
    """

    person: Person
    other: Person
    code: str
    wording: str


@dataclass(frozen=True, slots=True)
class PhoneLost:
    """A mentor says that a member's old chats are hers no longer: she will come from a new number."""

    member: Member
    by: Person


@dataclass(frozen=True, slots=True)
class PhoneShared:
    """Another woman uses the phone of ``person``; ``other`` is she, once she is known by a number."""

    person: Person
    group: Group
    other: Person | None = None


@dataclass(frozen=True, slots=True)
class BreachTold:
    """The operator tells somebody what happened to her data."""

    person: Person
    words: str


PrivacyChange = (
    DataHandedOut
    | ErasureAgreed
    | DataErased
    | GroupPassed
    | GroupOffered
    | GroupDeclined
    | LinkAsked
    | ChatLinked
    | PhoneLost
    | PhoneShared
    | BreachTold
)
