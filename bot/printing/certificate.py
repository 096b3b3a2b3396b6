"""A member's certificate: her name, the programme, and what she did, without amounts of money."""

from __future__ import annotations

from bot.domain.books import Books
from bot.domain.calendar import local_day
from bot.domain.meetings import Attendance
from bot.domain.people import Group, Member
from bot.domain.plans import Step
from bot.domain.surveys import Round
from bot.printing.pages import Paper, Words
from bot.printing.words import day


def certificate(books: Books, group: Group, member: Member) -> Paper:
    """One landscape page."""
    found = books.ending(group.id)
    if found is None or found.ended_at is None:
        raise LookupError("the programme has not ended")
    mentor = books.mentors(group.id)[0]
    done = [f"• {one}" for one in _achieved(books, group, member)]
    ended = day(local_day(found.ended_at, group.zone))
    blocks = [
        Words("diberikan kepada"),
        Words(member.called, kind="name"),
        Words(f"yang telah mengikuti pendampingan kelompok {group.name} sampai selesai."),
        Words("\n".join(done) or "• Ikut berjalan bersama kelompok"),
        Words(f"{group.place}, {ended}\n{mentor.called}, pendamping"),
    ]
    return Paper("Piagam", f"Kelompok {group.name}, {group.place}", blocks, landscape=True)


def _achieved(books: Books, group: Group, member: Member) -> list[str]:
    """What the books and she herself say; nothing that she has not."""
    held = [one for one in books.meetings(group.id) if one.held]
    present = sum(one.attended.get(member.number) is Attendance.PRESENT for one in held)
    moves = books.moves(group.id)
    achieved = []
    if present:
        achieved.append(f"Hadir dalam {present} dari {len(held)} pertemuan")
    if moves:
        first = local_day(moves[0].at, group.zone)
        last = local_day(moves[-1].at, group.zone)
        if days := books.days_saved(member, first, last):
            achieved.append(f"Menabung bersama pada {days} hari")
    names = {one.number: one.name for one in books.programmes(group.id)}
    achieved += [
        f"Menyelesaikan {names[one.programme]}"
        for one in books.progress(group.id)
        if one.member == member.number and one.step is Step.DONE
    ]
    if books.survey(group.id, Round.AFTER).answers.get(member.number, {}).get("nib") == "has":
        achieved.append("Usahanya memiliki NIB")
    return achieved
