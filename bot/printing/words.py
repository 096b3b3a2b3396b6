"""What stands on papers: the questions and answers of surveys, days, and numbers of people."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

#: Each question as a chart's name.
QUESTIONS = {
    "years": "Lama berusaha",
    "turnover": "Uang masuk seminggu",
    "records": "Mencatat jualan",
    "nib": "Punya NIB",
    "online": "Berjualan lewat HP",
    "saves": "Menyisihkan uang",
    "face": "Rasanya didampingi",
    "still_saves": "Menyisihkan uang, tiga bulan sesudahnya",
    "still_runs": "Usaha, tiga bulan sesudahnya",
}

#: Each answer.
ANSWERS = {
    "under_1": "belum setahun",
    "years_1_3": "1 sampai 3 tahun",
    "years_4_10": "4 sampai 10 tahun",
    "over_10": "lebih dari 10 tahun",
    "under_250": "di bawah Rp250.000",
    "from_250": "Rp250.000 sampai 500.000",
    "from_500": "Rp500.000 sampai 1 juta",
    "over_1000": "lebih dari Rp1 juta",
    "never_writes": "belum dicatat",
    "sometimes": "kadang-kadang",
    "always_writes": "selalu dicatat",
    "none": "belum",
    "trying": "sedang diurus",
    "has": "sudah punya",
    "not_online": "belum",
    "by_chat": "lewat chat",
    "on_market": "lewat pasar di internet",
    "seldom": "jarang",
    "monthly": "tiap bulan",
    "weekly": "tiap minggu",
    "daily": "tiap hari",
    "face_1": "tidak senang",
    "face_2": "kurang senang",
    "face_3": "biasa saja",
    "face_4": "senang",
    "face_5": "senang sekali",
    "paused": "sedang berhenti",
    "same": "seperti dulu",
    "grown": "lebih ramai",
}

#: What the books saw by themselves.
INDICATORS = {
    "saves_regularly": "menabung tiap minggu",
    "nib_reported": "NIB dilaporkan terbit",
    "first_listing": "barang pertama tampil",
    "was_answered": "pertanyaan dijawab pendamping",
}

#: What people spoke of.
NEEDS = {
    "capital": "modal dan bahan",
    "marketing": "penjualan",
    "finance": "mengatur uang",
    "licence": "izin usaha",
    "skills": "keterampilan",
    "personal": "keluarga dan diri",
    "other": "lain-lain",
}

#: The six stages.
STAGES = {
    1: "Persiapan",
    2: "Assessment",
    3: "Perencanaan",
    4: "Pelaksanaan",
    5: "Evaluasi",
    6: "Terminasi",
}

#: How far somebody is with a programme.
STEPS = {"not_yet": "belum mulai", "under_way": "sedang jalan", "done": "selesai"}

#: Why a programme ends.
REASONS = {
    "time_over": "waktu yang disepakati selesai",
    "goals_met": "tujuan bersama tercapai",
    "referred": "diteruskan pendamping lain",
    "other_reason": "alasan lain, dijelaskan pendamping",
}


def day(one: date) -> str:
    """``23 November 2026``."""
    return format_date(one, "d MMMM y", locale="id")


def rupiah(amount: int) -> str:
    """``Rp85.000``."""
    return f"Rp{format_decimal(amount, locale='id')}"
