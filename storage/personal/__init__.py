"""Every table that says anything about a person: what of it she is given, and what becomes of it.

A test walks all tables and fails when one that points at a person, her chat or her place in a group
is not here, or points at people in a way that is neither handed out nor given a reason.
"""

from __future__ import annotations

from storage.personal.kept import Erased, Kept, Target, points_at
from storage.personal.letters import LETTERS
from storage.personal.money import MONEY
from storage.personal.people import PEOPLE
from storage.personal.stages import STAGES
from storage.personal.standing import STANDING
from storage.personal.talks import TALKS
from storage.personal.work import WORK

#: In the order she reads them, and in which they are erased.
EVERYTHING: tuple[Kept, ...] = (*PEOPLE, *MONEY, *WORK, *TALKS, *LETTERS, *STANDING, *STAGES)

__all__ = ["EVERYTHING", "Erased", "Kept", "Target", "points_at"]
