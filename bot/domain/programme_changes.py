"""What conversations of the six stages can end in."""

from __future__ import annotations

from bot.domain.contracts import ContractAnswered, ContractOffered
from bot.domain.endings import (
    DataChosen,
    EndingNear,
    EndingPlanned,
    FollowUpDue,
    ProgrammeEnded,
)
from bot.domain.focus import (
    AloudAnswered,
    FocusAnswered,
    FocusAsked,
    FocusClosed,
    FocusNoted,
    FocusOpened,
    GuideChanged,
    NeedsRanked,
    NeedsShared,
    RankingAsked,
    ThemeCorrected,
    VoiceInvited,
)
from bot.domain.meeting_photos import (
    MeetingPhotoAnswered,
    MeetingPhotoKept,
    MeetingPhotoSent,
    MeetingPhotosTakenBack,
)
from bot.domain.meetings import (
    MeetingAnswered,
    MeetingCalledOff,
    MeetingHeld,
    MeetingInvited,
    MeetingMoved,
    MeetingNear,
    MeetingPlanned,
)
from bot.domain.plans import (
    PlanAnswered,
    PlanOffered,
    ProgrammeGoalSet,
    ProgrammesChosen,
    ProgrammesProposed,
    ProgrammesVoted,
    ProgressAsked,
    ProgressTold,
)
from bot.domain.sketches import SketchAnswered, SketchAsked, SketchDrawn
from bot.domain.stages import ProgrammeDay, StageMoved, StepTicked
from bot.domain.surveys import ResultShared, SurveyAnswered, SurveyAsked

__all__ = [
    "ContractAnswered",
    "ContractOffered",
    "MeetingAnswered",
    "MeetingCalledOff",
    "MeetingHeld",
    "MeetingInvited",
    "MeetingMoved",
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
    | MeetingInvited
    | MeetingMoved
    | MeetingCalledOff
    | MeetingAnswered
    | MeetingHeld
    | MeetingNear
    | MeetingPhotoSent
    | MeetingPhotoKept
    | MeetingPhotoAnswered
    | MeetingPhotosTakenBack
    | ContractOffered
    | ContractAnswered
    | SurveyAsked
    | SurveyAnswered
    | ResultShared
    | SketchAnswered
    | SketchAsked
    | SketchDrawn
    | EndingPlanned
    | EndingNear
    | ProgrammeEnded
    | DataChosen
    | FollowUpDue
    | FocusOpened
    | GuideChanged
    | FocusAsked
    | FocusAnswered
    | FocusNoted
    | VoiceInvited
    | ThemeCorrected
    | FocusClosed
    | AloudAnswered
    | RankingAsked
    | NeedsRanked
    | NeedsShared
    | ProgrammesProposed
    | ProgrammesVoted
    | ProgrammesChosen
    | ProgrammeGoalSet
    | PlanOffered
    | PlanAnswered
    | ProgressAsked
    | ProgressTold
)
