"""The six stages: her own words and answers go with her, votes and attendance stay the group's numbers."""

from __future__ import annotations

from storage import programme_tables as stages
from storage.personal.kept import WITH_BOOKS, WITH_GROUP, Erased, Kept

STAGES: tuple[Kept, ...] = (
    Kept(
        stages.survey_answer,
        "Data awal dan evaluasi",
        "supaya kelihatan apa yang berubah",
        WITH_GROUP,
        "member",
        {"group_id": "Kelompok", "round": "Kapan", "answers": "Jawaban", "answered_at": "Dijawab"},
        erased=Erased.DELETED,
    ),
    Kept(
        stages.focus_answer,
        "Cerita di diskusi kelompok",
        "mengetahui kebutuhan kelompok",
        WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "words": "Cerita",
            "theme": "Tentang",
            "may": "Boleh dikutip",
            "said_at": "Diceritakan",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        stages.progress,
        "Kemajuan program",
        "mendampingi sesuai langkahnya",
        WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "programme": "Program nomor",
            "step": "Sampai mana",
            "obstacle": "Hambatan",
            "told_at": "Diceritakan",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        stages.sketch,
        "Gambar keluarga",
        "supaya pendamping lebih mengerti, dengan izin",
        WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "allowed": "Diizinkan",
            "lines": "Isi gambar",
            "changed_at": "Diubah",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        stages.plan_answer,
        "Jawaban atas rencana",
        "menyepakati rencana kelompok",
        WITH_GROUP,
        "member",
        {"group_id": "Kelompok", "agrees": "Setuju", "words": "Usul", "answered_at": "Dijawab"},
        erased=Erased.DELETED,
    ),
    Kept(
        stages.contract_answer,
        "Jawaban atas kontrak pendampingan",
        "bukti siapa setuju dengan versi yang mana",
        WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "version": "Versi", "agrees": "Setuju", "answered_at": "Dijawab"},
    ),
    Kept(
        stages.meeting_member,
        "Kegiatan",
        "undangan dan kehadiran",
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "meeting": "Kegiatan nomor",
            "comes": "Bilang datang",
            "attended": "Kehadiran",
        },
    ),
    Kept(
        stages.meeting_photo_seen,
        "Foto kegiatan",
        "foto yang menampakkan dirinya hanya dipakai dengan izinnya",
        WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "photo": "Foto nomor",
            "may": "Diizinkan",
            "answered_at": "Dijawab",
        },
        others={"by": "izin orang lain, yang ditanyakannya langsung"},
        erased=Erased.DELETED,  # and the photo itself, see storage/erasing.py
    ),
    Kept(
        stages.meeting_photo,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mengirimnya",
        WITH_GROUP,
        "by",
    ),
    Kept(
        stages.need_vote,
        "Suara untuk kebutuhan",
        "kebutuhan menurut anggota sendiri",
        WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "votes": "Suara", "voted_at": "Dipilih"},
    ),
    Kept(
        stages.programme_vote,
        "Suara untuk program",
        "program menurut anggota sendiri",
        WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "programme": "Program nomor", "wants": "Mau ikut"},
    ),
    Kept(
        stages.data_choice,
        "Pilihan soal data",
        "menghormati pilihannya sesudah kelompok selesai",
        WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "keeps": "Boleh ditanya lagi", "chosen_at": "Dipilih"},
    ),
    *(
        Kept(
            table,
            "",
            "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
            WITH_BOOKS,
            "by",
        )
        for table in (
            stages.stage_move,
            stages.stage_tick,
            stages.meeting,
            stages.contract,
            stages.survey_round,
            stages.focus,
            stages.programme,
            stages.ending,
        )
    ),
)
