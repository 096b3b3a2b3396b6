"""Several wishes in one message: `setor 10rb, saldo berapa?` is two pieces."""

import re
from typing import Final

from bot.talk.understand.tokens import bag
from bot.talk.understand.wishes import guess

MOST_PIECES: Final = 4
_PARTING: Final = re.compile(
    r"\s*(?:[;.!?\n]+(?=\s|$)|,(?=\s|[^\W\d])|\b(?:terus|trus|trs|abis itu|habis itu|lalu|sekalian|skalian|dan|dn|kemudian|"
    r"plus|sama)\b)\s*",
    re.IGNORECASE,
)
_SEPARATE: Final = bag("setor saldo riwayat tarik oss marketplace profil jadwal bantuan mentor")
"""Wishes that may be served one after another."""


def parts(text: str) -> tuple[str, ...]:
    """The pieces of a message, in order, each with a wish of its own; most messages are one piece.

    A message is only cut where every piece would be understood by itself, as different wishes; a
    correction, a denial or a question about money stays whole.

    >>> parts("setor 10rb, saldo berapa?")
    ('setor 10rb', 'saldo berapa?')
    """
    whole = text.strip()
    pieces = _with_greetings(_cut(whole))
    if not 1 < len(pieces) <= MOST_PIECES:
        return (whole,)
    wishes = [guess(piece) for piece in pieces]
    certain = all(wish.name in _SEPARATE and not wish.choices for wish in wishes)
    different = len({wish.name for wish in wishes}) == len(wishes)
    return tuple(pieces) if certain and different else (whole,)


def _with_greetings(pieces: list[str]) -> list[str]:
    """A greeting goes with what follows it, thanks with what went before."""
    found: list[str] = []
    held = ""
    for piece in pieces:
        if guess(piece).name == "sapaan":
            if found:
                found[-1] = f"{found[-1]}, {piece}"
            else:
                held = f"{held}{piece}, "
            continue
        found.append(held + piece)
        held = ""
    return found or pieces


def _cut(text: str) -> list[str]:
    """The text between the marks and words that part sentences; a question keeps its mark."""
    found: list[str] = []
    start = 0
    for match in _PARTING.finditer(text):
        kept = match.end() if "?" in match[0] else match.start()
        found.append(text[start:kept].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [piece for piece in found if re.search(r"\w", piece)]
