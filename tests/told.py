"""What the texts people read say about their money, for tests that believe nothing else."""

from __future__ import annotations

import re

WAITING = re.compile(r"\*Rp([\d.]+)\*(?: untuk [^*.]+)? menunggu [^.]+\. Begitu")
RECEIPT = re.compile(
    r"Sudah diterima [^*]+: \*Rp([\d.]+)\* \([^)]+\)\.\n\n"
    r"Celengan \w+ sekarang \*Rp([\d.]+)\*\.\nCatatan nomor (\d+)\b"
)
ONCE_MORE = re.compile(r"Baik, \*Rp([\d.]+)\* saya tanyakan sekali lagi")
COUNTED = re.compile(r"menghitung \*Rp([\d.]+)\*, bukan \*Rp([\d.]+)\*\.")
REPLACED = re.compile(r"Baik, \*Rp([\d.]+)\* saya ganti \*Rp([\d.]+)\*\.")
REFUSED = re.compile(r"bilang \*Rp([\d.]+)\* belum sampai ke tangan")
TAKEN_BACK = re.compile(r"Sudah dibatalkan\. \*Rp([\d.]+)\* tidak jadi dicatat")
CORRECTED = re.compile(
    r"Sudah dibetulkan: catatan nomor \d+, \*Rp([\d.]+)\*, "
    r"(?:jadi \*Rp([\d.]+)\* \([^)]+\)|tidak dihitung lagi)\.\n\n"
    r"Celengan \w+ sekarang \*Rp[\d.]+\*\.\nCatatan nomor (\d+)\b"
)
TROUBLE = "belum bisa saya kerjakan"


def rupiah(written: str) -> int:
    """The amount as it is written on a receipt: 10.000."""
    return int(written.replace(".", ""))
