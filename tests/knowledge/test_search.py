"""Whether the right answer is found, and whether we keep quiet where we have none."""

from __future__ import annotations

import json
from dataclasses import replace
from time import process_time

import pytest

from bot.talk.knowledge import Library, answer_line
from tests.knowledge.measuring import (
    ARTICLES,
    ELSEWHERE,
    cross_validated,
    held_out,
    measured,
    out_of_scope,
)

LIBRARY = Library(ARTICLES, ELSEWHERE)


def test_held_out_questions_find_their_answer(capsys: pytest.CaptureFixture[str]) -> None:
    ours = measured([(LIBRARY, one) for one in held_out()])
    theirs = measured([(LIBRARY, one) for one in out_of_scope()])
    with capsys.disabled():
        print(f"\nheld out:     {ours}\nout of scope: {theirs}")  # noqa: T201
    assert ours.questions >= 150
    assert theirs.questions >= 50
    assert ours.first >= 0.8
    assert ours.in_three >= 0.92
    both = [(LIBRARY, one) for one in (*held_out(), *out_of_scope())]
    assert measured(both).wrong_alone <= 0.03
    assert theirs.alone <= 0.03
    assert theirs.handed_over >= 0.7


def test_thresholds_hold_on_ways_never_seen() -> None:
    ours, theirs = cross_validated()
    assert ours.wrong_alone <= 0.02
    assert theirs.alone <= 0.05


def test_every_own_way_to_ask_is_among_the_three() -> None:
    lost = [
        (one.id, way)
        for one in ARTICLES
        for way in (one.title, *one.ways)
        if one.id not in [found.id for found in LIBRARY.find(way).answers]
    ]
    assert len(lost) <= 0.01 * sum(len(one.ways) for one in ARTICLES), lost


def test_held_out_questions_are_nobodys_way_to_ask() -> None:
    ways = {way for one in ARTICLES for way in one.ways}
    ways |= {way for theme in ELSEWHERE.values() for way in theme}
    assert not ways & {one.words for one in (*held_out(), *out_of_scope())} - {"bitcoin"}


def test_a_question_is_answered_in_a_moment() -> None:
    questions = [one.words for one in held_out()]
    begun = process_time()
    for one in questions:
        LIBRARY.find(one)
    assert (process_time() - begun) / len(questions) < 0.005


@pytest.mark.parametrize("words", ["", "   ", "???", "🙏🙏", "bu", "a" * 5_000, "\x00", "12345"])
def test_nothing_is_found_in_nothing(words: str) -> None:
    found = LIBRARY.find(words)
    assert not found.alone


def test_saving_in_all_its_forms_is_one_word() -> None:
    firsts = {
        LIBRARY.find(f"gimana mulai {word}").answers[0].id
        for word in ("nabung", "menabung", "tabungan", "nyelengi", "NABUNG")
    }
    assert firsts == {"mulai-menabung"}


def test_an_article_of_a_mentor_is_found_at_once() -> None:
    new = replace(ARTICLES[0], id="baru", title="Kandang jangkrik", ways=("ternak jangkrik",))
    found = Library([*ARTICLES, new], ELSEWHERE).find("cara ternak jangkrik gimana")
    assert found.answers[0].id == "baru"


def test_a_line_of_json_has_what_programs_rely_on() -> None:
    row = json.loads(answer_line(LIBRARY, "cara bikin nib di hp", as_json=True))
    assert row["question"] == "cara bikin nib di hp"
    assert isinstance(row["alone"], bool)
    assert row["answers"][0].keys() == {"id", "title", "tags", "text", "score"}
    assert row["answers"][0]["id"] == "nib-cara"
    nothing = json.loads(answer_line(LIBRARY, "cuaca besok gimana", as_json=True))
    assert nothing == {"question": "cuaca besok gimana", "alone": False, "answers": []}


def test_lines_to_read_name_the_mentor_where_there_is_no_answer() -> None:
    assert "nib-cara: Cara membuat NIB" in answer_line(LIBRARY, "cara bikin nib", as_json=False)
    nothing = answer_line(LIBRARY, "cuaca besok gimana", as_json=False)
    assert nothing == "cuaca besok gimana\n  -> pendamping"
