"""Number words, digits and both mixed, found in a message part by part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from bot.talk.understand.digits import THOUSAND, written
from bot.talk.understand.notmoney import counts_something
from bot.talk.understand.tokens import Token, bag, near, squeeze
from bot.talk.understand.vocabulary import JOINABLE, NOT_NUMBERS, NUMBERS, STANDARD

_LETTER_SCALES = {"k": THOUSAND, "m": THOUSAND**3, "r": THOUSAND}
_SLANG_ENDS = frozenset(("ceng", "ban", "tiao", "tiau", "tiaw"))
_WHOLE_SLANG = frozenset(("cepek", "nopek", "gopek"))
_SHORTEST_TYPO = 4
_SMALL_KINDS = bag("unit tens belas puluh plain")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number: its kind and value (see `vocabulary.NUMBERS`, or a kind of `Written`).

    `guessed` marks a misspelling made out; `about` a word such as `ribuan` (some thousands).
    """

    kind: str
    value: Fraction
    others: tuple[Fraction, ...] = ()
    guessed: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that stand together, and the tokens `first` to `last` (inclusive) they came from."""

    first: int
    last: int
    parts: tuple[Part, ...]


@lru_cache(maxsize=4096)
def number_parts(word: str) -> tuple[Part, ...]:
    """The number parts a word is made of; none when it is no number word.

    >>> [part.kind for part in number_parts("limaribu")]
    ['unit', 'scale']
    """
    for form in (word, squeeze(word)):
        if form in NUMBERS:
            return (_known(form),)
        for ending in ("an", "nya"):
            stem = form.removesuffix(ending)
            if stem != form and stem in NUMBERS and NUMBERS[stem][0] not in {"unit", "half"}:
                return (replace(_known(stem), about=ending == "an"),)
        joined = _split(form)
        if joined:
            return joined
    return ()


def _known(word: str) -> Part:
    kind, value = NUMBERS[word]
    return Part(kind, Fraction(value))


def _split(word: str) -> tuple[Part, ...]:
    """A word written without spaces, cut into number words that fill it wholly."""
    for piece in JOINABLE:
        if not word.startswith(piece):
            continue
        rest = word[len(piece) :]
        if rest in {"", "an", "nya"}:
            return (replace(_known(piece), about=rest == "an"),)
        following = _split(rest)
        if following:
            return (_known(piece), *following)
    return ()


@lru_cache(maxsize=4096)
def misspelled(word: str) -> Part | None:
    """The one number word this is a letter away from, as a guess; None when there is none."""
    form = squeeze(word)
    if len(form) < _SHORTEST_TYPO or form in NOT_NUMBERS or word in NOT_NUMBERS:
        return None
    for known in STANDARD:
        if len(known) >= _SHORTEST_TYPO and near(form, known):
            return replace(_known(known), guessed=True)
    return None


def runs(tokens: Sequence[Token], skip: Sequence[bool]) -> list[Run]:
    """The numbers of a message in order; tokens marked in `skip` belong to none."""
    parts = [() if skip[i] else _parts_at(tokens, i) for i in range(len(tokens))]
    _join_slang(tokens, parts)
    for i, token in enumerate(tokens):
        if (
            token.kind == "word"
            and not parts[i]
            and not skip[i]
            and _beside_a_word(tokens, parts, i)
        ):
            guess = misspelled(token.text)
            parts[i] = (guess,) if guess else ()
    return [piece for run in _gather(tokens, parts) for piece in _parted(tokens, parts, run)]


def _parted(tokens: Sequence[Token], parts: Sequence[tuple[Part, ...]], run: Run) -> list[Run]:
    """`10rb dua hari lalu` is two numbers: the small one at the end counts what follows it."""
    if not counts_something(tokens, run.last):
        return [run]
    tail = run.last
    while tail > run.first and all(part.kind in _SMALL_KINDS for part in parts[tail]):
        tail -= 1
    small = all(part.kind in _SMALL_KINDS for part in parts[run.last])
    if not small or tail == run.last or all(part.kind in _SMALL_KINDS for part in parts[tail]):
        return [run]
    head = tuple(part for i in range(run.first, tail + 1) for part in parts[i])
    rest = tuple(part for i in range(tail + 1, run.last + 1) for part in parts[i])
    return [Run(run.first, tail, head), Run(tail + 1, run.last, rest)]


def _parts_at(tokens: Sequence[Token], i: int) -> tuple[Part, ...]:
    token = tokens[i]
    if token.kind == "digits":
        number = written(token.text)
        return (Part(number.kind, number.value, number.others),) if number else ()
    if token.kind != "word":
        return ()
    after_digits = i > 0 and tokens[i - 1].kind == "digits"
    if token.text == "koma" and 0 < i < len(tokens) - 1:
        beside = number_parts(tokens[i - 1].text), number_parts(tokens[i + 1].text)
        return (Part("comma", Fraction(0)),) if all(beside) else ()
    if token.text in _LETTER_SCALES:
        if not after_digits or (token.text != "k" and not token.glued):
            return ()
        certain = token.text == "k" and token.glued
        return (Part("scale", Fraction(_LETTER_SCALES[token.text]), guessed=not certain),)
    return number_parts(token.text)


def _join_slang(tokens: Sequence[Token], parts: list[tuple[Part, ...]]) -> None:
    """`cepek ceng` is one word of two; `go ceng` is a guess at `goceng`."""
    for i in range(len(tokens) - 1):
        joined = tokens[i].text + tokens[i + 1].text
        if tokens[i + 1].text in _SLANG_ENDS and NUMBERS.get(joined, ("", 0))[0] == "slang":
            parts[i] = (replace(_known(joined), guessed=tokens[i].text not in _WHOLE_SLANG),)
            parts[i + 1] = (Part("nothing", Fraction(0)),)


def _beside_a_word(tokens: Sequence[Token], parts: Sequence[tuple[Part, ...]], i: int) -> bool:
    """Whether a number word stands right before or after, so that a misspelling is likely."""
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(tokens)]
    return any(parts[j] and (tokens[j].kind == "word") for j in around)


def _gather(tokens: Sequence[Token], parts: Sequence[tuple[Part, ...]]) -> list[Run]:
    """Neighbouring parts as runs; a hyphen inside words (`dua-puluh`) does not part them."""
    found: list[Run] = []
    first = last = -1
    held: list[Part] = []
    for i, own in enumerate(parts):
        if own:
            if not held:
                first = i
            held.extend(part for part in own if part.kind != "nothing")
            last = i
        elif held and not _hyphen(tokens, parts, i):
            found.append(Run(first, last, tuple(held)))
            held = []
    if held:
        found.append(Run(first, last, tuple(held)))
    return found


def _hyphen(tokens: Sequence[Token], parts: Sequence[tuple[Part, ...]], i: int) -> bool:
    return (
        tokens[i].text == "-"
        and tokens[i].glued
        and 0 < i < len(tokens) - 1
        and tokens[i + 1].glued
        and tokens[i - 1].kind == tokens[i + 1].kind == "word"
        and bool(parts[i + 1])
    )
