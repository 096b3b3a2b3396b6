"""Identity cards that belong to nobody, drawn in code, and pictures that only resemble one.

Like ``tests.pictures`` everything comes from one ``Random`` and knows nothing of how pictures are
judged. The cards have the layout of a KTP and words of no meaning; no number on them is anybody's.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from random import Random

import font_manrope
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.pictures import make

Colour = tuple[int, int, int]
Size = tuple[int, int]

#: Pixels of a card before it is laid anywhere: 85.6 by 54 millimetres.
_CARD = (856, 540)

_ROWS = (
    ("Nama", 20), ("Tempat/Tgl Lahir", 22), ("Jenis Kelamin", 12), ("Alamat", 20), ("   RT/RW", 9),
    ("   Kel/Desa", 14), ("   Kecamatan", 12), ("Agama", 8), ("Status Perkawinan", 12),
    ("Pekerjaan", 20), ("Kewarganegaraan", 5), ("Berlaku Hingga", 14),
)  # fmt: skip
_SKINS = ((224, 182, 148), (205, 158, 122), (176, 128, 94), (150, 104, 74), (120, 82, 60))
_SIGNS = "ABDEGHIKLMNOPRSTU"


def id_card(rng: Random) -> Image.Image:
    """A photo of a card: on a table, in a hand's shadow, close up or scanned."""
    card = _card(rng)
    if rng.random() < 0.2:  # cut to the card, as a scanner or a careful person does
        width = rng.randint(500, 1100)
        whole = card.convert("RGB").resize((width, round(width * _CARD[1] / _CARD[0])))
        return _photographed(rng, whole)
    return _photographed(rng, _laid(rng, card))


def no_id_card(rng: Random) -> Image.Image:
    """A picture of something else members send."""
    return rng.choice(_OTHERS)(rng)


def kinds_of_others() -> tuple[str, ...]:
    """What else is drawn, by name."""
    return tuple(one.__name__.lstrip("_") for one in _OTHERS)


def other(name: str, rng: Random) -> Image.Image:
    """One picture of that kind."""
    return next(one for one in _OTHERS if one.__name__ == f"_{name}")(rng)


@cache
def sent_card() -> bytes:
    """The file of one card, for transcripts."""
    file = io.BytesIO()
    id_card(Random(3)).save(file, "JPEG")  # noqa: S311 - a seed is what is wanted
    return file.getvalue()


# The card


def _card(rng: Random) -> Image.Image:
    width, height = _CARD
    blue = (rng.randint(150, 205), rng.randint(195, 228), rng.randint(215, 245))
    card = _ground(rng, _CARD, blue)
    draw = ImageDraw.Draw(card)
    ink = rng.choice(((28, 30, 36), (40, 44, 60), (52, 50, 52)))
    draw.text((width * 0.5, 34), f"PROVINSI {_letters(rng, 14)}", ink, _font(30), "mm")
    draw.text((width * 0.5, 70), f"KABUPATEN {_letters(rng, 9)}", ink, _font(30), "mm")
    draw.text((30, 118), "NIK", ink, _font(34), "lm")
    draw.text((170, 118), ": 0000000000000000", ink, _font(36), "lm")
    for at, (label, length) in enumerate(_ROWS):
        y = 160 + at * 29.5
        draw.text((30, y), label, ink, _font(19), "lm")
        draw.text(
            (212, y), f": {_letters(rng, rng.randint(length // 2, length))}", ink, _font(20), "lm"
        )
    left, top = round(width * rng.uniform(0.725, 0.745)), round(height * rng.uniform(0.2, 0.24))
    card.paste(_portrait(rng, (204, 254)), (left, top))
    draw.text((left + 102, top + 292), _letters(rng, 9), ink, _font(18), "mm")
    draw.text((left + 102, top + 318), "00-00-0000", ink, _font(18), "mm")
    x, y = left + 30, top + 350
    for _ in range(7):
        on = (x + rng.randint(6, 34), y + rng.randint(-22, 22))
        draw.line((x, y, *on), ink, 3)
        x, y = on
    if rng.random() < 0.12:  # a photocopy
        return card.convert("L").convert("RGB")
    return card


def _ground(rng: Random, size: Size, blue: Colour) -> Image.Image:
    paler: Colour = tuple(min(255, one + rng.randint(8, 26)) for one in blue)  # type: ignore[assignment]
    ground = Image.composite(
        Image.new("RGB", size, blue),
        Image.new("RGB", size, paler),
        Image.radial_gradient("L").resize(size),
    )
    draw = ImageDraw.Draw(ground)
    for at in range(-size[1], size[0], rng.randint(14, 24)):  # fine lines against copying
        shade: Colour = tuple(max(0, one - 9) for one in paler)  # type: ignore[assignment]
        draw.line((at, size[1], at + size[1], 0), shade, 2)
    return ground


def _portrait(rng: Random, size: Size) -> Image.Image:
    """Somebody who is nobody: a head with hair or a scarf before red or blue."""
    behind = rng.choice(((196, 30, 38), (170, 24, 40), (34, 78, 176), (40, 110, 200)))
    picture = Image.new("RGB", size, behind)
    draw = ImageDraw.Draw(picture)
    width, height = size
    skin, dark = rng.choice(_SKINS), (26, 22, 22)
    cloth = rng.choice(
        ((240, 240, 240), (30, 40, 60), (110, 60, 120), (200, 180, 120), (20, 90, 80))
    )
    draw.ellipse((width * 0.02, height * 0.72, width * 0.98, height * 1.5), fill=cloth)
    if rng.random() < 0.6:
        draw.ellipse((width * 0.2, height * 0.08, width * 0.8, height * 0.86), fill=cloth)
    else:
        draw.rectangle((width * 0.4, height * 0.55, width * 0.6, height * 0.8), fill=skin)
        draw.ellipse((width * 0.23, height * 0.1, width * 0.77, height * 0.6), fill=dark)
    draw.ellipse((width * 0.29, height * 0.2, width * 0.71, height * 0.66), fill=skin)
    for x in (0.41, 0.59):
        draw.ellipse((width * x - 7, height * 0.4 - 4, width * x + 7, height * 0.4 + 4), fill=dark)
    draw.line((width * 0.43, height * 0.56, width * 0.57, height * 0.56), (140, 70, 66), 4)
    return picture.filter(ImageFilter.GaussianBlur(1.2))


# How it is photographed


def _laid(rng: Random, thing: Image.Image) -> Image.Image:
    """The card on something, turned and a little from the side."""
    scene = _surface(rng)
    width, height = scene.size
    share = rng.uniform(0.5, 0.92)
    quarter = rng.choice((0, 0, 0, 0, 90, -90, 180)) + rng.uniform(-14, 14)
    card = Image.new("RGBA", thing.size, (0, 0, 0, 0))
    mask = Image.new("L", thing.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *thing.size), 28, fill=255)
    card.paste(thing.convert("RGB"), mask=mask)
    card = _from_the_side(rng, card).rotate(quarter, Image.Resampling.BICUBIC, expand=True)
    card = card.crop(card.getbbox())
    scale = min(width * share / card.width, height * share / card.height)
    card = card.resize(
        (round(card.width * scale), round(card.height * scale)), Image.Resampling.LANCZOS
    )
    x = round((width - card.width) * rng.uniform(0.25, 0.75))
    y = round((height - card.height) * rng.uniform(0.25, 0.75))
    shadow = card.getchannel("A").filter(ImageFilter.GaussianBlur(8)).point(lambda v: v * 2 // 5)
    scene.paste((20, 18, 16), (x + 5, y + 7), shadow)
    scene.paste(card, (x, y), card)
    return scene


def _from_the_side(rng: Random, card: Image.Image) -> Image.Image:
    """What is further away is a little smaller."""
    width, height = card.size
    far = rng.uniform(0, 0.07)
    corners = rng.choice((
        (-far * width, 0, 0, height, width, height, width * (1 + far), 0),
        (0, 0, -far * width, height, width * (1 + far), height, width, 0),
        (0, -far * height, 0, height * (1 + far), width, height, width, 0),
    ))  # fmt: skip
    return card.transform(card.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)


def _surface(rng: Random) -> Image.Image:
    shape = rng.choice(((900, 675), (675, 900), (900, 900), (960, 540), (540, 960)))
    tone = rng.choice((
        (132, 92, 58), (176, 134, 92), (88, 62, 46), (222, 214, 200), (240, 238, 234), (60, 60, 64),
        (150, 150, 152), (182, 60, 54), (70, 120, 76), (196, 170, 120), (96, 120, 150),
    ))  # fmt: skip
    scene = Image.new("RGB", shape, tone)
    draw = ImageDraw.Draw(scene)
    look = rng.random()
    for _ in range(rng.randint(25, 70) if look < 0.7 else 0):
        y = rng.randint(0, shape[1])
        by = rng.uniform(0.86, 1.1)
        shade = tuple(min(255, round(one * by)) for one in tone)
        draw.line((0, y, shape[0], y + rng.randint(-18, 18)), shade, rng.randint(1, 4))
    if look > 0.85:  # a cloth with squares
        for at in range(0, max(shape), rng.randint(50, 110)):
            shade = tuple(round(one * 0.8) for one in tone)
            draw.line((at, 0, at, shape[1]), shade, 10)
            draw.line((0, at, shape[0], at), shade, 10)
    return scene


def _photographed(rng: Random, scene: Image.Image) -> Image.Image:
    """Light from one side, its colour, grain, a slight blur, and JPEG."""
    width, height = scene.size
    slope = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize(scene.size)
    least = rng.randint(150, 235)
    light = slope.point(lambda v: least + v * (255 - least) // 255)
    scene = ImageChops.multiply(scene, Image.merge("RGB", (light,) * 3))
    warm = rng.uniform(-0.08, 0.12)
    gain = rng.uniform(0.72, 1.08)
    by = (gain * (1 + warm), gain, gain * (1 - warm))
    bands = [
        band.point(lambda v, f=f: min(255, round(v * f)))
        for band, f in zip(scene.split(), by, strict=True)
    ]
    scene = Image.merge("RGB", bands)
    if rng.random() < 0.25:  # a lamp mirrored in the plastic
        glare = Image.new("L", scene.size, 0)
        x, y = rng.uniform(0.3, 0.7) * width, rng.uniform(0.3, 0.7) * height
        wide = rng.uniform(0.04, 0.1) * width
        ImageDraw.Draw(glare).ellipse((x - wide, y - wide, x + wide, y + wide), fill=230)
        scene.paste((255, 255, 255), mask=glare.filter(ImageFilter.GaussianBlur(wide / 2)))
    grain = Image.effect_noise(scene.size, rng.uniform(4, 16)).convert("RGB")
    scene = Image.blend(scene, ImageChops.overlay(scene, grain), 0.35)
    scene = scene.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.5)))
    file = io.BytesIO()
    scene.save(file, "JPEG", quality=rng.randint(55, 90))
    return Image.open(io.BytesIO(file.getvalue())).convert("RGB")


# What is no card


def _product(rng: Random) -> Image.Image:
    return make(rng, None).picture


def _price_list(rng: Random) -> Image.Image:
    """Goods with prices, perhaps a picture of one of them beside the list."""
    paper = rng.choice(((252, 252, 250), (250, 244, 224), (222, 236, 248), (255, 232, 236)))
    size = rng.choice(((856, 540), (720, 960), (900, 640)))
    page = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(page)
    ink = rng.choice(((30, 30, 30), (20, 50, 110), (120, 20, 30)))
    draw.text((size[0] / 2, 50), "DAFTAR HARGA", ink, _font(44), "mm")
    for at in range(rng.randint(6, 11)):
        y = 120 + at * (size[1] - 150) / 11
        draw.text((40, y), _letters(rng, rng.randint(6, 14)), ink, _font(26), "lm")
        draw.text((size[0] * 0.52, y), f"Rp{rng.randint(1, 90)}.000", ink, _font(26), "lm")
    if rng.random() < 0.7:
        photo = make(rng, None).picture.resize((200, 240))
        page.paste(photo, (round(size[0] * 0.73), round(size[1] * rng.uniform(0.2, 0.5))))
    return _photographed(rng, _laid(rng, page)) if rng.random() < 0.5 else page


def _certificate(rng: Random) -> Image.Image:
    """A certificate or a printed NIB: a frame, centred words, a seal."""
    paper = rng.choice(((250, 248, 240), (228, 240, 250), (214, 232, 246), (244, 236, 214)))
    size = rng.choice(((960, 680), (680, 960)))
    page = _ground(rng, size, paper) if rng.random() < 0.5 else Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(page)
    edge = rng.choice(((180, 140, 40), (30, 80, 160), (150, 30, 30)))
    draw.rectangle((18, 18, size[0] - 18, size[1] - 18), outline=edge, width=10)
    for at in range(rng.randint(7, 12)):
        y = 90 + at * (size[1] - 190) / 11
        draw.text(
            (size[0] / 2, y),
            _letters(rng, rng.randint(12, 34)),
            (40, 40, 50),
            _font(rng.choice((20, 24, 36))),
            "mm",
        )
    x, y = size[0] * 0.8, size[1] * 0.84
    draw.ellipse((x - 50, y - 50, x + 50, y + 50), fill=rng.choice(((190, 30, 40), (210, 170, 60))))
    if rng.random() < 0.35:
        page.paste(_portrait(rng, (110, 140)), (round(size[0] * 0.12), round(size[1] * 0.7)))
    return _photographed(rng, _laid(rng, page)) if rng.random() < 0.6 else page


def _screenshot(rng: Random) -> Image.Image:
    """A phone's screen: a page with a form, a chat, or a shop with somebody's picture."""
    size = rng.choice(((540, 1170), (720, 1280), (1280, 720)))
    page = Image.new("RGB", size, rng.choice(((255, 255, 255), (236, 242, 250), (229, 221, 213))))
    draw = ImageDraw.Draw(page)
    bar = rng.choice(((24, 119, 242), (0, 105, 92), (20, 60, 140), (200, 30, 40)))
    draw.rectangle((0, 0, size[0], 90), fill=bar)
    draw.text((30, 46), _letters(rng, 10), (255, 255, 255), _font(32), "lm")
    y = 130
    while y < size[1] - 120:
        high = rng.randint(50, 150)
        left = rng.choice((30, 30, size[0] // 4))
        fill = rng.choice(((255, 255, 255), (220, 248, 198), (226, 236, 250), (240, 240, 240)))
        draw.rounded_rectangle(
            (left, y, left + size[0] * 0.68, y + high), 14, fill=fill, outline=(200, 205, 212)
        )
        for row in range(high // 34):
            draw.text(
                (left + 18, y + 22 + row * 32),
                _letters(rng, rng.randint(8, 22)),
                (50, 54, 60),
                _font(20),
                "lm",
            )
        y += high + 24
    if rng.random() < 0.4:
        page.paste(
            _portrait(rng, (170, 200)), (round(size[0] * 0.74), rng.randint(120, size[1] // 2))
        )
    return page


def _blue_packaging(rng: Random) -> Image.Image:
    """A blue box or pouch with a label, words and a picture of what is in it."""
    size = rng.choice(((760, 560), (560, 780), (640, 640), (856, 540)))
    blue = rng.choice(
        ((170, 206, 232), (110, 170, 220), (40, 90, 180), (190, 220, 238), (20, 60, 120))
    )
    box = _ground(rng, size, blue)
    draw = ImageDraw.Draw(box)
    ink = (255, 255, 255) if sum(blue) < 420 else (30, 50, 100)
    draw.text((size[0] * 0.4, size[1] * 0.2), _letters(rng, 9), ink, _font(64), "mm")
    for at in range(rng.randint(1, 5)):
        y = size[1] * (0.4 + at * 0.09)
        draw.text((size[0] * 0.07, y), _letters(rng, rng.randint(8, 22)), ink, _font(26), "lm")
    x, y, big = size[0] * 0.78, size[1] * 0.55, size[1] * 0.2
    draw.ellipse(
        (x - big, y - big, x + big, y + big),
        fill=rng.choice(((240, 220, 180), (214, 140, 60), (180, 60, 40))),
    )
    for _ in range(14):
        dx, dy = x + rng.uniform(-0.6, 0.6) * big, y + rng.uniform(-0.6, 0.6) * big
        draw.ellipse(
            (dx - 18, dy - 12, dx + 18, dy + 12), fill=(196, 128, 58), outline=(130, 80, 34)
        )
    return _photographed(rng, _laid(rng, box))


def _business_card(rng: Random) -> Image.Image:
    """A card of a shop: its name, a number, a logo; sometimes a picture of what it sells."""
    paper = rng.choice(((255, 255, 255), (214, 232, 246), (250, 240, 220), (30, 40, 80)))
    card = Image.new("RGB", _CARD, paper)
    draw = ImageDraw.Draw(card)
    ink = (30, 40, 60) if sum(paper) > 400 else (245, 245, 245)
    draw.text((60, 150), _letters(rng, 10), ink, _font(60), "lm")
    for at in range(rng.randint(2, 4)):
        draw.text((60, 260 + at * 56), _letters(rng, rng.randint(10, 24)), ink, _font(28), "lm")
    colour = rng.choice(((200, 60, 50), (40, 120, 90), (220, 160, 40), (60, 70, 180)))
    draw.ellipse((600, 150, 800, 350), fill=colour)
    draw.text((700, 250), _letters(rng, 2), (255, 255, 255), _font(90), "mm")
    return _photographed(rng, _laid(rng, card))


def _people(rng: Random) -> Image.Image:
    """Somebody before a wall or at a stall."""
    size = rng.choice(((720, 960), (960, 720)))
    wall = _ground(rng, size, rng.choice(((190, 214, 232), (220, 210, 190), (120, 150, 120))))
    whole = _portrait(rng, (round(size[1] * 0.6), round(size[1] * 0.75)))
    wall.paste(whole, (round(size[0] * rng.uniform(0.1, 0.5)), round(size[1] * 0.25)))
    return _photographed(rng, wall)


_OTHERS: tuple[Callable[[Random], Image.Image], ...] = (
    _product, _product, _price_list, _certificate, _screenshot, _blue_packaging, _business_card, _people,
)  # fmt: skip


def _letters(rng: Random, length: int) -> str:
    """Words of no meaning."""
    words = "".join(rng.choice(_SIGNS) for _ in range(length))
    return " ".join(words[at : at + 6] for at in range(0, length, 6))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_manrope.font_files["ManropeBold"], size)
