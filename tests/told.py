"""What the texts people read say about their money, for tests that believe nothing else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container
from itertools import chain

WAITING = re.compile(r"\*Rp([\d.]+)\*(?: untuk [^*.]+)? menunggu [^.]+\. Begitu")
RECEIPT = re.compile(
    r"Sudah diterima [^*]+: \*Rp([\d.]+)\* \([^)]+\)\.\n\n"
    r"Celengan \w+ sekarang \*Rp([\d.]+)\*\.\nCatatan nomor (\d+)\b"
)
ONCE_MORE = re.compile(r"Baik, \*Rp([\d.]+)\* saya tanyakan sekali lagi")
COUNTED = re.compile(r"menghitung \*Rp([\d.]+)\*, bukan \*Rp([\d.]+)\*\.")
REPLACED = re.compile(r"Baik, \*Rp([\d.]+)\* saya ganti \*Rp([\d.]+)\*\.")
REFUSED = re.compile(
    r"(?:bilang|belum melihat) \*Rp([\d.]+)\* (?:belum sampai ke tangan|itu masuk ke celengan)"
)
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


class Told:
    """What some people were told of their money: all they know of it.

    A receipt is money ``saved``, a "menunggu" is a claim ``waiting``, by name and amount (rupiah).
    ``receipts`` are known by their entry, and claims the holder ``counted`` otherwise by their
    number: whose, what she told, what was counted.
    """

    def __init__(self) -> None:
        self.saved: Counter[str] = Counter()
        self.waiting: dict[str, Counter[int]] = defaultdict(Counter)
        self.receipts: dict[int, tuple[str, int]] = {}
        self.counted: dict[int, tuple[str, int, int]] = {}

    def hears(self, name: str, text: str) -> list[int]:
        """Take in what somebody read; the amounts she is asked about anew, as the holder counted."""
        assert TROUBLE not in text, f"a fault of ours reached {name}"
        anew = [rupiah(amount) for amount in ONCE_MORE.findall(text)]
        for amount in chain(map(rupiah, WAITING.findall(text)), anew):
            self.waiting[name][amount] += 1
        for was, instead in REPLACED.findall(text):
            self.waiting[name][rupiah(was)] -= 1
            self.waiting[name][rupiah(instead)] += 1
        for gone in chain(REFUSED.findall(text), TAKEN_BACK.findall(text)):
            self.waiting[name][rupiah(gone)] -= 1
        self._corrected(name, text)
        self._receipts(name, text)
        return anew

    def _corrected(self, name: str, text: str) -> None:
        for was, right, number in CORRECTED.findall(text):
            self.saved[name] -= rupiah(was)
            if right:
                self.saved[name] += rupiah(right)
                self.receipts[int(number)] = (name, rupiah(right))

    def _receipts(self, name: str, text: str) -> None:
        receipts = RECEIPT.findall(text)
        for amount, _, number in receipts:
            assert int(number) not in self.receipts, "two receipts for one entry"
            self.receipts[int(number)] = (name, rupiah(amount))
            self.saved[name] += rupiah(amount)
        totals = {rupiah(total) for _, total, _ in receipts}
        assert totals <= {self.saved[name]}, "what a receipt says and the sum of receipts differ"

    def agrees(self, name: str, counted: int, off: Container[int]) -> None:
        """What she told of first waits no longer; it is one of the claims that are ``off`` by now."""
        claimed = next(
            number
            for number, (whose, _, instead) in self.counted.items()
            if number in off and (whose, instead) == (name, counted)
        )
        self.waiting[name][self.counted.pop(claimed)[1]] -= 1
