"""Answers of somebody who wants time first: to look, to ask at home, to sleep on it."""

from __future__ import annotations

import re

from bot.talk.understand import DENIES, OFF, puts_off

#: What comes "dulu" comes before the answer, whatever it is; only "jangan dulu" is one already.
_FIRST = re.compile(
    r"(?<!dari )(?<!yang )(?<!yg )\b(?:dulu|dl|dlu|sek|sik|disik|riyin|heula|besok|bsk|sesuk|lusa)\b"
)
_REFUSES = re.compile(rf"{DENIES}\b|\bjangan\b|\b(?<!takut ){OFF}")
_SAYS_MORE = re.compile(r"[?\d]")
_SHORT = 7


def wants_time(words: str) -> bool:
    """Whether an answer only says that it comes later, or what comes before it.

    >>> wants_time("sy cek dulu ya"), wants_time("tanya suami dulu ya bu"), wants_time("ya bu besok")
    (True, True, True)
    >>> wants_time("ya benar"), wants_time("jangan dulu bu"), wants_time("dulu saya setor 5rb")
    (False, False, False)
    """
    if puts_off(words):
        return True
    said = words.lower()
    more = _SAYS_MORE.search(said) or _REFUSES.search(said) or len(said.split()) > _SHORT
    return _FIRST.search(said) is not None and not more
