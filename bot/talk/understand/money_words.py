"""Words around an amount that say what kind of number it is."""

from typing import Final

from bot.talk.understand.tokens import bag

CURRENCY: Final = bag("rp idr rupiah perak rph rpiah rupiahnya rupiahlah rupia prk")
"""What names rupiah before or after a number."""

COINS: Final = bag("koin receh recehan logam")
"""What stands before rupiah as they are: no coin is worth thousands of what is said."""

MONEY_VERBS: Final = bag("""
    setor stor nyetor setoran setorin disetor setorkan setorr nabung menabung tabung ditabung tabungan
    tabungin nabungnya nabunglah nyelengi nyeleng celengin celengan celeng nyelengin isi ngisi diisi
    masuk masukin masukkan masukan nambah tambah tambahin nitip titip titipin dititip simpan nyimpan
    simpen nyimpen simpenan simpanan tarik narik ambil ngambil mengambil cairkan cairin nyairin bayar
    byr mbayar bayarin kasih ngasih dikasih kasi ngasi serahkan serahin nyerahin menyerahkan diserahkan
    terima nerima diterima catat nyatat dicatat catet catatkan target targetku targetnya uang uangku
    duit duitku duitnya pitih hepeng epeng duwit duwek modal transfer tf trf kirim ngirim sisihkan
    nyisihin sisihin sisain nominal jumlah jumlahnya total totalnya harga harganya seharga saldo
    saldonya pinjam minjam utang hutang laba untung omzet omset jual laku ongkos belanja sedekah
    wei weh ngekei ngei njupuk jupuk nyelehke nyetorke setorno tabungno bayarno nukokno
    """)
"""Words that make a bare number near them likely to be money."""

SMALL_TALK: Final = bag("""
    bu ibu kak kakak mbak mba mb dek dik adek bang pak uni inang wak bude buk bun bunda mak nak
    ya y iya yaa iyo yo yah yak yuk aja aje saja sj ja wae ae doang dulu dl dlu deh dong lah lho loh lo
    kok sih nih ni ini itu tu tuh tadi td lagi lg juga jg jga pun mau mw mo pengen pingin pgn hendak arep
    saya sy aku ak aq gue gua gw ane awak ulun ambo kulo kula inyong sya akuu kami kita
    hari hr siang pagi sore malam malem kemarin kmrn kmrin kemaren semalam wingi barusan skrg sekarang
    untuk utk buat bwt ke kpd kepada ama sama dari dr di yg yang nya tolong tlg mohon makasih
    makasi terima kasih trims ok oke okeh sip siap udah sudah dah udh sdh wis uwis segitu segini
    segene sekian banyak cuma cuman cm hanya baru bs bisa boleh blh alhamdulillah assalamualaikum
    halo hai pagi2 maaf maap eh ah oh o hmm hm neh mah atuh euy kan kah lh yh insyaallah bismillah
    sebesar sejumlah senilai genap pas berapa rp adanya ada adalah jadi jd kali kayaknya mungkin
    maksudnya maksud mksd salah bukan atau apa rezeki dapat ceritanya semua semuanya total
    """)
"""Words that count nothing and may stand around a number without changing what it is."""

BARE_MAY_FOLLOW: Final = SMALL_TALK - bag("hari hr siang pagi sore malam malem kali ibu") | (
    MONEY_VERBS - frozenset(("jual",))
) | bag("semalam hari")  # fmt: skip
"""What may come right after a bare number that is money: `nabung 20 ya`."""

ABOUT_BEFORE: Final = bag("""
    sekitar skitar kira kirakira kurleb kl hampir hmpir mungkin mgkn kayaknya kyknya kayanya kyanya
    sepertinya spertinya minimal maksimal max min paling lebih kurang antara ± ~ kisaran rata sampai
    sampe smpe s hingga atau ato bukan entah klo-gak-salah seingat seingatku palingan
    mendekati nyaris diatas dibawah atas bawah dari per @ x × * sisa kembalian susuk kembaliannya
    """)
"""Words shortly before an amount that make it a guess, a limit or a part of something."""

ABOUT_AFTER: Final = bag("""
    an lebih kurang lebihan kurangan sekian lewat mungkin kayaknya kyknya keknya kali kira paling
    sampai sampe atau ato apa per / x × * entah + - s an2
    """)
"""Words right after an amount that make it a guess or one of several."""

EACH: Final = bag("""
    sehari seharinya perhari perharinya seminggu perminggu sebulan perbulan setahun pertahun seorang
    perorang masing2 masing berdua bertiga setiap tiap tiap2 @ sekali
    """)
"""Words anywhere in a message that make an amount a rate."""

DENIALS: Final = bag("bukan bukannya bkn jangan jgn tidak gak nggak ga bukanlah dudu")
"""Words before an amount that take it away."""
