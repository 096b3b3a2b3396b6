"""Cutting a bubble that is too long for one message, where a reader would pause."""

from __future__ import annotations

from dataclasses import replace

from bot.ports import Bubble

#: Where to cut, the best place first.
_PAUSES = ("\n\n", "\n", ". ", " ")

#: Room kept for a bold mark that a cut closes and opens again.
_MARKS = 2

#: Signs beyond this take two units.
_BEYOND_BMP = 0xFFFF


def units(text: str) -> int:
    """How long a text is in UTF-16 units; the platforms never count more."""
    return len(text) + sum(ord(sign) > _BEYOND_BMP for sign in text)


def split(bubble: Bubble, longest: int, longest_beside: int) -> list[Bubble]:
    """The bubble as messages that each fit; what can be pressed hangs on the last one.

    What hangs on it goes with the words if these fit beside it, else ahead of them. Texts are cut
    between paragraphs, else lines, sentences, words; a bold passage that is cut stays bold.
    """
    attached = bool(bubble.qr or bubble.media)
    if attached and units(bubble.text) > longest_beside:
        alone = replace(bubble, text="", buttons=())
        words = replace(bubble, qr="", media=None)
        return [alone, *split(words, longest, longest_beside)]
    if units(bubble.text) <= longest:
        return [bubble]
    texts = cut(bubble.text, longest)
    return [*(Bubble(text) for text in texts[:-1]), replace(bubble, text=texts[-1])]


def cut(text: str, longest: int) -> list[str]:
    """A text in pieces of at most ``longest`` UTF-16 units."""
    pieces: list[str] = []
    rest = text.strip()
    while units(rest) > longest:
        head = _head(rest, longest - _MARKS)
        rest = rest[len(head) :].lstrip()
        head = head.rstrip()
        if head.count("*") % 2:
            head, rest = f"{head}*", f"*{rest}"
        pieces.append(head)
    return [*pieces, rest] if rest else pieces


def _head(text: str, longest: int) -> str:
    """The longest beginning that fits and ends at the best pause in its second half."""
    fits = text[:longest]
    while units(fits) > longest:
        fits = fits[: len(fits) - (units(fits) - longest + 1) // 2]
    for pause in _PAUSES:
        end = fits.rfind(pause, len(fits) // 2)
        if end > 0:
            return fits[: end + len(pause)]
    return fits
