"""Everything that is read from one message, as `pendamping understand` prints it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from bot.talk.understand.amounts import Amount, read_amount
from bot.talk.understand.days import Day, Looking, read_day
from bot.talk.understand.tokens import bag
from bot.talk.understand.wishes import Wish, guess

_AHEAD: Final = bag("jadwal izin_libur")
_BACK: Final = bag("setor tarik saldo riwayat batal")


@dataclass(frozen=True)
class Understood:
    """What one message means: her wish, the amount and the day in it."""

    text: str
    wish: Wish
    amount: Amount
    day: Day

    def to_json(self) -> dict[str, Any]:
        """The keys and values that the contract promises, ready for `json.dumps`."""
        return {
            "text": self.text,
            "wish": self.wish.name,
            "confidence": self.wish.confidence,
            "choices": list(self.wish.choices),
            "amount": self.amount.rupiah,
            "amount_sure": self.amount.sure,
            "amount_candidates": list(self.amount.candidates),
            "date": self.day.date.isoformat() if self.day.date else None,
            "date_sure": self.day.sure,
        }


def understand(text: str, today: dt.date) -> Understood:
    """Everything read from one message.

    Days are looked for back for money, ahead for reminders and days off. For any other wish they are
    looked for back too, unless that would be in the future.
    """
    wish = guess(text)
    looking: Looking = "ahead" if wish.name in _AHEAD else "back"
    day = read_day(text, today, looking=looking)
    if wish.name not in _BACK and day.date and day.date > today:
        day = read_day(text, today, looking="ahead")
    return Understood(text, wish, read_amount(text), day)
