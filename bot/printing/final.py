"""The final report, chapter by chapter in the order of the six stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.books import Books
from bot.domain.calendar import local_day
from bot.domain.focus import THEMES
from bot.domain.journal import Journal
from bot.domain.ledger import EntryKind
from bot.domain.money import Money
from bot.domain.people import Group, Member
from bot.domain.privacy import unnamed
from bot.domain.surveys import BASELINE, IN_WORDS, LATER, QUOTE, Round, Survey, counted
from bot.pictures.opening import as_jpeg, open_picture
from bot.printing.doing import against_plan, attendance
from bot.printing.pages import Bars, Block, Heading, Paper, Photos, Rows, Words
from bot.printing.papers import calendar, changes, goals, ranking
from bot.printing.words import ANSWERS, NEEDS, QUESTIONS, REASONS, STAGES, day, rupiah

#: Quotes of a chapter at most.
_MOST_QUOTES = 8

#: Pixels of a photo's longer side.
_PHOTO = 900


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made of; without ``names`` members are numbered instead.

    ``jpeg`` gives a photo of a meeting by its number while it is kept.
    """

    books: Books
    group: Group
    journal: Journal
    names: bool
    jpeg: Callable[[int], bytes | None] = lambda _: None

    @property
    def members(self) -> Sequence[Member]:
        """The members, by number."""
        return self.books.members(self.group.id)

    def called(self, member: Member) -> str:
        """How a member is named in this report."""
        return member.called if self.names else f"Anggota {member.number}"

    def quoted(self, words: str) -> Words:
        """Her own words, with nobody's name in them."""
        return Words(f"“{unnamed(words, [one.person.name for one in self.members])}”", quote=True)


def final_report(source: Source) -> Paper:
    """All six stages; what was not done is said to be so."""
    group = source.group
    chapters = (_summary, _preparing, _assessing, _planning, _doing, _evaluating, _ending)
    blocks: list[Block] = [block for chapter in chapters for block in chapter(source)]
    named = "" if source.names else " Nama anggota disamarkan."
    foot = f"Laporan akhir kelompok {group.name}.{named}"
    return Paper(
        "Laporan akhir pendampingan", f"Kelompok {group.name}, {group.place}", blocks, foot
    )


def _summary(source: Source) -> Sequence[Block]:
    books, group = source.books, source.group
    moves, meetings = books.moves(group.id), [one for one in books.meetings(group.id) if one.held]
    ending = books.ending(group.id)
    rows = [
        ["Kelompok", f"{group.name}, {group.place}"],
        ["Pendamping", " dan ".join(one.called for one in books.mentors(group.id))],
        ["Anggota", f"{len(source.members)} orang"],
        ["Pertemuan terlaksana", str(len(meetings))],
    ]
    if moves:
        rows.append(["Dimulai", day(local_day(moves[0].at, group.zone))])
    if ending and ending.ended_at:
        rows.append(["Selesai", day(local_day(ending.ended_at, group.zone))])
    steps = [
        [STAGES[int(one.stage)], day(local_day(one.at, group.zone)), one.by.called] for one in moves
    ]
    blocks: list[Block] = [Rows(["", ""], rows, wide=1)]
    erased = sum(not keeps for keeps in ending.choices.values()) if ending else 0
    if erased:
        blocks.append(
            Words(
                f"Jawaban dan cerita {erased} anggota dihapus atas permintaannya, jadi tidak dihitung di sini."
            )
        )
    if steps:
        blocks += [Heading("Perjalanan tahap", small=True), Rows(["Tahap", "Sejak", "Oleh"], steps)]
    return blocks


def _preparing(source: Source) -> Sequence[Block]:
    books, group = source.books, source.group
    rows = [[source.called(one), one.business or "–"] for one in source.members]
    blocks: list[Block] = [Heading(f"1. {STAGES[1]}"), Rows(["Anggota", "Usaha"], rows, wide=1)]
    contract = books.contract(group.id)
    if contract is None:
        blocks.append(Words("Kontrak pendampingan tidak dibuat."))
    else:
        agreed = sum(contract.agreed_by(one.number) for one in source.members)
        blocks += [
            Heading("Kontrak pendampingan", small=True),
            Words(
                f"Versi {contract.version} disetujui {agreed} dari {len(source.members)} anggota,"
                f" masing-masing untuk dirinya. Tujuan: {contract.terms.purpose}"
            ),
        ]
    before = books.survey(group.id, Round.BEFORE)
    if before.answers:
        blocks.append(Heading(f"Data awal dari {len(before.answers)} anggota", small=True))
    return [*blocks, *_charts(before, BASELINE)]


def _charts(survey: Survey, asked: Mapping[str, Sequence[str]]) -> Sequence[Block]:
    """How many gave which answer, a chart for each question anybody answered."""
    charts = []
    for question, options in asked.items():
        numbers = counted(survey, question, options)
        if sum(numbers):
            bars = [(ANSWERS[one], (count,)) for one, count in zip(options, numbers, strict=True)]
            title = f"{QUESTIONS[question]} ({sum(numbers)} orang)"
            charts.append(Bars(title, bars, most=sum(numbers)))
    return charts


def _assessing(source: Source) -> Sequence[Block]:
    blocks: list[Block] = [Heading(f"2. {STAGES[2]}")]
    focus = source.books.focus(source.group.id)
    if focus is None:
        return [*blocks, Words("Diskusi kelompok tidak dilakukan.")]
    said = source.books.said_in(focus)
    spoke, how = (
        len({one.member for one in said}),
        "lewat chat" if focus.in_chat else "bertemu langsung",
    )
    blocks.append(
        Words(
            f"Diskusi kelompok (FGD) dilakukan {how} dengan panduan {len(focus.guide)} pertanyaan."
            f" {spoke} dari {len(source.members)} anggota berbicara, {len(said)} jawaban tercatat."
        )
    )
    themes = Counter(one.theme for one in said)
    rows = [(NEEDS[one], (themes[one],)) for one in THEMES if themes[one]]
    if rows:
        blocks.append(Bars("Pokok pembicaraan", rows, most=max(themes.values())))
    quotes = [source.quoted(one.words) for one in said if one.may and one.words][:_MOST_QUOTES]
    if quotes:
        blocks += [Heading("Kata anggota, dikutip dengan izin", small=True), *quotes]
    if focus.votes:
        blocks += [Heading("Kebutuhan menurut anggota sendiri", small=True), ranking(focus)]
    return blocks


def _planning(source: Source) -> Sequence[Block]:
    books, group = source.books, source.group
    programmes = books.programmes(group.id)
    if not programmes:
        return [Heading(f"3. {STAGES[3]}"), Words("Program tidak dipilih.")]
    rows = [
        [
            one.name,
            f"{sum(one.votes.values())} dari {len(one.votes)}",
            "ya" if one.chosen else "tidak",
        ]
        for one in programmes
    ]
    agreed = sum(one.agrees for one in books.plan_answers(group.id).values())
    return [
        Heading(f"3. {STAGES[3]}"),
        Rows(["Program yang diusulkan", "Mau ikut", "Dipilih"], rows),
        Words(f"Rencana disetujui {agreed} dari {len(source.members)} anggota."),
        *goals(books, group, source.called),
    ]


def _doing(source: Source) -> Sequence[Block]:
    books, group = source.books, source.group
    notes = [
        Words(f"{day(one.day)}, {one.topic}: {_unnamed(source, one.notes)}")
        for one in books.meetings(group.id)
        if one.held and one.notes
    ]
    noted: list[Block] = [Heading("Catatan pertemuan", small=True), *notes] if notes else []
    return [
        Heading(f"4. {STAGES[4]}"),
        *against_plan(books, group, source.called),
        *_obstacles(source),
        *_savings(source),
        *calendar(books, group),
        *attendance(books, group, source.called),
        *noted,
        *_photos(source),
    ]


def _obstacles(source: Source) -> Sequence[Block]:
    """How many told of any; what they were stays between them and the mentor."""
    told = source.books.progress(source.group.id)
    count = len({one.member for one in told if one.obstacle})
    return [Words(f"{count} anggota menceritakan hambatannya kepada pendamping.")] if told else []


def _photos(source: Source) -> Sequence[Block]:
    """The photos everybody seen on them has allowed; where names are hidden, faces are too."""
    books, group = source.books, source.group
    topics = {one.number: f"{day(one.day)}, {one.topic}" for one in books.meetings(group.id)}
    shown = [
        (topics[one.meeting], _smaller(jpeg))
        for one in books.meeting_photos(group.id)
        if one.allowed and (source.names or not one.seen)
        if (jpeg := source.jpeg(one.number)) is not None
    ]
    return (
        [Heading("Foto kegiatan, dimuat dengan izin", small=True), Photos(shown)] if shown else []
    )


def _smaller(jpeg: bytes) -> bytes:
    """As large as it is printed, so that the report can still be sent on."""
    picture = open_picture(jpeg)
    picture.thumbnail((_PHOTO, _PHOTO))
    return as_jpeg(picture, 82)


def _unnamed(source: Source, words: str) -> str:
    return words if source.names else unnamed(words, [one.person.name for one in source.members])


def _savings(source: Source) -> Sequence[Block]:
    lines = source.journal.lines
    undone = {one.reverses for one in lines if one.reverses is not None}
    stood = [one for one in lines if one.kind is EntryKind.DEPOSIT and one.number not in undone]
    if not stood:
        return []
    total, savers = sum(one.rupiah for one in stood), {one.member for one in stood}
    days = Counter(one.member for one in {(one.member, one.day): one for one in stood}.values())
    rows = [[source.called(one), f"{days[one.number]} hari"] for one in source.members]
    return [
        Heading("Celengan bersama", small=True),
        Words(
            f"{len(savers)} anggota menabung, seluruhnya {rupiah(Money(total).rupiah)} dalam {len(stood)} setoran."
            " Jumlah tiap orang hanya ada di bukunya sendiri."
        ),
        Rows(["Anggota", "Menabung pada"], rows),
    ]


def _evaluating(source: Source) -> Sequence[Block]:
    books, group = source.books, source.group
    after = books.survey(group.id, Round.AFTER)
    if not after.answers or not books.seen(group).shared:
        return [
            Heading(f"5. {STAGES[5]}"),
            Words("Hasil evaluasi belum dilihat kelompok, jadi tidak dimuat."),
        ]
    blocks: list[Block] = [Heading(f"5. {STAGES[5]}"), *changes(books, group)]
    for question, title in zip(IN_WORDS, ("Yang membantu", "Yang kurang membantu"), strict=True):
        words = [
            one[question] for one in after.answers.values() if one.get(QUOTE) and question in one
        ]
        if words:
            blocks += [Heading(f"{title}, dikutip dengan izin", small=True)]
            blocks += [source.quoted(one) for one in words[:_MOST_QUOTES]]
    return blocks


def _ending(source: Source) -> Sequence[Block]:
    books, group = source.books, source.group
    blocks: list[Block] = [Heading(f"6. {STAGES[6]}")]
    ending = books.ending(group.id)
    if ending is None:
        return [*blocks, Words("Penutupan belum direncanakan.")]
    rows = [
        ["Hari terakhir", day(ending.last_day)],
        ["Alasan", REASONS[ending.reason]],
        ["Celengan", "ditutup, semua akun nol" if group.closed else "belum ditutup"],
    ]
    if group.closed:
        rows.append(["Kode penutup buku", group.head[:8].upper()])
    keeps = sum(ending.choices.values())
    rows.append(["Bersedia ditanya lagi", f"{keeps} dari {len(source.members)} anggota"])
    rows.append(["Minta jawabannya dihapus", f"{len(ending.choices) - keeps} anggota"])
    later = books.survey(group.id, Round.LATER)
    blocks.append(Rows(["", ""], rows, wide=1))
    if later.answers:
        blocks.append(Words(f"Tiga bulan sesudahnya {len(later.answers)} anggota menjawab lagi."))
    return [*blocks, *_charts(later, LATER)]
