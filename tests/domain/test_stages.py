"""The rules of the six stages: what is missing, what a goal lacks, what changed, what was meant, when it is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.endings import is_follow_up, weeks_left, weeks_to_announce
from bot.domain.focus import OTHER, Said, needs_in
from bot.domain.plans import Goal, proposed, vague
from bot.domain.stages import Seen, Stage, checklist
from bot.domain.surveys import Round, Survey, compare
from handlers.focus_guide import ready_made, theme

_LAST = date(2027, 3, 22)


def test_a_stage_is_done_only_when_everybody_has_it() -> None:
    seen = Seen(members=6, meetings_held=1, agreed=5, before=6, ticks=frozenset(["permission"]))
    missing = [one.name for one in checklist(Stage.PREPARING, seen) if not one.done]
    assert missing == ["contract"]
    nobody = checklist(Stage.ASSESSING, Seen())
    assert not any(one.done for one in nobody), "an empty group has finished nothing"


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        (Goal("tiap ibu menabung", 8, date(2027, 3, 1), "", 2), []),
        (Goal("maju", 8, date(2027, 3, 1), "", 2), ["too_short"]),
        (Goal("tiap ibu menabung", 13, date(2027, 3, 1), "", 2), ["too_many"]),
        (Goal("tiap ibu menabung", 8, date(2027, 4, 1), "", 2), ["too_late"]),
        (Goal("tiap ibu menabung", 2, date(2027, 3, 1), "", 2), ["reached_already"]),
    ],
)
def test_a_goal_says_what_how_many_and_by_when(goal: Goal, wrong: list[str]) -> None:
    assert vague(goal, 12, _LAST) == wrong


def test_only_who_answered_both_times_is_compared() -> None:
    before = Survey(Round.BEFORE, {1: {"nib": "none"}, 2: {"nib": "has"}, 3: {"nib": "none"}})
    after = Survey(Round.AFTER, {1: {"nib": "has"}, 2: {"nib": "trying"}, 3: {}, 4: {"nib": "has"}})
    nib = next(one for one in compare(before, after) if one.question == "nib")
    assert (nib.people, nib.better, nib.less) == (2, 1, 1)
    assert (nib.before, nib.after) == ([1, 0, 1], [0, 1, 1])


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("Modal saya kecil, bahan sering naik", "capital"),
        ("Pembeli sepi kalau hujan", "marketing"),
        ("belum punya NIB, bingung caranya", "licence"),
        ("uang selalu habis, susah menabung", "finance"),
        ("anak masih kecil, capek", "personal"),
        ("Awalnya coba-coba di depan rumah", OTHER),
    ],
)
def test_a_theme_is_known_by_its_words(words: str, about: str) -> None:
    assert theme(words) == about


def test_needs_are_ordered_by_how_many_speak_of_them_not_how_often() -> None:
    said = [
        Said(n, 0, who, "…", "", about)
        for n, (who, about) in enumerate(
            [
                (1, "licence"),
                (1, "licence"),
                (1, "licence"),
                (2, "finance"),
                (3, "finance"),
                (4, OTHER),
            ]
        )
    ]
    assert needs_in(said) == ["finance", "licence"]
    assert proposed(["finance", "capital", "personal", "licence"]) == ["celengan", "oss"]


def test_the_guide_has_twelve_to_fifteen_questions() -> None:
    assert 12 <= len(ready_made()) <= 15
    assert all(one.endswith("?") for one in ready_made())


def test_the_end_is_told_thrice_once_each_and_late_rather_than_never() -> None:
    told: int | None = None
    heard = []
    for days in range(40, -2, -1):
        if days in range(12, 16):
            continue  # nobody looked on these days
        weeks = weeks_to_announce(_LAST, _LAST - timedelta(days=days), told)
        if weeks is not None:
            told = weeks
            heard.append((days, weeks, weeks_left(_LAST, _LAST - timedelta(days=days))))
    assert heard == [(28, 4, 4), (11, 2, 2), (7, 1, 1)]


def test_the_follow_up_is_a_matter_of_one_week_three_months_later() -> None:
    due = [days for days in range(120) if is_follow_up(_LAST, _LAST + timedelta(days=days))]
    assert due == list(range(91, 98))
