"""What happens about habits: hers, her goal, and her group's days of rest and quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.habits import Goal, Quiet
from bot.domain.people import Group, Member


@dataclass(frozen=True, slots=True)
class HabitChanged:
    """A member's rhythm, rest and hours as they are from now on."""

    member: Member


@dataclass(frozen=True, slots=True)
class RemindersOff:
    """A member wants no reminders, in Ramadan neither, until she names an hour again."""

    member: Member


@dataclass(frozen=True, slots=True)
class GoalSet:
    """What she saves for from now on."""

    member: Member
    goal: Goal


@dataclass(frozen=True, slots=True)
class GroupRestSet:
    """A mentor lets the whole group rest from ``first`` to ``last``."""

    group: Group
    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class GroupRestEnded:
    """A mentor takes the rest that begins on ``first`` off her group's list."""

    group: Group
    first: date


@dataclass(frozen=True, slots=True)
class QuietSet:
    """A mentor sets her group's quiet hours."""

    group: Group
    quiet: Quiet


HabitChange = HabitChanged | RemindersOff | GoalSet | GroupRestSet | GroupRestEnded | QuietSet
