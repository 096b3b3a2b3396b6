"""What the channel itself says: the list of commands, and a line for groups it is put into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_COMMANDS = {
    "setor": "Isi celengan hari ini",
    "saldo": "Lihat isi celengan Ibu",
    "riwayat": "Lihat catatan setoran",
    "bantuan": "Apa saja yang bisa saya bantu",
    "pendamping": "Sampaikan pesan ke pendamping",
    "batal": "Tidak jadi",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the channel; ``in_group`` has ``{link}``, ``chosen`` has ``{label}`` (HTML)."""

    commands: Mapping[str, str] = field(default_factory=lambda: dict(_COMMANDS))
    in_group: str = (
        "Halo, Ibu-ibu. Catatan celengan itu pribadi, jadi saya melayani lewat obrolan berdua "
        "saja.\nSilakan ketuk: {link}"
    )
    chosen: str = "✓ <i>{label}</i>"
