"""Words members use for the same thing, made one before anything is compared."""

from __future__ import annotations

from typing import Final

from bot.talk.understand.tokens import bag

#: One word, and the others that stand for it here; written without capitals and signs.
_SAME: Final = {
    "alamat": "alamatnya",
    "aman": "keamanan amannya",
    "ambil": "narik tarik cairin cairkan ngambil mengambil diambil",
    "anak": "balita bayi bocah bayiku anakku sikecil",
    "angsuran": "cicilan nyicil dicicil mencicil angsurannya cicilannya nunggak",
    "bajak": "dibajak hack dihack dibobol sadap disadap hacker",
    "bank": "bri bni mandiri bsi btpn",
    "basi": "asem mambu berlendir",
    "batal": "cancel batalin dibatalin dibatalkan ngebatalin mbatalin",
    "berkas": "dokumen surat",
    "besar": "gede gedein membesarkan besarin gedhe ageng",
    "bayar": "mbayar membayar dibayar bayarnya bayaran",
    "biaya": "ongkos biayanya",
    "blur": "ngeblur buram burem",
    "bon": "kasbon ngebon ngebonin",
    "cabai": "cabe cabenya lombok",
    "campur": "kecampur nyampur tercampur bercampur kecampuran",
    "capek": "lelah cape keletihan letih lelahnya kecapekan lesu kesel remuk jenuh bosan",
    "catat": (
        "nyatet nyatat mencatat catatan catetan pencatatan nulis menulis nyatetnya catatannya"
    ),
    "celengan": "celeng celengin celenganku",
    "contoh": "sampel tester icip cicip nyicip",
    "daftar": "mendaftar register registrasi didaftarkan daftarin pendaftaran daftarnya",
    "desain": "design mendesain",
    "email": "gmail imel emailku emailnya",
    "facebook": "fb fesbuk pesbuk",
    "fitnah": "difitnah",
    "foto": (
        "poto gambar jepret jepretan motret moto ngefoto fotoku fotonya motonya memotret gambarku"
    ),
    "gelap": "kusam remang peteng suram",
    "goreng": "gorengan menggoreng digoreng",
    "gosip": "digosipin rasani dirasani ngerumpi omongan ghibah gibah",
    "gratis": "gratisan cuma-cuma",
    "habis": "abis habes entek ludes",
    "halal": "halalnya",
    "hape": "hp handphone hapeku hpku",
    "harga": "rego harganya hargane reganya",
    "izin": "ijin perizinan",
    "jaminan": "agunan gadai",
    "jual": (
        "jualan dagang dodolan berjualan dagangan jualin daganganku jualanku menjual "
        "dijual adol berdagang jualannya dagangannya"
    ),
    "kbli": "kblinya",
    "kecil": "cilik kecik keci",
    "kedaluwarsa": "expired kadaluarsa kadaluwarsa exp kedaluarsa kadarluarsa",
    "kelompok": "klompok kelompokku kelompoknya",
    "kemas": (
        "kemasan bungkus dikemas membungkus ngebungkus dibungkus bungkusan packaging "
        "pengemasan bungkusnya kemasannya"
    ),
    "kepakai": "terpakai kepake kepakek kanggo keambil",
    "keripik": "kripik keripikku kripikku",
    "kerupuk": "krupuk kerupukku opak",
    "kirim": "ngirim pengiriman dikirim",
    "kode": "otp kodenya",
    "kotor": "jorok kumuh",
    "kue": "kueh roti",
    "kulkas": "freezer",
    "kur": "kurnya",
    "laku": "laris payu",
    "langganan": "pelanggan langgananku pelangganku",
    "latar": "background belakangnya",
    "mahal": "larang kemahalan",
    "makan": "makanan masakan jajanan jajan cemilan camilan panganan snack",
    "malu": "isin minder segan sungkan pemalu gugup gengsi",
    "marah": "ngamuk ngomel marah2 dimarahin dimarahi nesu ngambek protes",
    "marketplace": "marketplacenya marketplac",
    "melempem": "lempem ayem alot melempam",
    "merek": "merk brand merknya",
    "minyak": "minyaknya jelantah",
    "modal": "modalnya modalku permodalan modale",
    "murah": "semurah termurah",
    "musim": "lebaran ramadan ramadhan puasa natal musiman",
    "naik": "melambung melonjak mundhak kenaikan dinaikin menaikkan naikin naikkan",
    "nib": "nibnya",
    "nota": "struk kwitansi kuitansi strukan notanya",
    "omzet": "omset",
    "oss": "ossnya",
    "pajak": "dipajakin dipajeki pajaknya perpajakan",
    "palsu": "palsune abal",
    "panjar": "dp panjer",
    "pegang": "pemegang megang dipegang",
    "pembeli": (
        "customer kastemer buyer konsumen beli membeli belinya dibeli belanja pembelinya pembeliku"
    ),
    "pesan": "order orderan pesanan pesenan orderannya memesan pesen",
    "peyek": "rempeyek rempeyekku",
    "pinjam": "minjam pinjem minjem pinjaman dipinjam minjemin meminjam pinjol minjamin",
    "pirt": "pirtnya irt",
    "pisah": "misahin memisahkan misahkan terpisah pisahin dipisah misahinnya",
    "promosi": "promo iklan ngiklan pemasaran memasarkan marketing ngiklanin",
    "rambut": "rambutnya",
    "rapat": "kumpul kumpulan pertemuan perkumpulan ngumpul kumpulkumpul",
    "rekening": "norek",
    "renyah": "kriuk garing kemripik kres",
    "reseller": "dropship agen pengecer",
    "ribut": "berantem bertengkar cekcok berantam bertengkaran cekcokan",
    "rugi": "tekor boncos nombok kerugian merugi",
    "rumah": "omah umah",
    "rusak": "rusaknya hancur",
    "saingan": "pesaing kompetitor nyaingin menyaingi",
    "sandi": "password pasword paswordnya pass katasandi passwordnya",
    "saudara": "sodara famili sedulur dulur kerabat ipar adik kakakku",
    "sekolah": "pendidikan spp smp sd kuliah sma",
    "sepi": "sunyi",
    "sertifikat": "sertifikasi",
    "shopee": "tokopedia lazada tiktokshop",
    "situs": "website web laman",
    "status": "story nyetatus storynya sw",
    "suami": "laki lakiku bojo bojoku misua suamiku lakinya",
    "syarat": "persyaratan syarate syaratnya",
    "tabung": (
        "nabung menabung tabungan tabungin ditabung nabungnya tabungku nabungin tabunganku nyelengi"
    ),
    "tagih": "nagih menagih ditagih nagihnya",
    "tautan": "link url klik",
    "tawar": "nawar ditawar menawar nego",
    "telepon": "telp telpon tlp call nelpon ditelpon nelepon menelepon ditelepon",
    "teman": "kawan konco kanca kenalan",
    "terang": "cerah",
    "tetangga": "tonggo tetanggaku jiran",
    "tipu": "penipuan penipu ketipu ditipu tertipu tipuan tipu2 kena-tipu nipu menipu",
    "transfer": "tf transferan ditransfer trf transferannya mbanking",
    "turun": "menurun merosot anjlok",
    "uang": "uange uangnya duitnya duite uangku duitku",
    "ulang": "kembali balik",
    "undian": "menang",
    "untung": "laba keuntungan profit cuan bathi batih",
    "upah": "gaji gajian digaji",
    "utang": (
        "hutang ngutang berutang berhutang utangan dihutang ngutangin hutangan ngutangi "
        "utange piutang"
    ),
    "video": "vidio reels konten ngonten",
    "waktu": "wektu jadwal",
    "warung": "kedai toko kios lapak kede kedaiku warungku",
    "whatsapp": "wa was wasap watsap whatsap",
}

#: The word that stands for each of them.
SAME: Final = {other: one for one, others in _SAME.items() for other in others.split()}

#: Words that say nothing of what she asks about.
EMPTY: Final = bag(
    "yang di ke dari dan atau untuk dengan pada ini ada adalah saja juga lagi sih ya saya "
    "kami kita mereka dia ibu kamu anda nya kok oleh seperti kayak kyk tapi tetapi terus "
    "trus banget bgt kan po to hrs gitu kena jg aja doang lho hehe bgtu gak lah loh iya "
    "itulah jd ia dlm yah cak bun"
)
