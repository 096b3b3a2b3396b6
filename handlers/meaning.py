"""What a yes about money is a yes to, and whether words for a human are not about her own money first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.domain.money import LARGEST, SMALLEST, Money
from bot.domain.people import Person
from bot.talk import Instead, Turn, ask, one_of, yes_or_no
from bot.talk.answers import Answer, Choice, Got, Later, Reading
from bot.talk.route import names_saving
from bot.talk.understand import (
    DENIES,
    Amount,
    guess,
    name_parts,
    nothing_off,
    put_right,
    read_amount,
    tokens,
)

#: Says that a button was pressed by mistake.
PRESSED_WRONGLY = r"\bsalah (?:tekan|pencet|klik)\b|\bke?pencet\b|\bketekan\b"

#: Wants to, or agrees: no word on whether money has passed from hand to hand.
_WANTS = re.compile(r"^\W*(?:mau|boleh|setuju|ikut|pengen|pingin|gelem)\b")

#: Not yet, but later.
_LATER = re.compile(
    r"\b(?:(?:se)?bentar|nanti|ntar|entar|mengko|engko|mangke|tunggu|besok|bsk|bsok|besuk|esok|sesuk|"
    r"ngesuk|mbesuk|lusa|(?:minggu|mgg|bulan|bln) depan)\b"
)

#: By somebody else's word, or back again: not that it is so, to her own knowledge.
_NOT_SO = re.compile(
    r"\b(?:kata|jare|ceunah)(?:nya|ne)?\b|\b(?:di|me|ng)?(?:kembali|balik)(?:kan|in|no|ake|keun)?\b"
)

#: Something else comes first: "mau lihat saldo dulu".
_FIRST = re.compile(
    r"\b(?:(?:me|nge?)?li(?:h?at|hat)|(?:nge)?cek|tanya|nanya)\b.*\b(?:dulu|dl|sek|sik)\b"
)

#: By how much it is off.
_BY = (
    r"(?:lebih(?! baik)\w*|"
    r"kurang(?! (?:paham|ngerti|mengerti|tahu|tau|jelas|enak|sehat|yakin)\b)\w*)"
)

#: That it is another amount.
_OFF = rf"(?:beda\w*|berbeda|bedo|selisih\w*|salah|keliru|{_BY})\b"
_OTHERWISE = re.compile(rf"\b{_OFF}|{DENIES} (?:cocok|pas|sama|segitu|sesuai|klop)\b")

#: An amount beside these is not the whole.
_PART = re.compile(rf"\b(?:{_BY}|sisa|tinggal|sebagian|separuh|belum semua)")

_THOUSAND = 1000

#: Named when it was another amount, and she has not said which.
DIFFERS = "differs"


def names_another(words: str, ours: Iterable[Person], others: Iterable[Person]) -> bool:
    """Whether words name one of ``others`` by a name that none of ``ours`` bears."""
    hers = name_parts(one.name for one in ours)
    return bool((name_parts(one.name for one in others) - hers) & set(tokens.words(words)))


def is_later(words: str) -> bool:
    """Whether a yes means that it will be so: "iya bu besok"."""
    return _LATER.search(words.lower()) is not None


def is_by_now(words: str) -> bool:
    """Whether a yes can mean that it is so by now, to her own knowledge."""
    return not any(one.search(words.lower()) for one in (_LATER, _NOT_SO, _FIRST))


def is_done(words: str) -> bool:
    """Whether a yes can mean that money has passed from hand to hand."""
    return is_by_now(words) and not _WANTS.search(words.lower())


def says_off(words: str) -> bool:
    """Whether words say that it is another amount."""
    return bool(_OTHERWISE.search(words.lower())) and not nothing_off(words)


def sum_said(words: str, asked: Money) -> Amount:
    """The amount in an answer to a question about ``asked``; a bare number is one there, too.

    Of "bukan 7rb tapi 6rb" it is what stands in the place of the other.
    """
    mended, found = put_right(words), read_amount(words)
    if mended.rupiah is not None and mended.rupiah != asked.rupiah:
        rest = tuple(one for one in mended.candidates if one != asked.rupiah)
        return replace(mended, candidates=rest)
    return found if found.candidates else read_amount(f"setor {words}")


def sum_instead(words: str, asked: Money) -> str | None:
    """The other amount than ``asked`` that words name, in digits; DIFFERS where they say not which.

    A bare number stays as it is: the question how much it was finds out what it means.
    """
    found, part = sum_said(words, asked), _PART.search(words.lower()) and not nothing_off(words)
    if not part and found.rupiah is not None and asked.rupiah not in found.candidates:
        bare = found.candidates == (found.rupiah, found.rupiah // _THOUSAND)
        sure = found.sure and SMALLEST <= found.rupiah <= LARGEST
        return str(found.candidates[-1]) if bare or sure else DIFFERS
    return DIFFERS if part or says_off(words) else None


def yes_to(asked: Money, yes: str, no: str, *, fits: Callable[[str], bool] = bool) -> Answer[bool]:
    """Yes or no about the money ``asked`` about.

    A yes that names another amount, puts something else first, or whose words do not fit what was
    asked (``fits``), is none; where they speak of later, she is left alone with it.
    """
    plain = yes_or_no(yes, no)

    def read(words: str) -> Reading[bool]:
        said, named = plain.read(words), sum_said(words, asked).candidates
        if said != Got(value=True):
            return said
        if not fits(words):
            return Later() if is_later(words) else None
        other = named and asked.rupiah not in named
        return None if other or _FIRST.search(words.lower()) else said

    return replace(plain, read=read)


def yes_about(turn: Turn, group: int, ours: Iterable[Person], plain: Answer[bool]) -> Answer[bool]:
    """``plain`` yes or no about the money of ``ours``, members of a group, and of nobody else there."""
    people, mine = [one.person for one in turn.books.members(group)], [*ours, turn.me]

    def read(words: str) -> Reading[bool]:
        return None if names_another(words, mine, people) else plain.read(words)

    return replace(plain, read=read)


def yes_or_sum(
    asked: Money, yes: str, no: str, *, fits: Callable[[str], bool] = bool
) -> Answer[str]:
    """Yes or no to ``asked``; or another amount, in digits, that it is to be instead."""
    plain = yes_to(asked, yes, no, fits=fits)

    def read(words: str) -> Reading[str]:
        said, named = plain.read(words), sum_said(words, asked)
        if isinstance(said, Later):
            return said
        if not named.candidates or "?" in words:
            return Got(plain.keep(said.value)) if isinstance(said, Got) else None
        if asked.rupiah in named.candidates:
            alone = set(named.candidates) <= {asked.rupiah, asked.rupiah // _THOUSAND}
            agrees = said == Got(value=True) or (
                said is None and alone and not _FIRST.search(words.lower())
            )
            return Got(yes) if agrees and fits(words) else None
        may_be = named.rupiah is not None and SMALLEST <= named.rupiah <= LARGEST
        return Got(str(named.rupiah)) if may_be else None

    return one_or_digits((yes, no), read)


def one_or_digits(
    names: Iterable[str], read: Callable[[str], Reading[str]], *, sums: bool = True
) -> Answer[str]:
    """One of ``names``, each with its button, or in digits another amount; ``read`` says which."""
    known = one_of(dict.fromkeys(names, ()))

    def recall(kept: str) -> Got[str] | None:
        return Got(kept) if kept.isdecimal() else known.recall(kept)

    return replace(known, read=read, recall=recall, sums=sums)


#: Wishes that words for her mentor may be as well, and the word that says they are for the mentor.
_MOVES_MONEY, _FOR_MENTOR = ("setor", "tarik"), "to_mentor"


async def money_first(turn: Turn, words: str) -> Instead | None:
    """Whether she means to put money in, or to take it out, rather than to tell her mentor: she is asked.

    What is only a command ("setor 10rb") never comes here; "saya setor 10rb" may be either.
    """
    wish, rupiah = guess(words), read_amount(words).rupiah
    if wish.choices or wish.name not in _MOVES_MONEY or rupiah is None:
        return None
    if not SMALLEST <= rupiah <= LARGEST:
        return None
    label = turn.wording(f"money_first.{wish.name}", amount=Money(rupiah))
    either = one_of({wish.name: (), _FOR_MENTOR: ("kirim", "pendamping")})
    choices = (Choice(wish.name, shows=label), Choice(_FOR_MENTOR))
    if await ask("money_or_words", replace(either, choices=choices)) == _FOR_MENTOR:
        return None
    return Instead(wish.name, words)


#: The words behind the button of what shows her money, and what an amount said to it is then.
_PUT_RIGHT = "koreksi"
_NEW_OR_RIGHT = {"setor": ("setoran", "setoran baru", "baru"), _PUT_RIGHT: ("membetulkan", "salah")}


async def right_or_new(older: Sequence[str] = ()) -> Instead:
    """A quiet end to what shows her money, with a way to put it right and ``older`` buttons.

    An amount she writes then is perhaps what it should be, perhaps a deposit: she is asked.
    """
    said = await ask("all_right", _amount_or_button(older), quietly=True)
    if said == _PUT_RIGHT:
        return Instead("", _PUT_RIGHT)
    amount = Money(read_amount(said).rupiah or 0)
    if await ask("new_or_right", one_of(_NEW_OR_RIGHT), amount=amount) == _PUT_RIGHT:
        return Instead("", f"{_PUT_RIGHT} jadi {said}")
    return Instead("setor", said)


def _amount_or_button(older: Sequence[str]) -> Answer[str]:
    def read(words: str) -> Reading[str]:
        rupiah = read_amount(words).rupiah
        fits = rupiah is not None and SMALLEST <= rupiah <= LARGEST
        bare = may_save(words) and not names_saving(words)  # with it, nothing is to be asked
        return Got(words) if fits and bare else None

    def recall(kept: str) -> Got[str] | None:
        # Not the older ones: what they lead to has moved on when she has saved since.
        return Got(kept) if kept == _PUT_RIGHT or read(kept) else None

    commands = tuple(Choice(one, command=True) for one in older)
    buttons = (Choice(_PUT_RIGHT), *commands)
    return replace(one_of({_PUT_RIGHT: ()}), read=read, recall=recall, choices=buttons)


def may_save(words: str) -> bool:
    """Whether words may wish to put money aside."""
    wish = guess(words)
    return "setor" in (wish.name, *wish.choices)
