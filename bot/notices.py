"""What is written after a breach: to the people, in words they understand, and to the authority.

UU 27/2022, article 46: in writing, within three times 24 hours, which data, when and how, and what is
done about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_datetime

from bot.domain.calendar import Zone, local
from storage.affected import Affected

#: How long there is to tell.
DEADLINE = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Breach:
    """What the operator knows; ``since`` and ``known_at`` are aware UTC."""

    since: datetime
    known_at: datetime
    what: str
    how: str
    done: str

    @property
    def told_by(self) -> datetime:
        """The last moment to tell."""
        return self.known_at + DEADLINE


def to_her(breach: Breach) -> str:
    """What everybody affected is told, after her name."""
    return (
        "ada hal penting tentang data Ibu yang kami simpan.\n\n"
        f"*Yang terjadi:* {breach.how}, sejak {_when(breach.since)}.\n"
        f"*Data yang terkena:* {breach.what}.\n"
        f"*Yang kami lakukan:* {breach.done}.\n\n"
        "Uang celengan Ibu tidak tersentuh: uangnya ada di pemegang celengan. Jangan berikan kode OTP,"
        " PIN, atau nomor KTP kepada siapa pun yang menghubungi Ibu."
    )


def to_the_authority(breach: Breach, people: Sequence[Affected]) -> str:
    """The written notice to the authority for the protection of personal data."""
    kinds = Counter(kind for one in people for kind in one.kinds)
    listed = "\n".join(f"- {kind}: {count} orang" for kind, count in kinds.most_common())
    unreached = sum(1 for one in people if not one.chats)
    return (
        "PEMBERITAHUAN KEGAGALAN PELINDUNGAN DATA PRIBADI\n"
        "(Undang-Undang Nomor 27 Tahun 2022, Pasal 46)\n\n"
        f"Diketahui: {_when(breach.known_at)}\n"
        f"Paling lambat disampaikan: {_when(breach.told_by)}\n"
        f"Terjadi sejak: {_when(breach.since)}\n\n"
        f"1. Data pribadi yang terungkap: {breach.what}.\n"
        f"   Jenis data yang tersimpan, dengan jumlah orangnya:\n{listed}\n\n"
        f"2. Kapan dan bagaimana: {breach.how}.\n\n"
        f"3. Upaya penanganan dan pemulihan: {breach.done}.\n\n"
        f"Jumlah orang yang terdampak: {len(people)}, di antaranya {unreached} orang tanpa chat yang"
        " diberi tahu langsung oleh pendampingnya.\n"
    )


def roll(people: Sequence[Affected]) -> str:
    """Who is affected, a line each, for a spreadsheet (tabs)."""
    lines = ["nomor\tnama\tkelompok\tdiberi tahu lewat\tdata"]
    lines += [
        "\t".join(
            (
                str(one.person),
                f"{one.sapaan} {one.name}" if one.name else "(sudah dihapus)",
                ", ".join(one.groups),
                ", ".join(one.chats) or "langsung, oleh pendamping",
                ", ".join(one.kinds),
            )
        )
        for one in people
    ]
    return "\n".join(lines) + "\n"


def _when(instant: datetime) -> str:
    here = local(instant, Zone.WIB)
    return f"{format_datetime(here, 'EEEE, d MMMM y, HH.mm', locale='id')} WIB"
