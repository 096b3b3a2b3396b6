"""What a second person says about the cash: that it is so, that it is not, or that she did not see it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.cash import CashKind, CashReport, CashState
from bot.domain.money import Money
from bot.domain.people import Member, Person
from bot.talk.answers import Doubt, Got
from handlers.vouch import NO, NOT_SEEN, NOT_SO, SO, word_about

SIXTY = Money(60_000)
RINA, SARI = Member(1, 1, Person(1, "Rina")), Person(2, "Sari")


def read(kind: CashKind, words: str) -> object:
    """What she is understood to say; the words of a question put again for none."""
    now = datetime.now(UTC)
    told = CashReport(1, 1, kind, RINA, SIXTY, SIXTY, SARI, "", CashState.WAITING, now)
    match word_about(told).read(words):
        case Got(value):
            return value
        case Doubt(values):
            return values
    return None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (SO, ["ya", "ya benar", "60rb", "ya benar 60rb", "sudah", "setuju bu pas", "iya saya lihat"]),
        (
            NOT_SEEN,
            ["tidak lihat", "saya gak di sana bu", "durung weruh", "nggak ngeliat saya", "gak tau bu",
             "ora ndelok aku", "saya tidak ikut menghitung", "saya gak ada di rumah"],
        ),
        (NOT_SO, ["beda bu", "kurang 500", "gak cocok", "tidak sama", "iya tapi kurang 500"]),
        (NO, ["tidak", "belum", "59rb", "tidak 60rb"]),  # not there, or another amount: she is asked
        (None, ["gak ada selisih bu", "gak salah bu, benar", "tidak kurang tidak lebih", "makasih bu"]),
    ],
)  # fmt: skip
def test_of_a_count(said: str | None, words: list[str]) -> None:
    assert {one: read(CashKind.COUNT, one) for one in words} == dict.fromkeys(words, said)


@pytest.mark.parametrize("kind", [CashKind.HAND_OVER, CashKind.TO_BANK, CashKind.FROM_BANK])
@pytest.mark.parametrize(
    ("said", "words"),
    [
        (SO, ["ya", "60rb", "sudah", "ya cocok"]),
        (NOT_SO, ["tidak", "belum saya serahkan", "beda bu", "kurang 500", "bukan 60rb"]),
        ((NOT_SO,), ["59rb"]),  # perhaps money of her own
        (None, ["gak tau bu", "gak ada selisih bu", "saya gak di sana"]),
    ],
)
def test_of_a_hand_over_or_a_slip(kind: CashKind, said: object, words: list[str]) -> None:
    assert {one: read(kind, one) for one in words} == dict.fromkeys(words, said)
