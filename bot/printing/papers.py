"""The single papers of the six stages, each made of what the books say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.books import Books
from bot.domain.calendar import local_day
from bot.domain.focus import Focus
from bot.domain.indicators import WEEKS, measured
from bot.domain.meetings import Attendance, Meeting
from bot.domain.people import Group, Member
from bot.domain.surveys import FACE, FACES, Round, compare, counted
from bot.printing.pages import Bars, Block, Heading, Paper, Rows, Words
from bot.printing.words import ANSWERS, INDICATORS, NEEDS, QUESTIONS, day

#: What the screens of a contract are about, in their order.
_CHAPTERS = (
    "Para pihak, tujuan, dan waktu",
    "Peran dan kerahasiaan",
    "Catatan, aturan, dan cara selesai",
)
_EACH_HERSELF = "Setiap anggota menyetujui untuk dirinya sendiri, lewat chat."


def contract(books: Books, group: Group) -> Paper:
    """The newest version, and who agreed to it when; nobody's refusal is shown to the others."""
    newest = books.contract(group.id)
    if newest is None:
        raise LookupError("there is no contract")
    rows = [
        [one.called, day(local_day(newest.answers[one.number].at, group.zone))]
        for one in books.members(group.id)
        if newest.agreed_by(one.number)
    ]
    made = day(local_day(newest.made_at, group.zone))
    blocks = [
        *_clauses(newest.wording),
        Heading("Yang sudah setuju"),
        Rows(["Nama", "Setuju pada"], rows) if rows else Words("Belum ada."),
    ]
    under = f"{group.name}, {group.place}. Versi {newest.version}, {made}."
    return Paper("Kontrak pendampingan", under, blocks, _EACH_HERSELF)


def contract_draft(group: Group, version: int, wording: str) -> Paper:
    """A version to read before anybody has agreed to it."""
    under = f"{group.name}, {group.place}. Versi {version}, untuk dibaca sebelum setuju."
    note = Words("Jawabannya lewat chat: setuju, tanya dulu, atau tidak dulu.")
    return Paper("Rancangan kontrak pendampingan", under, [*_clauses(wording), note], _EACH_HERSELF)


def _clauses(wording: str) -> list[Block]:
    """The words as they stood in chat; where a screen began there stands what it is about."""
    chapters = iter(_CHAPTERS)
    return [
        Heading(next(chapters, ""), small=True)
        if part.startswith("Kontrak pendampingan")
        else Words(part)
        for part in wording.replace("*", "").split("\n\n")
    ]


def needs(books: Books, group: Group) -> Paper:
    """The needs as the members ranked them."""
    found = books.focus(group.id)
    if found is None:
        raise LookupError("nothing was ranked")
    under = f"{group.name}, {group.place}"
    return Paper("Urutan kebutuhan kita", under, [ranking(found)])


def ranking(found: Focus) -> Bars:
    """The votes each need was given, most first."""
    rows = [(NEEDS[need], (votes,)) for need, votes in found.ranking()]
    return Bars(
        f"Suara ({len(found.votes)} orang, masing-masing tiga)",
        rows,
        most=max((votes for _, votes in found.ranking()), default=1),
    )


def plan(books: Books, group: Group) -> Paper:
    """The goals of each programme, and the meetings there are to be."""
    answers = books.plan_answers(group.id)
    agreed = sum(one.agrees for one in answers.values())
    under = f"{group.name}, {group.place}. Disetujui {agreed} dari {len(books.members(group.id))} anggota."
    return Paper("Rencana bersama", under, [*goals(books, group), *calendar(books, group)])


def goals(
    books: Books, group: Group, called: Callable[[Member], str] | None = None
) -> Sequence[Block]:
    """Each chosen programme with what, how many, by when, and who looks after it, named as ``called``."""
    named = called or (lambda member: member.called)
    blocks: list[Block] = []
    for one in (each for each in books.programmes(group.id) if each.chosen and each.goal):
        goal = one.goal
        if goal is None:
            continue
        who = (
            named(books.member(group.id, goal.responsible)) if goal.responsible else "semua bersama"
        )
        rows = [
            ["Tujuan", goal.what],
            ["Berapa orang", f"dari {goal.baseline} menjadi {goal.people} orang"],
            ["Sampai", day(goal.by)],
            ["Dilihat dari", goal.indicator],
            ["Yang menjaga", who],
        ]
        blocks += [Heading(one.name, small=True), Rows(["", ""], rows, wide=1)]
    return blocks


def calendar(books: Books, group: Group) -> Sequence[Block]:
    """Every meeting with its day and place, and how many were there."""
    rows = [
        [day(one.day), one.at.strftime("%H.%M"), one.topic, one.place, _attended(one)]
        for one in books.meetings(group.id)
    ]
    head = ["Tanggal", "Pukul", "Kegiatan", "Tempat", "Hadir"]
    return [Heading("Jadwal kegiatan", small=True), Rows(head, rows, wide=2)] if rows else []


def _attended(one: Meeting) -> str:
    return str(one.those(Attendance.PRESENT)) if one.held else "–"


def evaluation(books: Books, group: Group) -> Paper:
    """What changed for those who answered both times, and how it was."""
    count = len(books.survey(group.id, Round.AFTER).answers)
    of = len(books.members(group.id))
    under = f"{group.name}. Menjawab {count} dari {of} anggota."
    return Paper("Hasil kita bersama", under, changes(books, group))


def changes(books: Books, group: Group) -> Sequence[Block]:
    """Before and after as numbers of people; nothing is concluded from so few."""
    before, after = (books.survey(group.id, one) for one in (Round.BEFORE, Round.AFTER))
    blocks: list[Block] = []
    for one in compare(before, after):
        if one.people and one.question != "years":
            rows = [
                (ANSWERS[option], (was, now))
                for option, was, now in zip(one.options, one.before, one.after, strict=True)
            ]
            title = f"{QUESTIONS[one.question]} ({one.people} orang)"
            blocks.append(Bars(title, rows, ("sebelum", "sesudah"), one.people))
    blocks += seen_by_the_books(books, group)
    faces = counted(after, FACE, FACES)
    if sum(faces):
        rows_ = [(ANSWERS[name], (number,)) for name, number in zip(FACES, faces, strict=True)]
        blocks.append(Bars(f"{QUESTIONS[FACE]} ({sum(faces)} orang)", rows_[::-1], most=sum(faces)))
    blocks.append(
        Words(
            "Angka di atas jumlah orang yang menjawab kedua kalinya. Kelompok kecil tidak mewakili semua orang."
        )
    )
    return blocks


def seen_by_the_books(books: Books, group: Group) -> Sequence[Block]:
    """What was measured of those who answered both times; nothing when nobody did."""
    before, after = (books.survey(group.id, one) for one in (Round.BEFORE, Round.AFTER))
    found = measured(books.signs(group), before, after)
    people = found[0].people
    if not people:
        return []
    rows = [(INDICATORS[one.indicator], (one.before, one.after)) for one in found]
    note = (
        f"Dari catatan Pendamping pada hari masing-masing menjawab. Menabung tiap minggu:"
        f" ada setoran di setiap minggu selama {WEEKS} minggu."
    )
    title = f"Yang tercatat sendiri ({people} orang)"
    return [Bars(title, rows, ("sebelum", "sesudah"), people), Words(note)]
