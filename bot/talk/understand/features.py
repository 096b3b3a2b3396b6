"""What the small model looks at in a message: words, pairs, kinds of words, pieces of words."""

from itertools import pairwise
from typing import Final
from zlib import crc32

from bot.talk.understand import notmoney
from bot.talk.understand.kinds import kinds
from bot.talk.understand.numerals import runs
from bot.talk.understand.shorthand import plain, silent
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import Token, tidy, tokens

MOST_WORDS: Final = 60
MONEY: Final = "<uang>"
NUMBER: Final = "<angka>"
_SHORTEST = 2
_LONGEST = 5
_KEPT_MARKS: Final = frozenset("?🙏👋😊👍😂")


def normal_words(text: str) -> list[str]:
    """The words of a message in one spelling, amounts and numbers as signs, address left out.

    >>> normal_words("bu aq mw nabung goceng ya")
    ['saya', 'mau', 'nabung', '<uang>']
    """
    tidied = tidy(text)
    cut = tokens(tidied)
    spoken = _numbers(tidied, cut)
    said: list[str] = []
    for i, token in enumerate(cut):
        if i in spoken:
            if spoken[i]:
                said.append(spoken[i])
        elif token.kind == "digits":
            if not (token.glued and token.text == "2"):
                said.append(NUMBER)
        elif token.kind == "word":
            said.append(plain(token.text))
        elif token.text in _KEPT_MARKS and token.text not in said:
            said.append(token.text)
    loud = [word for word in said if not silent(word)]
    return (loud or said)[:MOST_WORDS]


def _numbers(tidied: str, cut: tuple[Token, ...]) -> dict[int, str]:
    """For each token of a number, what stands for it: a sign at its first token, then nothing."""
    skip = notmoney.masked(tidied, cut)
    signs: dict[int, str] = {}
    for run in runs(cut, skip):
        got = reading(run.parts)
        if got is None or (got.bare and cut[run.first].kind == "word"):
            continue
        sign = MONEY if got.scaled or not got.bare else NUMBER
        for i in range(run.first, run.last + 1):
            signs[i] = sign if i == run.first else ""
    return signs


def features(text: str) -> list[int]:
    """The marks of a message, each once, as CRC-32 numbers in order."""
    said = normal_words(text)
    found = {f"w {word}" for word in said}
    found.update(f"b {one} {other}" for one, other in zip(["^", *said], [*said, "$"], strict=True))
    tags = [kinds(word) or (word,) for word in said]
    found.update(f"k {tag}" for own in tags for tag in own)
    for one, other in pairwise(tags):
        found.update(f"p {first} {second}" for first in one for second in other)
    for word in said:
        if word[0] != "<":
            padded = f" {word} "
            for size in range(_SHORTEST, _LONGEST + 1):
                found.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    return sorted({crc32(name.encode()) for name in found})
