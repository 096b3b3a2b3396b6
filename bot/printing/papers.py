"""The single papers of the six stages, each made of what the books say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.books import Books
from bot.domain.calendar import local_day
from bot.domain.people import Group
from bot.domain.surveys import FACE, FACES, Round, compare, counted
from bot.printing.pages import Bars, Block, Heading, Paper, Rows, Words
from bot.printing.words import ANSWERS, QUESTIONS, day


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
    body = newest.wording.replace("*", "")
    made = day(local_day(newest.made_at, group.zone))
    blocks: list[Block] = [
        *(
            Words(part)
            for part in body.split("\n\n")
            if not part.startswith("Kontrak pendampingan")
        ),
        Heading("Yang sudah setuju"),
        Rows(["Nama", "Setuju pada"], rows) if rows else Words("Belum ada."),
    ]
    under = f"{group.name}, {group.place}. Versi {newest.version}, {made}."
    return Paper(
        "Kontrak pendampingan",
        under,
        blocks,
        "Setiap anggota menyetujui untuk dirinya sendiri, lewat chat.",
    )


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
