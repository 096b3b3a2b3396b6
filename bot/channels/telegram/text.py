"""Our text with ``*bold*`` as Telegram's HTML, in pieces that are not too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.pieces import units

#: Units of a message and of a caption, after entities. Telegram counts characters; we count
#: UTF-16 units, which are never fewer.
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024

_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LONGEST_CLUSTER = 16


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its stars, and where it is bold (start, end), in order."""

    plain: str
    bold: tuple[tuple[int, int], ...] = ()

    def html(self, start: int, end: int) -> str:
        """One part of it as HTML; a bold stretch that is cut is bold on both sides."""
        parts: list[str] = []
        at = start
        for opening, closing in self.bold:
            first, last = max(opening, start), min(closing, end)
            if first < last:
                parts += [escape(self.plain[at:first]), f"<b>{escape(self.plain[first:last])}</b>"]
                at = last
        return "".join([*parts, escape(self.plain[at:end])])


def escape(text: str) -> str:
    """Signs that HTML would read as its own, written out."""
    return text.translate(_MARKS)


def clean(text: str) -> str:
    """The text without halves of emoji and control signs, which no database or chat takes."""
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROLS.sub("", text)


def mark(text: str) -> Marked:
    """Read the stars; one without a partner stays a star."""
    plain: list[str] = []
    bold: list[tuple[int, int]] = []
    at = length = 0
    text = clean(text)
    for found in _BOLD.finditer(text):
        plain += [text[at : found.start()], found[1]]
        start = length + found.start() - at
        length = start + len(found[1])
        bold.append((start, length))
        at = found.end()
    return Marked("".join([*plain, text[at:]]), tuple(bold))


def pieces(text: Marked, longest: int = LONGEST_TEXT) -> list[str]:
    """The text as HTML messages of at most ``longest`` units, cut between paragraphs, else
    lines, else words; none is blank.
    """
    return [text.html(start, end) for start, end in _cuts(text.plain, longest)]


def _cuts(plain: str, longest: int) -> Iterator[tuple[int, int]]:
    whole = len(plain.rstrip())
    at = 0
    while at < whole:
        if plain[at].isspace():
            at += 1
            continue
        end = _reach(plain, at, min(whole, at + longest), longest)
        if end < whole:
            end = _fold(plain, at, end)
        yield at, at + len(plain[at:end].rstrip())
        at = end


def _reach(plain: str, at: int, end: int, longest: int) -> int:
    """The furthest place up to ``end`` within ``longest`` units."""
    over = units(plain[at:end]) - longest
    while over > 0:
        end -= 1
        over -= units(plain[end])
    return end


def _fold(plain: str, at: int, end: int) -> int:
    """A good place to cut at or before ``end``, after ``at``."""
    for gap in ("\n\n", "\n", " "):
        cut = plain.rfind(gap, at + 1, end + len(gap))
        if cut > at:
            return cut
    for back in range(min(_LONGEST_CLUSTER, end - at - 1)):
        if not _joined(plain, end - back):
            return end - back
    return end


def _joined(plain: str, at: int) -> bool:
    """Whether the sign at ``at`` belongs to the one before: accents, emoji with skin or joiners."""
    sign, before = plain[at], plain[at - 1]
    return (
        unicodedata.category(sign) in {"Mn", "Me", "Mc"}
        or sign == "\u200d"
        or before == "\u200d"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )
