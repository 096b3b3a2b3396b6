"""What conversations of the six stages can end in."""

from __future__ import annotations

from bot.domain.contracts import ContractAnswered, ContractOffered
from bot.domain.meetings import MeetingAnswered, MeetingHeld, MeetingNear, MeetingPlanned
from bot.domain.stages import ProgrammeDay, StageMoved, StepTicked
from bot.domain.surveys import ResultShared, SurveyAnswered, SurveyAsked

__all__ = [
    "ContractAnswered",
    "ContractOffered",
    "MeetingAnswered",
    "MeetingHeld",
    "MeetingNear",
    "MeetingPlanned",
    "ProgrammeChange",
    "ProgrammeDay",
    "ResultShared",
    "StageMoved",
    "StepTicked",
    "SurveyAnswered",
    "SurveyAsked",
]

ProgrammeChange = (
    StageMoved
    | StepTicked
    | ProgrammeDay
    | MeetingPlanned
    | MeetingAnswered
    | MeetingHeld
    | MeetingNear
    | ContractOffered
    | ContractAnswered
    | SurveyAsked
    | SurveyAnswered
    | ResultShared
)
