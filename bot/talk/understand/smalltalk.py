"""Words that only greet, thank, laugh or nod: they are met with a kind word, and ask for nothing."""

import re
from typing import Final

from bot.talk.understand.tokens import bag
from bot.talk.understand.wishes import told

_NODS: Final = bag("""
    ok oke okey okeh sip siap baik baiklah iya ya y yoi mantap amin aamiin hehe oh ooh gitu begitu
    paham nanti
    """)
_POLITE: Final = bag("bu buk ibu kak mbak ya deh")
_THANKS: Final = bag("""
    makasih makasi mksh mksih trims tq thanks suwun nuwun trimakasih terimakasih alhamdulillah
    """)
#: Beside thanks and nods; alone these may be answers: "banyak", "sama".
_ROUND_IT: Final = bag("terima trima rima kasih kasi matur banyak sangat sama sama2 sama-sama")
_MAY_ANSWER: Final = bag("pagi siang sore malam sama")
_SOUNDS: Final = bag(
    "wah wow waduh aduh oalah owalah astaga eh nah lah loh lho dong nih kok gapapa gpp"
)
_LAUGH: Final = re.compile(r"(?:wk|kw)+w?k?|(?:h[aeiou]){2,}h?|h+[ae]*m+|xixi(?:xi)*")
_CALLED: Final = bag("bu buk ibu kak mbak")


def nods(text: str) -> bool:
    """Whether the words only agree, or are but a smile: "oke bu", "👍".

    >>> nods("oke bu"), nods("😂"), nods("wkwkwk"), nods("oke besok")
    (True, True, True, False)
    """
    said = [word.strip(".,!") for word in text.lower().split()]
    if not any(sign.isalnum() for sign in text):
        return not set(text) & set("?🙏👋😊")  # these greet, and get the menu
    known = _NODS | _SOUNDS
    return (said[0] in known or _laughs(said[0])) and all(
        word in known | _POLITE or _laughs(word) for word in said[1:]
    )


def small_talk(text: str) -> bool:
    """Whether the words greet, thank, laugh or nod, and nothing besides.

    >>> small_talk("makasih ya bu dewi"), small_talk("halo"), small_talk("makasih, kerupuk saya melempem")
    (True, True, False)
    """
    if not text.strip() or "?" in text:
        return False
    said = [word.strip(".,!") for word in text.lower().split()]
    if len(said) == 1 and said[0] in _MAY_ANSWER:
        return False
    if nods(text) or told(text) == "sapaan":
        return True
    core = _NODS | _THANKS | _SOUNDS
    known = core | _POLITE | _ROUND_IT
    return any(word in core for word in said) and all(
        word in known or _laughs(word) or not any(map(str.isalnum, word)) or last in _CALLED
        for last, word in zip(["", *said], said, strict=False)
    )


def _laughs(word: str) -> bool:
    return _LAUGH.fullmatch(word) is not None
