"""The fourth stage on paper: the plan against what happened, and who was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bot.domain.books import Books
from bot.domain.meetings import Attendance
from bot.domain.people import Group, Member
from bot.domain.plans import Step
from bot.printing.pages import Block, Heading, Paper, Rows, Words
from bot.printing.papers import calendar
from bot.printing.words import STEPS

#: How a member is named.
Called = Callable[[Member], str]


def doing(books: Books, group: Group) -> Paper:
    """For the mentor: where each is, what is in her way in her own words, and who came."""
    blocks = [
        *against_plan(books, group, _named),
        *_in_the_way(books, group),
        *calendar(books, group),
        *attendance(books, group, _named),
    ]
    under = f"{group.name}, {group.place}. Hanya untuk pendamping."
    return Paper("Pelaksanaan program", under, blocks)


def _named(member: Member) -> str:
    return member.called


def against_plan(books: Books, group: Group, called: Called) -> Sequence[Block]:
    """The plan against what happened, by programme, then the step each member reached."""
    chosen = [one for one in books.programmes(group.id) if one.chosen]
    told = {(one.programme, one.member): one for one in books.progress(group.id)}
    if not chosen or not told:
        return [Words("Kemajuan tiap anggota tidak diceritakan.")]
    done = Counter(number for (number, _), one in told.items() if one.step is Step.DONE)
    rows = [
        [one.name, str(one.goal.people) if one.goal else "–", str(done[one.number])]
        for one in chosen
    ]
    steps = [
        [
            called(member),
            *(
                STEPS[found.step] if (found := told.get((one.number, member.number))) else "–"
                for one in chosen
            ),
        ]
        for member in books.members(group.id)
    ]
    return [
        Heading("Rencana dan kenyataan", small=True),
        Rows(["Program", "Tujuan (orang)", "Selesai (orang)"], rows),
        Rows(["Anggota", *(one.name for one in chosen)], steps),
    ]


def _in_the_way(books: Books, group: Group) -> Sequence[Block]:
    obstacles = {one.member: one.obstacle for one in books.progress(group.id) if one.obstacle}
    rows = [
        [one.called, f"“{obstacles[one.number]}”"]
        for one in books.members(group.id)
        if one.number in obstacles
    ]
    if not rows:
        return []
    return [Heading("Hambatan", small=True), Rows(["Anggota", "Katanya"], rows, wide=1)]


def attendance(books: Books, group: Group, called: Called) -> Sequence[Block]:
    """How often each was there, excused or away."""
    held = [one for one in books.meetings(group.id) if one.held]
    if not held:
        return []
    rows = [
        [
            called(one),
            *(
                str(sum(each.attended.get(one.number) is what for each in held))
                for what in Attendance
            ),
        ]
        for one in books.members(group.id)
    ]
    head = ["Anggota", "Hadir", "Izin", "Tidak hadir"]
    return [Heading("Kehadiran tiap anggota", small=True), Rows(head, rows)]
