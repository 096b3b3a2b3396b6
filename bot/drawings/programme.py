"""Who draws the papers and pictures of the six stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.domain.books import Books
from bot.domain.people import Group
from bot.files import PDF, PNG, File
from bot.printing import papers
from bot.printing.certificate import certificate
from bot.printing.doing import doing
from bot.printing.final import Source, final_report
from bot.printing.pages import Paper, as_docx, as_pdf, as_picture
from bot.printing.sketch import as_sketch
from bot.studio import Draw
from storage.journal import read_journal
from storage.reading.meeting_photos import meeting_jpeg
from storage.store import SqlStore

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


#: A paper about a group, and what becomes of it.
_Made = Callable[[Books, Group], Paper]
_Put = Callable[[Paper], bytes]


def of_programme(store: SqlStore) -> Mapping[str, Draw]:
    """Every drawing by the name conversations call it by; each is made from the books as they are."""
    of_group, report = partial(_of_group, store), partial(_report, store)
    return {
        "contract": of_group(papers.contract, as_pdf, PDF, "Kontrak {group}.pdf"),
        "contract draft": partial(_contract_draft, store),
        "plan": of_group(papers.plan, as_pdf, PDF, "Rencana {group}.pdf"),
        "doing": of_group(doing, as_pdf, PDF, "Pelaksanaan {group}.pdf"),
        "needs": of_group(papers.needs, as_picture, PNG, "kebutuhan.png"),
        "evaluation": of_group(papers.evaluation, as_picture, PNG, "hasil.png"),
        "evaluation printed": of_group(
            papers.evaluation, as_pdf, PDF, "Hasil evaluasi {group}.pdf"
        ),
        "certificate": partial(_certificate, store),
        "sketch": partial(_family, store),
        "final report": report(as_pdf, PDF, "Laporan akhir {group}.pdf"),
        "final report docx": report(as_docx, DOCX, "Laporan akhir {group}.docx"),
    }


def _of_group(store: SqlStore, made: _Made, put: _Put, mime: str, name: str) -> Draw:
    def draw(facts: Mapping[str, Any]) -> File:
        with store.books() as books:
            group = books.group(facts["group"])
            return File(put(made(books, group)), mime, name.format(group=group.name))

    return draw


def _report(store: SqlStore, put: _Put, mime: str, name: str) -> Draw:
    def draw(facts: Mapping[str, Any]) -> File:
        with store.books() as books:
            group = books.group(facts["group"])
            journal = read_journal(books.db, group.id)
            jpeg = partial(meeting_jpeg, books.db, group.id)
            source = Source(books, group, journal, bool(facts["names"]), jpeg)
            return File(put(final_report(source)), mime, name.format(group=group.name))

    return draw


def _contract_draft(store: SqlStore, facts: Mapping[str, Any]) -> File:
    with store.books() as books:
        group = books.group(facts["group"])
    paper = papers.contract_draft(group, facts["version"], facts["wording"])
    return File(as_pdf(paper), PDF, f"Rancangan kontrak {group.name}.pdf")


def _certificate(store: SqlStore, facts: Mapping[str, Any]) -> File:
    with store.books() as books:
        member = books.member(facts["group"], facts["member"])
        paper = certificate(books, books.group(member.group), member)
    return File(as_pdf(paper), PDF, f"Piagam {member.called}.pdf")


def _family(store: SqlStore, facts: Mapping[str, Any]) -> File:
    with store.books() as books:
        sketch = books.sketch(books.member(facts["group"], facts["member"]))
    if sketch is None or not sketch.allowed:
        raise LookupError("there is no sketch, or not any more")
    return File(as_sketch(sketch), PNG, "genogram.png")
