"""What a question is about, as far as its words tell."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot.domain.consultations import Topic
from bot.talk.knowledge.words import bare_words
from bot.talk.understand.tokens import bag

#: Words, in the one spelling they are brought to, that tell a topic.
_TELLING: Final = {
    Topic.CAPITAL: bag("modal kur pinjam bank angsuran jaminan bunga margin akad agunan gadai"),
    Topic.MARKETING: bag(
        "jual promosi facebook whatsapp status marketplace shopee foto video latar pembeli laku "
        "sepi langganan reseller saingan canva logo merek spanduk brosur desain online"
    ),
    Topic.MONEY: bag(
        "uang catat pisah untung rugi omzet nota hpp harga tabung celengan utang bon tagih bayar "
        "upah pajak transfer biaya"
    ),
    Topic.PERMIT: bag("nib oss kbli izin halal pirt sertifikat sni bpom label npwp daftar"),
    Topic.PRODUCT: bag(
        "produk kemas keripik kerupuk kue goreng rasa renyah melempem basi kedaluwarsa kulkas "
        "bantat bahan masak resep minyak dapur kotor rambut plastik awet"
    ),
}


def topic_of(words: str) -> Topic | None:
    """The topic most of the words speak of; None when none or several do."""
    said = list(bare_words(words))
    counts = Counter(
        {topic: sum(one in telling for one in said) for topic, telling in _TELLING.items()}
    )
    (best, many), (_, second) = counts.most_common(2)
    return best if many > second else None
