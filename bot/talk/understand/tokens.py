"""A message cut into words, numbers and marks, with small spelling differences folded away."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 2000
"""Characters of a message that are read; the rest of a longer one is left alone."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\u20e3\ufeff]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_PIECE = re.compile(
    r"(?P<digits>\d+(?:[.,]\d+)*(?:[.,]-+)?)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<mark>[^\w\s]|_)"
    r"|(?P<line>\n)"
)
_REPEATED = re.compile(r"([a-z])\1+")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark of a tidied message.

    `kind` is `word`, `digits`, `mark` or `line`; `glued` says that no space stood before it.
    """

    text: str
    kind: str
    start: int
    end: int
    glued: bool


def bag(text: str) -> frozenset[str]:
    """The words of a list written as one text with spaces between."""
    return frozenset(text.split())


def tidy(text: str) -> str:
    """The message in small letters, plain quotes and plain digits, without invisible marks."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    return _INVISIBLE.sub("", plain).translate(_QUOTES).casefold()


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a message that `tidy` has been through.

    >>> [token.text for token in tokens("setor10rb, ya")]
    ['setor', '10', 'rb', ',', 'ya']
    """
    found: list[Token] = []
    end = 0
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "mark"
        found.append(Token(match.group(), kind, match.start(), match.end(), match.start() == end))
        end = match.end()
    return tuple(found)


def squeeze(word: str) -> str:
    """A word with each run of the same letter written once: `seribuu` → `seribu`."""
    return _REPEATED.sub(r"\1", word)


def words(text: str) -> list[str]:
    """Only the words and numbers of a message, tidied."""
    return [token.text for token in tokens(tidy(text)) if token.kind in {"word", "digits"}]


def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter added, dropped, changed, or two swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    if one == other:
        return True
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
        return one[start + 1 :] == other[start + 1 :] or swapped == other[start:]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
