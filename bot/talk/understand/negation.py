"""What denies and what asks, wherever it stands in a message."""

import re
from typing import Final

from bot.talk.understand.tokens import tidy

#: What asks something.
QUESTION: Final = (
    r"\?|\b(?:berapa|brp|piro|gimana|gmn|bagaimana|piye|cemana|kekmana|kapan|kpn|kenapa|knp|apa|opo|siapa|"
    r"mana|(?!(?:me)?(?:nikah|langkah)|berkah|sedekah|nafkah|tingkah)\w*kah)\b"
)
#: "Not" and "not yet" in the languages of the field.
NOT: Final = r"\b(?:tidak|tdk|tak|gak?|g|nggak|ngga|ngak|enggak|engga|kagak|kaga|ndak|nda|dak|ora|ra|mboten|boten|teu|henteu|bukan|bkn)"
NOT_YET: Final = r"(?:belum|blm|blom|blum|durung|dereng|rung|(?:teu )?acan|alun)"
#: That it is another amount, or wrong.
OFF: Final = r"(?:salah|keliru|slh|beda\w*|berbeda|bedo|selisih\w*|kurang\w*|meleset)\b"
#: Either of the two.
DENIES: Final = rf"(?:{NOT}|\b{NOT_YET})"
#: Denies that anything is off, certain or in the way: neither a no nor quite a yes.
NOT_OFF: Final = re.compile(
    rf"{DENIES}(?: ada)?(?: yang| yg)? (?:{OFF}|(?:lebih|tentu|pasti|masalah|keberatan)\b)"
)


def nothing_off(text: str) -> bool:
    """Whether the words deny that anything is off, certain or in the way.

    >>> nothing_off("tidak masalah bu"), nothing_off("belum tentu"), nothing_off("belum")
    (True, True, False)
    """
    return NOT_OFF.search(tidy(text)) is not None


def asks(text: str) -> bool:
    """Whether the words ask something.

    >>> asks("kapan bisa diambil bu"), asks("benarkah"), asks("alhamdulillah laku")
    (True, True, False)
    """
    return re.search(QUESTION, tidy(text)) is not None
