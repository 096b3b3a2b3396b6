"""A whole programme of four months with a moved clock, from the invitation to the final report, on each channel."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from bot.domain.books import Books
from bot.domain.indicators import measured
from bot.domain.ledger import AccountKind
from bot.domain.people import Group
from bot.domain.surveys import Round
from bot.drawings import draws
from bot.printing import papers
from bot.printing.pages import Rows
from bot.printing.words import STAGES
from storage.store import SqlStore, connect
from tests.playing import Stage
from tests.test_tidy import UNKIND
from tests.whole_programme import VOTING, WOMEN, from_the_count, total, until_the_count
from tests.wires import Telegram, WhatsApp, Wire

_END = datetime(2027, 3, 22, 8, 0, tzinfo=UTC)
_SAMPLE = Path(__file__).parent.parent / "docs" / "laporan-akhir-contoh.pdf"
_PAPERS = ("contract", "plan", "doing", "needs", "evaluation", "evaluation printed")
_WITNESS = re.compile(r"Bot > (\w+): Bu Rina menghitung isi kotak")


def _played(database_url: str, wire: Wire) -> str:
    stage = Stage(database_url, wire, twice=False)
    first = stage.play(until_the_count())
    drawn = _WITNESS.search(first)
    assert drawn is not None
    return f"{first}\n{stage.play(from_the_count(drawn[1]))}"


@pytest.mark.parametrize(
    ("database_url", "wire"),
    [("sqlite", Telegram()), ("postgresql", WhatsApp())],
    indirect=["database_url"],
    ids=["sqlite-telegram", "postgresql-whatsapp"],
)
def test_twelve_members_from_the_invitation_to_the_farewell(
    wire: Wire, database_url: str, request: pytest.FixtureRequest
) -> None:
    said = _played(database_url, wire)
    assert "belum paham" not in said
    assert "belum bisa saya kerjakan" not in said, "a fault of ours"
    spoken = [line for line in said.splitlines() if line.startswith(("Bot > ", "    "))]
    assert not [line for line in spoken if UNKIND.search(line)]

    engine = connect(database_url)
    store = SqlStore(engine, lambda: _END)
    with store.books() as books:
        group = books.group(1)
        seen = books.seen(group)
        assert group.closed
        assert not group.open
        assert not books.all_savings(group.id)
        assert not any(books.balances(group.id).values())
        saved = {one.kind for one in books.balances(group.id)}
        assert saved >= {AccountKind.SAVINGS, AccountKind.CASH}
        assert [int(move.stage) for move in books.moves(group.id)] == list(STAGES)
        assert (seen.members, seen.choices) == (len(WOMEN),) * 2
        assert (seen.agreed, seen.plan_agreed, seen.ranked) == (len(VOTING),) * 3
        assert (seen.chosen, seen.goals, seen.meetings_held) == (3, 3, 4)
        ending = books.ending(group.id)
        assert ending is not None
        erased = [number for number, keeps in ending.choices.items() if not keeps]
        focus = books.focus(group.id)
        assert focus is not None
        assert not [one for one in books.said_in(focus) if one.member in erased]
        # One was erased since somebody would rather not be seen, the others may be shown.
        photos = books.meeting_photos(group.id)
        assert [(len(one.seen), one.allowed) for one in photos] == [(0, True), (2, True)]
        _who_agreed_when_on_which(books, group)
        before, after = (books.survey(group.id, one) for one in (Round.BEFORE, Round.AFTER))
        found = measured(books.signs(group), before, after)
        assert [(one.people, one.before, one.after) for one in found] == [
            (7, 0, saved) for saved in (3, 2, 1, 1)
        ]
    drawing = draws(store)
    for paper in _PAPERS:
        assert drawing[paper]({"group": 1}).content.startswith((b"%PDF", b"\x89PNG")), paper
    assert drawing["certificate"]({"group": 1, "member": 2}).content.startswith(b"%PDF")
    pdf = drawing["final report"]({"group": 1, "names": 1}).content
    assert pdf.startswith(b"%PDF")
    if request.config.getoption("--rewrite"):
        _SAMPLE.write_bytes(pdf)
    words = drawing["final report docx"]({"group": 1, "names": 0}).content
    _in_the_order_of_the_stages(words)
    engine.dispose()


def _who_agreed_when_on_which(books: Books, group: Group) -> None:
    """The signed contract names the version, and who agreed to it with her day; nobody else."""
    paper = papers.contract(books, group)
    (table,) = [block for block in paper.blocks if isinstance(block, Rows)]
    assert "Versi 1" in paper.under
    assert table.rows == [[f"Bu {one.name}", "23 November 2026"] for one in VOTING]


def _in_the_order_of_the_stages(docx: bytes) -> None:
    """Six chapters, the sum of what was saved, and, without names, none of them."""
    document = Document(io.BytesIO(docx))
    chapters = [one.text for one in document.paragraphs if re.match(r"\d\. ", one.text)]
    assert chapters == [f"{number}. {name}" for number, name in STAGES.items()]
    # Where names are hidden, so are faces: the one photo of things alone is left.
    captions = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Caption"
    ]
    assert captions == ["5 Desember 2026, Membuat akun OSS"]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    everything = "\n".join([*(one.text for one in document.paragraphs), *cells])
    assert f"Rp{total()}.000" in everything
    for one in WOMEN:  # her story stands there only when she said that it may
        assert one.quotable or one.obstacle not in everything
        assert one.quotable or one.hope not in everything
    assert WOMEN[0].obstacle in everything
    named = [one.name for one in WOMEN if re.search(rf"\b{one.name}\b", everything)]
    assert not named
