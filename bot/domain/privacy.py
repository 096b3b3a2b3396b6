"""What is never kept: numbers that open somebody's life (NIK, KK) do not get past the door."""

from __future__ import annotations

import re

#: Sixteen digits in a row, as people group them; NIK and KK have sixteen.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
HIDDEN = "[16 angka dihapus]"


def without_secrets(words: str) -> tuple[str, bool]:
    """The words with every run of sixteen digits taken out, and whether there was one."""
    hidden, count = _SIXTEEN.subn(HIDDEN, words)
    return hidden, count > 0
