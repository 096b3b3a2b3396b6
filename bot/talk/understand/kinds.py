"""Kinds of words: `pecel` and `brownies` are both things to sell, whichever of them was learned from."""

from functools import lru_cache
from typing import Final

from bot.talk.understand.tokens import bag

_KINDS: Final = {
    "goods": bag(
        """kerupuk keripik kripik kue roti donat gorengan bakwan risol pecel lontong nasi soto bakso mie mi
        brownies bolu bika ambon dodol rengginang emping tempe tahu tape sambal rendang kacang telur telor ayam
        ikan lele asin teri udang cabe cabai bawang sayur buah pisang ubi singkong jamu es teh kopi susu jus
        cendol dawet baju gamis jilbab kerudung hijab daster mukena jahitan jahit bordir sulam tas dompet sandal
        sepatu aksesoris kosmetik skincare parfum sabun tikar anyaman lemang cenil lupis martabak seblak cilok
        cireng bakpia pempek siomay somay batagor rujak salad puding pudding cookies nastar peyek rempeyek
        gula tepung minyak gas beras santan mentega laundry salon pulsa frozen dimsum catering katering bubur
        lauk peci kebaya"""
    ),
    "licence": bag(
        """nib oss kbli halal pirt sppirt bpom sni kur legalitas izinnya perizinan npwp merek haki sertifikat
        sertifikasi surat skala kode verifikasi otp email sandi password login akta imb sku sehati umk"""
    ),
    "online": bag(
        """facebook marketplace canva logo banner poster spanduk brosur caption iklan posting upload unggah
        messenger shopee tiktok instagram ig tokopedia online onlen katalog stiker desain template latar
        background ongkir cod promosi promo foto video live konten medsos sosmed lapak olshop efek judul
        deskripsi feed story status likes follower akun"""
    ),
    "trade": bag(
        """untung rugi laba omzet omset modal harga jual jualan laku sepi pelanggan pembeli langganan hutang utang
        ngutang bon saingan kemasan stok bahan pembukuan kas usaha warung toko kios lapak pinjaman pinjol
        rentenir karyawan cabang laris porsi resep balik keuangan pengeluaran pemasukan dagang bisnis supplier
        reseller grosir eceran ongkos tarif hpp margin produksi produk cashflow"""
    ),
    "kin": bag(
        """anak suami bojo laki istri ibuk mamak mertua adik abang kakak ortu orangtua cucu bapak ayah keluarga
        tetangga saudara teman kawan menantu ponakan nenek"""
    ),
    "ill": bag("sakit demam batuk pilek pusing rumahsakit opname berobat dokter puskesmas bidan melahirkan panas flu"),
    "talk": bag("tanya curhat cerita konsultasi saran masukan tips solusi pendapat nasehat nasihat diskusi kiat"),
    "ask": bag("bagaimana berapa apa kapan kenapa siapa mana apakah gimana bolehkah bisakah ?"),
    "save": bag("nabung setor celengi setoran masukkan titip isi simpan sisihkan sisihin nyimpan nyicil cicil"),
    "box": bag("tabungan celengan saldo simpanan target uang nominal titipan kas"),
    "take": bag("ambil tarik cairkan keluarkan keluarin pakai pake buka penarikan pencairan jemput butuh perlu"),
    "stop": bag("berhenti keluar mundur pamit stop cabut resign udahan sudahan lanjut ikut kelompok grup program anggota"),
    "human": bag(
        "pendamping admin petugas manusia orangnya orang dewi operator cs telepon telpon tlp hubungi bicara jumpa ketemu"
    ),
    "robot": bag("robot bot mesin"),
    "remind": bag("ingatkan pengingat alarm jadwal notif notifikasi ngingetin diingatkan lupa kabari reminder"),
    "past": bag("riwayat mutasi catatan daftar list rekap rekapan rincian histori history laporan transaksi bukti terakhir"),
    "self": bag("nama nomor alamat profil biodata panggil panggilan usaha target kelompok akun diri"),
    "undo": bag("batal salah hapus koreksi ralat kepencet dobel barusan keliru urung tecetek"),
    "data": bag("data akun pribadi identitas privasi jejak sistem"),
    "greet": bag(
        "halo hai hello hi pagi siang sore malam selamat assalamualaikum salam permisi horas makasih kabar sugeng"
    ),
    "time": bag("jam pagi siang sore malam hari minggu senin selasa rabu kamis jumat sabtu besok kemarin tadi tanggal bulan"),
    "help": bag("bantuan bantu menu petunjuk panduan cara tutorial mengerti bingung ajari ajarin jelaskan fitur perintah"),
    "broke": bag("kosong habis seret bokek tongpes nihil kering sepi belum libur absen skip izin cuti off prei bolos lewat"),
}  # fmt: skip


@lru_cache(maxsize=8192)
def kinds(word: str) -> tuple[str, ...]:
    """The kinds a word belongs to; endings such as -ku and -nya are looked past."""
    for ending in ("", "nya", "ku", "mu", "an", "nye", "lah", "kan"):
        stem = word.removesuffix(ending)
        if ending and (stem == word or len(stem) < 3):  # noqa: PLR2004 - the shortest stem
            continue
        found = tuple(kind for kind, members in _KINDS.items() if stem in members)
        if found:
            return found
    return ()
