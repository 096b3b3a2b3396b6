"""How people find us: the links a mentor sends on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Ways:
    """Our own addresses: the ``telegram`` bot's name and the ``whatsapp`` number, where known.

    ``listens`` when voice notes can be put into words here.
    """

    telegram: str = ""
    whatsapp: str = ""
    listens: bool = False

    def to_group(self, code: str) -> dict[str, str]:
        """The links by which one joins a group, by channel, Telegram's first."""
        return self._links(start=f"g_{code}", says=f"gabung {code}")

    def to_mentor(self, code: str) -> dict[str, str]:
        """The links by which one becomes a mentor, by channel."""
        return self._links(start=f"m_{code}", says=f"/start m_{code}")

    def to_chat(self) -> dict[str, str]:
        """The links that open a chat with us, by channel, Telegram's first."""
        links = {"telegram": f"https://t.me/{self.telegram}"} if self.telegram else {}
        return links | ({"whatsapp": f"https://wa.me/{self.whatsapp}"} if self.whatsapp else {})

    def to_buddy(self, code: str) -> dict[str, str]:
        """The links by which somebody becomes a member's saving buddy, by channel."""
        return self._links(start=f"t_{code}", says=f"/start t_{code}")

    def _links(self, *, start: str, says: str) -> dict[str, str]:
        links = {}
        if self.telegram:
            links["telegram"] = f"https://t.me/{self.telegram}?start={start}"
        if self.whatsapp:
            links["whatsapp"] = f"https://wa.me/{self.whatsapp}?text={quote(says)}"
        return links
