"""How it is lit, and what lens, sensor and file make of it."""

from __future__ import annotations

import io
import math
from random import Random

from PIL import Image, ImageChops, ImageFilter

from bot.domain.pictures import Fault


def lit(rng: Random, picture: Image.Image) -> Image.Image:
    """Stronger on one side, as light from a window is."""
    fall = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270)))
    low = rng.randint(175, 235)
    fall = fall.resize(picture.size).point(lambda v: low + v * (255 - low) // 255)
    tint = [fall.point([round(v * by) for v in range(256)]) for by in _tint(rng)]
    shone = ImageChops.multiply(picture, Image.merge("RGB", tint))
    # A camera chooses how much light it takes in, by what is brightest but for a little.
    counts, seen, brightest = shone.convert("L").reduce(8).histogram(), 0, 255
    while seen < sum(counts) * 0.03:
        seen += counts[brightest]
        brightest -= 1
    return _exposed(shone, (rng.uniform(205, 243) / brightest) ** 2.2)


def _tint(rng: Random) -> tuple[float, float, float]:
    warm = rng.uniform(-0.05, 0.05)
    return 1 - max(0, -warm), 0.985, 1 - max(0, warm)


def taken(rng: Random, scene: Image.Image, fault: Fault | None, strength: float) -> Image.Image:
    """Through a lens onto a sensor into a file."""
    lens = rng.uniform(0.4, 0.8)
    if fault is Fault.BLURRED and rng.random() < 0.4:
        scene = _shaken(rng, scene, round(8 + 14 * strength))
    elif fault is Fault.BLURRED:
        lens = 2.8 + 5 * strength
    scene = scene.filter(ImageFilter.GaussianBlur(lens * max(scene.size) / 1000))
    noise = rng.uniform(1.5, 5)
    if fault is Fault.DARK:
        scene = _exposed(scene, 2 ** -(2.3 + 1.9 * strength))
        noise += 4
    elif fault is Fault.BRIGHT:
        scene = _exposed(scene, 2 ** (1.5 + 1.2 * strength))
    coarse = (scene.width // 2, scene.height // 2)  # neighbours share it, as JPEG has it
    grain = Image.frombytes("L", coarse, rng.randbytes(coarse[0] * coarse[1]))
    grain = grain.point([round(128 + (v - 127.5) * noise / 37) for v in range(256)])
    grain = grain.resize(scene.size, Image.Resampling.NEAREST)
    scene = ImageChops.add(scene, Image.merge("RGB", (grain,) * 3), 1, -128)
    if fault is Fault.SMALL:
        by = (400 - 220 * strength) / min(scene.size)
        scene = scene.resize((round(scene.width * by), round(scene.height * by)))
    file = io.BytesIO()
    scene.save(file, "JPEG", quality=rng.randint(72, 92))
    return Image.open(file).convert("RGB")


def _exposed(scene: Image.Image, gain: float) -> Image.Image:
    """More or less light, as the sensor counts it (before the curve that eyes want)."""
    table = [min(255, round(255 * (gain * (v / 255) ** 2.2) ** (1 / 2.2))) for v in range(256)]
    return scene.point(table * 3)


def _shaken(rng: Random, scene: Image.Image, far: int) -> Image.Image:
    """The phone moved while it looked."""
    angle = rng.uniform(0, math.tau)
    steps = [(math.cos(angle) * i, math.sin(angle) * i) for i in range(-far // 2, far // 2, 2)]
    out = scene
    for count, (x, y) in enumerate(steps, 1):
        moved = ImageChops.offset(scene, round(x), round(y))
        out = Image.blend(out, moved, 1 / (count + 1))
    return out
