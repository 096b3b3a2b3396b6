"""What can go wrong between the bot and Telegram: by script, or by chance from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(slots=True)
class Fault:
    """One kind of trouble for the next ``times`` calls that fit.

    ``what``: ``429`` (with ``seconds`` as retry_after), ``400``, a status of 5xx, ``lost`` (done, but the
    connection drops before the answer), ``unheard`` (it drops before anything is done) or
    ``slow`` (done, answered after ``seconds``).
    """

    what: str
    method: str = ""
    chat: int | None = None
    times: int = 1
    seconds: float = 1

    def fits(self, method: str, chat: int | None) -> bool:
        return (
            self.times > 0
            and self.method in {"", method}
            and (self.chat is None or self.chat == chat)
        )


@dataclass(slots=True)
class Trouble:
    """Faults by chance: each call of ``methods`` meets one with probability ``rate``."""

    rate: float
    seed: int
    kinds: tuple[str, ...] = ("429", "500", "lost", "unheard", "slow")
    methods: tuple[str, ...] = ("sendMessage", "sendPhoto")
    seconds: float = 0.05
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - a test's own luck

    def meets(self, method: str) -> Fault | None:
        if method not in self.methods or self._chance.random() >= self.rate:
            return None
        what = self._chance.choice(self.kinds)
        return Fault(what, seconds=1 if what == "429" else self.seconds)


class Faults:
    """All that is to go wrong."""

    def __init__(self) -> None:
        self.script: list[Fault] = []
        self.trouble: Trouble | None = None

    def next(self, method: str, chat: int | None) -> Fault | None:
        """The fault this call meets, if any; scripted ones first."""
        for fault in self.script:
            if fault.fits(method, chat):
                fault.times -= 1
                return fault
        return self.trouble.meets(method) if self.trouble else None
