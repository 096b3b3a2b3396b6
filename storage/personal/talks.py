"""What she said to her mentor and to the machine, and what she sent."""

from __future__ import annotations

from storage import consult_tables, tables
from storage import picture_tables as pictures
from storage.personal.kept import WITH_GROUP, Erased, Kept

TALKS: tuple[Kept, ...] = (
    Kept(
        consult_tables.part,
        "Pesan untuk pendamping",
        "supaya pendamping bisa menjawab",
        WITH_GROUP,
        "consultation",
        {"consultation": "Konsultasi", "words": "Pesan", "media": "Kiriman", "at": "Ditulis"},
        others={"writer": "jawaban pendamping dalam konsultasi anggota lain"},
        erased=Erased.DELETED,
        only=consult_tables.part.c.kind != "private",
    ),
    Kept(
        consult_tables.draft,
        "",
        "bahwa sebuah jawaban sedang disusun untuk pendamping; isinya tidak disimpan di sini",
        "sampai dijawab",
        "consultation",
        erased=Erased.DELETED,
    ),
    Kept(
        consult_tables.consultation,
        "Konsultasi",
        "supaya pendamping bisa menjawab",
        WITH_GROUP,
        "asker",
        {
            "id": "Nomor",
            "group_id": "Kelompok",
            "topic": "Tentang",
            "state": "Keadaan",
            "opened_at": "Ditulis",
            "answered_at": "Dijawab",
            "good": "Membantu",
            "remark": "Kesan",
        },
        others={"mentor": "pesan anggota lain; ia hanya yang menjawab"},
        erased=Erased.DELETED,  # after what points at it
    ),
    Kept(
        consult_tables.canned,
        "Jawaban cepat",
        "supaya pendamping tidak menulis hal yang sama dua kali",
        WITH_GROUP,
        "mentor",
        {"title": "Judul", "words": "Kata-katanya"},
        erased=Erased.DELETED,
    ),
    Kept(
        consult_tables.article,
        "Artikel",
        "jawaban yang dibaca semua kelompok; sesudah dihapus tanpa nama",
        "selama artikelnya dipakai",
        "by",
        {"title": "Judul", "words": "Isinya", "written_at": "Ditulis"},
    ),
    Kept(
        tables.errand,
        "Yang sedang dikerjakan",
        "supaya pesan suara bisa ditulis menjadi kata dan foto bisa dilihat",
        "sampai selesai, paling lama tujuh hari",
        "person",
        {
            "kind": "Jenis",
            "media": "Tanda dari Telegram atau WhatsApp",
            "facts": "Kata yang ikut, dan keterangannya",
            "made_at": "Dikirim",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        pictures.photo,
        "Foto barang",
        "supaya bisa dirapikan dan dijadikan gambar promosi; gambarnya sudah dikirim kembali di chat",
        "tiga puluh hari, paling banyak enam",
        "person",
        {"id": "Nomor", "made_at": "Dikirim"},
        erased=Erased.DELETED,
    ),
    Kept(
        tables.session,
        "Percakapan",
        "supaya percakapan bisa dilanjutkan",
        "tiga puluh hari sesudah selesai",
        "person",
        {"dialogue": "Tentang", "state": "Jawaban", "asked_at": "Ditanya", "closed": "Selesai"},
        erased=Erased.DELETED,
    ),
)
