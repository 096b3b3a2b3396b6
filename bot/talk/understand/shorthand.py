"""Shorthand and regional words made one, so that what is learned from one way of writing helps all."""

from functools import lru_cache
from typing import Final

from bot.talk.understand.tokens import bag, squeeze

_SAME: Final = {
    "saya": "sy sya aku ak aq akuu awak ane aye gue gua gw ulun ambo kulo kula inyong deyek abdi ana aqu",
    "tidak": "gk ga gak g nggak ngga nggk engga enggak enggk kaga kagak kgk ora rak mboten boten tdk tak "
    "ndak nda indak ngak ndk gx kga tida nda' ndaa nggx teu henteu",
    "sudah": "udh udah dah sdh dh wis wes uwis wus sampun ud alah udahh uda sdah geus entos atos parantos",
    "belum": "blm belom blom belon durung dereng blum blon alun lum acan",
    "berapa": "brp brapa brpa piro berape pinten bara brape brpaan",
    "bagaimana": "gmn gimana gmana bgmn cemana kekmana kekmano piye pripun gimane pegimane bagaimane gmne "
    "kepiye gemana gimna cmana kekna gmnaa baa",
    "uang": "duit pitih hepeng epeng arto dwit dwt duwit uamg fulus kepeng dhuwit duwek",
    "mau": "mw mo pengen pengin pingin pgn ingin hendak arep badhe pen kepengen nak kersa mauu mao pngen",
    "hari": "hr dino dina ari dinten hri",
    "ini": "ni nih iki niki nii inih",
    "itu": "tu tuh kuwi kae itulah niku",
    "saja": "aja aje sj ja wae mawon ae ajah ajalah saje doang",
    "dulu": "dl dlu sik dolo rumiyin disik sek ndisik",
    "tolong": "tlg tulung tlong tolongin plis pls please",
    "yang": "yg yng nyang sing ingkang",
    "besok": "bsk sesuk besuk esok bisuak bsok besoklah",
    "nanti": "ntar entar tar mengko engko ntr nti mangke nant",
    "kemarin": "kmrn kmren kemaren wingi kmrin kemarn kapatang",
    "sekarang": "skrg skg skrang saiki sakniki kini sekarng",
    "tadi": "td tdi barusan brusan",
    "lagi": "lg lgi maneh malih",
    "untuk": "utk buat bwt nggo kanggo damel tuk bt bakal",
    "dengan": "dgn sama sm ama ame karo kalih dg",
    "orang": "org wong uwong tiyang orng urang",
    "jangan": "jgn ojo jan jngan",
    "ambil": "ambl ngambil njupuk jupuk mendhet mundhut amibl mengambil ambik",
    "tarik": "trik tarek narik menarik trk wd withdraw",
    "cairkan": "cairin nyairin mencairkan cairkn nyairkan",
    "nabung": "nabng nabumg nbung nabug menabung tabung nabungg nabuang ngetabung",
    "setor": "stor setr nyetor nyetr nyeto nyetur menyetor stran stro",
    "tabungan": "tabungn tbgan tbngan tbgn tabunganku tabungane tabunganq tbungan",
    "celengan": "clengan celengn klngan celenganku celengane clngan",
    "lihat": "liat lht tengok nengok delok ndelok mirsani liatin tampilkan tampilin deleng ndeleng",
    "kapan": "kpn kapankah",
    "apa": "apo opo ape apaan nopo ap",
    "siapa": "siape sapa sopo sinten siapo spa",
    "mana": "mane endi pundi mn",
    "ada": "ade ono onten ado adolah",
    "ingatkan": "ingtkan ingatkn ingatin ingetin elingno elingke dielingke diingatkan ingetkan diingetin "
    "ngingatkan ngingetin diengetke ingatlah remind",
    "pengingat": "pengigat pngingat reminder remider pengingate pengingatnye pengingt pngingt",
    "hapus": "hpus hps apus hapuss busak busaken hapusen hapuskn hapuskan apusin hapusin delete delet dihapus "
    "dibusak",
    "batal": "btal batl batalkan batalin batalkn btalkan dibatalkan cancel cancl undo urungkan dibatalke",
    "salah": "slah slh salh keliru kliru klentu typo salahh",
    "berhenti": "brhenti berenti berhnti brenti mandheg mandeg stop stp leren unsubscribe unsub brhnti",
    "keluar": "kluar metu klr kelua out",
    "ikut": "melu nderek ikutan ikt mlu",
    "nama": "nma jeneng nm jenengku",
    "nomor": "nmr no nomer nmor nomr nomere",
    "ganti": "gnti gantien ngganti gantos ubah ubh rubah ngubah mengubah gantiin tukar edit update ngganteni",
    "bantuan": "bntuan bantun bantuann help hlp tulungi",
    "bingung": "bngung bingungg pusing mumet puyeng",
    "mengerti": "ngerti ngarti paham ngertos mudeng ngarteh pahamm faham",
    "tanya": "nanya tnya nanye takon tanglet bertanya nanyak tny nanyo nanyain",
    "bicara": "ngomong ngmg bcr bcara becakap cakap matur ngobrol omong ngomng bicra mangomong",
    "jualan": "dagangan dodolan jualn dagang sadean daganganku jualann manggaleh",
    "laku": "payu laris lku",
    "bikin": "membuat gawe bkin gawekno bikinin buatkan mbikin buek",
    "minta": "mnta mnt njaluk nyuwun mintak",
    "masuk": "msuk mlebu masup msk mlebet",
    "kasih": "ksh kasi ngasih ngasi kekno weh dikasih",
    "bisa": "bs iso saget biso bsa isa bise",
    "punya": "pny nduwe duwe gadhah punye py",
    "kalau": "kalo klo kl klau kalok nek menawi yen kaloo",
    "karena": "krn soalnya karna soale",
    "kenapa": "knp ngapa kenopo napa knapa ngopo mengapa",
    "dari": "dr seko saking dri",
    "pendamping": "pendampng pnamping pendampinge mentor mentr pendampingnye mentornya",
    "foto": "poto photo fto moto memotret motret memfoto",
    "facebook": "fb fesbuk fcebook efbe pesbuk fesbook facebok",
    "terima": "trima nerima diterima nrima tampa",
    "makasih": "mksh makasi mksih trims trmksh tengkyu thx suwun nuwun maturnuwun mauliate thanks trimakasih "
    "tq tks thank terimakasih",
    "rupiah": "rp perak",
    "minggu": "mgg mggu mnggu pekan",
    "bulan": "bln",
    "tanggal": "tgl tgal",
    "malam": "mlm malem bengi mlem",
    "pagi": "pgi isuk esuk enjang",
    "jam": "jm pukul pkl",
    "catat": "catet catatkan catetin nyatat dicatat dicatet catatin tulis",
    "ongkos": "upah jasa tarif",
    "izin": "izn ijin ijinn",
    "sakit": "sakt gerah",
    "sepi": "spi sepii",
    "total": "ttl totalnya jumlah jumlahnya",
    "usaha": "usha bisnis bisnisku ush",
    "modal": "mdal kapital",
    "juga": "jg jga ugo",
    "sampai": "smpe smp sampe nyampe nyampai tekan smpai",
    "kirim": "krm kirimin kirimkan krim ngirim",
    "pesan": "psn pesen pesane",
    "chat": "wa whatsapp sms",
    "tetapi": "tp tapi tpi",
    "banyak": "bnyk akeh bnyak katah",
    "cara": "cr care carane caranya carenye caranipun cranya carae",
    "kurang": "krg kurg krang",
    "anak": "ank anake",
    "lupa": "lali lpa kelupaan",
    "buku": "bk",
    "masukkan": "masukin masukn msukin masukan mlebokno nyelehke",
    "titip": "nitip titp nitp kutitip dititip titipkan nitipin",
    "celengi": "nyelengi nyeleng celengin nyelengin",
    "isi": "ngisi ngisiin isikan",
    "buka": "bukak bukain dibuka mbukak",
}  # fmt: skip
_PLAIN: Final = {word: plain for plain, others in _SAME.items() for word in others.split()}
_SILENT: Final = bag(
    "bu buk ibu ibuk kak kakak mbak mba mpok inang uni mak bude bulek wak dek dik bang pak bapak min kk bun bunda ya "
    "yaa y yah yo ye yoo iye dong dung deh sih lah nya kok loh lho lo nggih yuk nak to tho mah euy ges "
    "ah rupanya pulak lae eda ito ker rek sis gan"
)


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """One spelling for a word that is written in many: `gk`, `kaga`, `ora` → `tidak`."""
    if word in _PLAIN:
        return _PLAIN[word]
    short = squeeze(word)
    return _PLAIN.get(short, short)


def silent(word: str) -> bool:
    """Whether a word only addresses or softens: `bu`, `ya`, `dong`."""
    return word in _SILENT or squeeze(word) in _SILENT
