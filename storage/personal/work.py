"""Her business: what she sold, and the guides she walks."""

from __future__ import annotations

from storage import guide_tables, tables
from storage.personal.kept import WITH_BOOKS, WITH_GROUP, Erased, Kept

WORK: tuple[Kept, ...] = (
    Kept(
        tables.costing,
        "Hitungan HPP",
        "catatan modal dan harga untuk diri sendiri",
        WITH_GROUP,
        "person",
        {
            "product": "Barang",
            "cost": "Modal satunya (Rp)",
            "percent": "Untung (persen)",
            "price": "Harga jual (Rp)",
            "day": "Hari",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        tables.jotting,
        "Buku jualan",
        "catatan sendiri, tidak dilihat siapa pun",
        WITH_GROUP,
        "person",
        {
            "number": "Nomor",
            "day": "Hari",
            "kind": "Jenis",
            "rupiah": "Rp",
            "written_at": "Ditulis",
            "struck_at": "Dicoret",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        guide_tables.guide_step,
        "Langkah panduan",
        "supaya panduan bisa dilanjutkan; pendamping melihat langkahnya",
        WITH_GROUP,
        "person",
        {
            "guide": "Panduan",
            "step": "Langkah",
            "state": "Keadaan",
            "given": "Yang dikirim",
            "at": "Kapan",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        guide_tables.guide_walk,
        "Panduan",
        "supaya panduan bisa dilanjutkan",
        WITH_GROUP,
        "person",
        {"guide": "Panduan", "begun_at": "Mulai", "moved_at": "Terakhir", "ended": "Selesai"},
        erased=Erased.DELETED,
    ),
    Kept(
        guide_tables.guide_present,
        "Hadir di sesi bersama",
        "laporan pendamping",
        WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "session": "Sesi nomor"},
    ),
    Kept(
        guide_tables.guide_session,
        "Sesi yang dipimpin",
        "laporan pendamping",
        WITH_BOOKS,
        "by",
        {"group_id": "Kelompok", "guide": "Panduan", "day": "Hari"},
    ),
)
