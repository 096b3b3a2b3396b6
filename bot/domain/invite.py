"""How people find us: the links a mentor sends on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Ways:
    """Our own addresses: the ``telegram`` bot's name and the ``whatsapp`` number, where known."""

    telegram: str = ""
    whatsapp: str = ""

    def to_group(self, code: str) -> tuple[str, ...]:
        """The links by which one joins a group, Telegram's first."""
        return self._links(start=f"g_{code}", says=f"gabung {code}")

    def to_mentor(self, code: str) -> tuple[str, ...]:
        """The links by which one becomes a mentor."""
        return self._links(start=f"m_{code}", says=f"/start m_{code}")

    def _links(self, *, start: str, says: str) -> tuple[str, ...]:
        links = []
        if self.telegram:
            links.append(f"https://t.me/{self.telegram}?start={start}")
        if self.whatsapp:
            links.append(f"https://wa.me/{self.whatsapp}?text={quote(says)}")
        return tuple(links)
