"""Setting papers of blocks: headings, words, tables, bars and photos, as PDF, as a picture, or as DOCX."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import typst

_TEMPLATE = Path(__file__).with_name("pages.typ")


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter's name; a ``small`` one stands within it."""

    text: str
    small: bool = False
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a ``quote`` is somebody's own words, a ``name`` stands large by itself."""

    text: str
    quote: bool = False
    kind: Literal["words", "name"] = "words"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a head; ``wide`` names the column that takes the room that is left."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    wide: int = 0
    kind: Literal["rows"] = "rows"


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers as bars, one below the other.

    Each row is a label and a number for every name in ``series`` (nothing is named when there is
    one); all bars of a chart share one measure, ``most``.
    """

    title: str
    rows: Sequence[tuple[str, Sequence[int]]]
    series: Sequence[str] = ()
    most: int = 1
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True, slots=True)
class Photos:
    """Photographs (JPEG) two by two, each with the words below it."""

    photos: Sequence[tuple[str, bytes]]
    kind: Literal["photos"] = "photos"


Block = Heading | Words | Rows | Bars | Photos


@dataclass(frozen=True, slots=True)
class Paper:
    """What is set: ``under`` the title stands whose it is, and the ``foot`` is on every page."""

    title: str
    under: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    foot: str = ""
    landscape: bool = False


def as_pdf(paper: Paper) -> bytes:
    """A4 pages."""
    return _compiled(paper, "pdf", screen=False)


def as_picture(paper: Paper) -> bytes:
    """One picture for a small phone (PNG), as high as it must be."""
    return _compiled(paper, "png", screen=True)


def _compiled(paper: Paper, form: Literal["pdf", "png"], *, screen: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        blocks = [_laid_out(block, place, home) for place, block in enumerate(paper.blocks)]
        facts = {**asdict(replace(paper, blocks=())), "blocks": blocks, "screen": screen}
        made: Any = typst.compile(
            str(home / _TEMPLATE.name),
            root=folder,
            format=form,
            ppi=144.0,
            sys_inputs={"paper": json.dumps(facts, ensure_ascii=False)},
        )
    return bytes(made[0] if isinstance(made, list) else made)


def _laid_out(block: Block, place: int, home: Path) -> dict[str, Any]:
    """A block as the template reads it; what is no text is laid beside the template."""
    if not isinstance(block, Photos):
        return asdict(block)
    files = []
    for number, (words, jpeg) in enumerate(block.photos):
        name = f"{place}-{number}.jpg"
        (home / name).write_bytes(jpeg)
        files.append((words, name))
    return {"kind": block.kind, "photos": files}


def chart(bars: Bars) -> bytes:
    """One chart by itself (PNG), to be put into another document."""
    return _compiled(Paper("", "", (bars,)), "png", screen=True)


def as_docx(paper: Paper) -> bytes:
    """The same blocks as a document that can be written on in a word processor; charts as pictures."""
    from docx import Document  # noqa: PLC0415 - it takes a moment to load and is rarely asked for
    from docx.shared import Cm  # noqa: PLC0415 - as above

    made = Document()
    made.add_heading(paper.title, 0)
    made.add_paragraph(paper.under)
    for block in paper.blocks:
        match block:
            case Heading():
                made.add_heading(block.text, 2 if block.small else 1)
            case Words():
                made.add_paragraph(block.text, style="Quote" if block.quote else None)
            case Rows():
                _table(made, block)
            case Bars():
                made.add_picture(io.BytesIO(chart(block)), width=Cm(9.6))
            case Photos():
                for words, jpeg in block.photos:
                    made.add_picture(io.BytesIO(jpeg), width=Cm(9.6))
                    made.add_paragraph(words, style="Caption")
    made.sections[0].footer.paragraphs[0].text = paper.foot
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _table(made: Any, block: Rows) -> None:
    rows = [block.head, *block.rows] if any(block.head) else block.rows
    table = made.add_table(rows=0, cols=len(block.head), style="Light Grid Accent 1")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
