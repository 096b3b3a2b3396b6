"""What the final report says of the time after the end."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.endings import EndingPlanned, ProgrammeEnded, Reason
from bot.domain.surveys import Round, SurveyAnswered
from bot.printing.final import Source, final_report
from bot.printing.pages import Bars
from storage.journal import read_journal
from tests.storage.conftest import DAY, Kept


def test_what_they_answered_three_months_later_is_counted(kept: Kept) -> None:
    with kept.store.transaction() as books:
        mentor = books.mentors(kept.group.id)[0]
        last = DAY + timedelta(days=1)
        books.record(EndingPlanned(kept.group, last, Reason.TIME_OVER, mentor))
        books.record(ProgrammeEnded(kept.group, mentor))
        answers = {kept.sari: "weekly", kept.ani: "weekly", kept.rina: "daily"}
        for member, saves in answers.items():
            books.record(SurveyAnswered(member, Round.LATER, {"still_saves": saves}))
        journal = read_journal(books.db, kept.group.id)
        paper = final_report(Source(books, books.group(kept.group.id), journal, names=False))
    (chart,) = [block for block in paper.blocks if isinstance(block, Bars)]
    assert chart.title == "Menyisihkan uang, tiga bulan sesudahnya (3 orang)"
    assert [(label, *counts) for label, counts in chart.rows if any(counts)] == [
        ("tiap minggu", 2),
        ("tiap hari", 1),
    ]
