"""Which member a written name means, in spite of honorifics, spelling and small slips."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from bot.talk.understand.tokens import bag, near, squeeze, tidy, words

_HONORIFICS: Final = bag("""
    bu ibu buk buu kak kakak ka mbak mba mb mbk uni inang wak uwak bude budhe bulek bule bulik mak emak mamak
    mama tante bunda bun nek nenek oma mpok pok teh teteh ceu nyak ucu cik cece encik umi ummi hj hajjah
    haji h pak bapak bang abang mas om dek dik adek adik kang tulang namboru nantulang inanguda
    eda butet boru br si sdr sdri ny nyonya yu yuk
    """)
_FILLERS: Final = bag("""
    ya iya itu ini dari punya punyanya yg yang atas nama namanya sama ke untuk utk buat dr aja saja catat
    catet tolong tadi titip titipan setoran setor anggota an nya lah dong deh kah nih juga
    """)
_SPELLINGS: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "s"), ("sy", "s"), ("kh", "k"),
        ("dh", "d"), ("th", "t"), ("ph", "f"), ("gh", "g"), ("sh", "s"), ("ch", "k"), ("ck", "k"),
        ("v", "f"), ("q", "k"), ("x", "ks"), ("z", "s"), ("ie", "i"), ("ee", "i"), ("oo", "u"),
        ("ye", "e"), ("ii", "i"), ("ai", "e"), ("ay", "e"), ("y", "i"), ("j", "i"), ("w", "u"),
        ("iia", "ia"), ("ia$", "a"), ("h", ""), ("'", ""),
    )
)  # fmt: skip
_SEVERAL: Final = re.compile(r"[,;/&+\n]|\s(?:dan|dn|atau|ato|karo|sama)\s")
_SHORTEST_PART = 3
_TYPO_FROM = 4
_TWO_TYPOS_FROM = 8


def name_parts(names: Iterable[str]) -> set[str]:
    """The words of names by which people are told apart; shorter ones stand in too many others."""
    return {part for name in names for part in words(name) if len(part) >= _SHORTEST_PART}


def match_name(text: str, names: Sequence[str]) -> tuple[int, ...]:
    """The indices of the names that fit, best first: one is sure, several must be asked, none is unknown.

    An exact match beats tolerant ones; then spelling, a part of the name, the start or end of one
    (Tut, Wati), and at last one wrong letter.

    >>> match_name("bu sarie", ["Rina", "Sari Dewi"])
    (1,)
    """
    parts = [part for part in _SEVERAL.split(tidy(text)) if part.strip()]
    if len(parts) > 1:
        return tuple(dict.fromkeys(i for part in parts for i in match_name(part, names)))
    spoken = _spoken(text)
    if not spoken:
        return ()
    known = [_spoken(name) for name in names]
    for fits in _TESTS:
        found = tuple(i for i, name in enumerate(known) if name and fits(spoken, name))
        if found:
            return found
    return ()


def _spoken(text: str) -> tuple[str, ...]:
    """The words of a name without honorifics and small talk, unless nothing else is there."""
    every = [word for word in words(text) if not word.isdecimal()]
    kept = [word for word in every if word not in _HONORIFICS and word not in _FILLERS]
    return tuple(kept or [word for word in every if word not in _FILLERS])


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    """A word with the spellings that sound alike made one: Djoebaidah, Jubaida → the same."""
    key = squeeze(tidy(word))
    for pattern, plain in _SPELLINGS:
        key = pattern.sub(plain, key)
    return squeeze(key) or word


_Names = tuple[str, ...]


def _keys(name: _Names) -> _Names:
    return tuple(_key(word) for word in name)


def _same(spoken: _Names, name: _Names) -> bool:
    return spoken == name or "".join(spoken) == "".join(name)


def _sounds_same(spoken: _Names, name: _Names) -> bool:
    return _same(_keys(spoken), _keys(name))


def _starts_with(spoken: _Names, name: _Names) -> bool:
    return name[: len(spoken)] == spoken


def _within(spoken: _Names, name: _Names) -> bool:
    return set(spoken) <= set(name)


def _sounds_within(spoken: _Names, name: _Names) -> bool:
    return set(_keys(spoken)) <= set(_keys(name))


def _initials(spoken: _Names, name: _Names) -> bool:
    """`Sari W` for Sari Wulandari."""
    if len(spoken) < 2 or len(spoken) > len(name):  # noqa: PLR2004 - a name and an initial
        return False
    pairs = zip(_keys(spoken[1:]), _keys(name[1:]), strict=False)
    return _key(spoken[0]) == _key(name[0]) and all(full.startswith(part) for part, full in pairs)


def _shortened(spoken: _Names, name: _Names) -> bool:
    """Each word is the start or the end of one in the name: Tut, Wati, Ning."""
    return all(
        len(part) >= _SHORTEST_PART and any(_part_of(part, full) for full in name)
        for part in spoken
    )


def _part_of(part: str, full: str) -> bool:
    part_key, full_key = _key(part), _key(full)
    return full_key.startswith(part_key) or full_key.endswith(part_key)


def _mistyped(spoken: _Names, name: _Names) -> bool:
    """Each word is one letter away from one in the name (two in long words)."""
    return all(any(_close(word, full) for full in name) for word in spoken)


def _close(word: str, full: str) -> bool:
    one, other = _key(word), _key(full)
    if min(len(word), len(full)) < _TYPO_FROM:
        return one == other
    if near(one, other) or near(word, full):
        return True
    return min(len(one), len(other)) >= _TWO_TYPOS_FROM and _near_twice(one, other)


def _near_twice(one: str, other: str) -> bool:
    """Two slips apart: one letter dropped from each side makes them near."""
    return any(near(one[:i] + one[i + 1 :], other) for i in range(len(one)))


def _holds_name(spoken: _Names, name: _Names) -> bool:
    """A longer message that holds the whole name: `uang dari bu sari kemarin`."""
    return len(spoken) > len(name) and set(_keys(name)) <= set(_keys(spoken))


def _holds_first_name(spoken: _Names, name: _Names) -> bool:
    return len(spoken) > 1 and len(name[0]) >= _SHORTEST_PART and _key(name[0]) in _keys(spoken)


_TESTS: Final[tuple[Callable[[_Names, _Names], bool], ...]] = (
    _same, _sounds_same, _starts_with, _within, _sounds_within, _initials, _holds_name, _shortened,
    _mistyped, _holds_first_name,
)  # fmt: skip
"""The ways a name may fit, the strictest first; the first that any name passes decides."""
