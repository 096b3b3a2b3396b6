"""What a broadcast costs on WhatsApp at most, by a rule with a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.broadcasts import Reach
from bot.domain.money import Money


@dataclass(frozen=True, slots=True)
class Postage:
    """What Meta asks from ``since`` on: rupiah a free-form message beyond the ``free`` ones of a
    number and month, and rupiah a template.
    """

    since: date
    free: int
    message: int
    template: int

    def most(self, reach: Reach) -> Money:
        """What telling these people costs if everybody opens her chat and reads it.

        Whoever's window is closed costs a template and then, like everybody, a message.
        """
        left = max(0, self.free - reach.sent_this_month)
        billed = max(0, reach.whatsapp - left)
        return Money(reach.closed * self.template + billed * self.message)
