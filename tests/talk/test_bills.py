"""What was bought, as it is written to a question about money."""

from __future__ import annotations

import pytest

from bot.domain.bills import Bill, Item, Manner
from bot.domain.money import Money
from bot.talk.answers import Doubt, Got
from bot.talk.bills import ENOUGH, belongs_to, bill, more

_PRODUCT = "keripik pisang"


def _bill(*items: tuple[str, int], manner: Manner = Manner.WRITTEN) -> Bill:
    return Bill(tuple(Item(name, Money(rupiah)) for name, rupiah in items), manner)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("80rb", _bill(("", 80_000))),
        ("bahannya 80 ribu bu", _bill(("", 80_000))),
        ("keripik pisang 80rb", _bill(("", 80_000))),
        ("pisang 50rb, minyak 20rb", _bill(("pisang", 50_000), ("minyak", 20_000))),
        ("pisang 50rb minyak 20rb", _bill(("pisang", 50_000), ("minyak", 20_000))),
        ("pisang: 50.000\nminyak: 20.000", _bill(("pisang", 50_000), ("minyak", 20_000))),
        ("50rb pisang, 20rb minyak", _bill(("pisang", 50_000), ("minyak", 20_000))),
        ("gula 2 kg 30rb dan 10 telur 25rb", _bill(("gula", 30_000), ("telur", 25_000))),
        ("50rb + 20rb", _bill(("", 50_000), ("", 20_000))),
        ("tambah gula 10rb", _bill(("gula", 10_000), manner=Manner.ADDS)),
        ("sama gula 10rb", _bill(("gula", 10_000), manner=Manner.ADDS)),
        ("eh gulanya 10rb belum", _bill(("gula", 10_000), manner=Manner.ADDS)),
        ("bukan, gulanya 15rb", _bill(("gula", 15_000), manner=Manner.PUTS_RIGHT)),
        ("semuanya 90rb", _bill(("", 90_000), manner=Manner.WHOLE)),
        (
            "pisang 50rb, minyak 20rb, total 70rb",
            _bill(("pisang", 50_000), ("minyak", 20_000), manner=Manner.WHOLE),
        ),
    ],
)
def test_what_was_bought(words: str, found: Bill) -> None:
    read = bill(_PRODUCT)
    assert read.read(words) == Got(found)
    assert read.recall(read.keep(found)) == Got(found)


def test_what_is_not_sure_is_asked_again() -> None:
    assert bill().read("50") == Doubt((_bill(("", 50_000)),))
    assert bill().read("pisang 50, minyak 20") is None
    assert bill().read("banyak bu") is None


def test_what_was_kept_before_there_were_bills() -> None:
    assert bill().recall("80000") == Got(_bill(("", 80_000)))
    assert bill().recall("[1") is None
    assert bill().recall('["written", 5]') is None


@pytest.mark.parametrize(
    ("later", "together"),
    [
        ("gula 10rb", 80_000),
        ("minyaknya 25rb", 75_000),
        ("tambah minyak 25rb", 95_000),
        ("bukan, minyaknya 25rb", 75_000),
        ("bukan, gulanya 10rb", 80_000),
        ("tambah 5rb", 75_000),
        ("total 90rb", 90_000),
    ],
)
def test_what_comes_later_is_added_or_puts_right(later: str, together: int) -> None:
    found = bill().read(later)
    assert isinstance(found, Got)
    before = _bill(("pisang", 50_000), ("minyak", 20_000))
    assert before.with_more(found.value).total == Money(together)


@pytest.mark.parametrize(
    "words", ["sudah", "itu saja bu", "cukup", "gak ada lagi", "oke", "lewati"]
)
def test_that_is_all(words: str) -> None:
    assert more(_PRODUCT).read(words) == Got(None)
    assert more(_PRODUCT).recall(ENOUGH) == Got(None)


@pytest.mark.parametrize("words", ["belum", "masih ada", "gula"])
def test_that_is_not_all(words: str) -> None:
    assert more(_PRODUCT).read(words) is None


@pytest.mark.parametrize(
    ("words", "so"),
    [
        ("tambah gula 10rb", True),
        ("minyaknya 25rb", True),
        ("plastik 10rb", False),
        ("tambah plastik 10rb", False),
        ("10rb", False),
        ("tambah 10rb", False),
    ],
)
def test_what_belongs_to_the_bill_before(words: str, so: bool) -> None:  # noqa: FBT001
    found = bill().read(words)
    assert isinstance(found, Got)
    assert belongs_to(_bill(("minyak", 20_000)), found.value, frozenset({"plastik"})) is so
