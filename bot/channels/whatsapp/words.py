"""What the channel itself says around choices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """``open_list`` stands on the button of a list, ``choose`` above choices without words."""

    open_list: str = "Lihat pilihan"
    choose: str = "Silakan pilih:"
