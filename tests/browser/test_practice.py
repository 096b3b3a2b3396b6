"""The practice room as people use it: three phones, one thumb, a keyboard, a bad connection."""

from __future__ import annotations

import os
import re
import struct
import zlib
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE, listen

expect.set_options(timeout=PATIENCE)

#: Set it to write the README's picture.
PICTURE = os.environ.get("PRACTICE_ROOM_PICTURE", "")


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"HP {name}", include_hidden=True)


def say(page: Page, name: str, words: str) -> None:
    box = phone(page, name).get_by_role("textbox")
    box.fill(words)
    box.press("Enter")


def last(page: Page, name: str) -> Locator:
    """What the bot said last on her phone."""
    return phone(page, name).locator(".ours").last


def everything(page: Page) -> list[str]:
    return [line.replace("\n", " ") for line in page.locator(".line").all_inner_texts()]


def settled(page: Page) -> None:
    expect(page.locator(".waiting")).to_have_count(0)


def save(page: Page) -> None:
    say(page, "Bu Sari", "setor 10rb")
    expect(last(page, "Bu Sari")).to_contain_text("Rp10.000")
    question = last(page, "Bu Rina")
    expect(question).to_contain_text("Bu Sari")
    question.get_by_role("button", name="Sudah").click()
    expect(last(page, "Bu Sari")).to_contain_text("sepuluh ribu rupiah")
    expect(phone(page, "Bu Rina").locator(".choices")).to_have_count(0)
    settled(page)


def png(width: int, height: int) -> bytes:
    """A photo that a browser can open: a field of colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = b"".join(
        b"\0"
        + b"".join(bytes((200, 120 + x * 99 // width, y * 199 // height)) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_a_deposit_over_three_phones(room: Page) -> None:
    expect(phone(room, "Bu Sari").get_by_role("button", name="setor 10rb")).to_be_visible()
    expect(room.locator(".badge")).to_have_text("Latihan")
    save(room)
    asked = phone(room, "Bu Rina").locator(".ours", has_text="Bu Sari").first
    expect(asked.locator(".chosen")).to_have_text("Dipilih: Sudah")
    expect(asked.locator(".choices")).to_have_count(0)
    expect(last(room, "Bu Sari").locator("strong").first).to_have_text("Rp10.000")
    if PICTURE:
        say(room, "Bu Dewi", "undang")
        expect(phone(room, "Bu Dewi").locator(".qr")).to_be_visible()
        room.set_viewport_size({"width": 1280, "height": 720})
        room.mouse.move(0, 0)
        room.evaluate("document.activeElement.blur()")
        room.wait_for_timeout(500)
        room.screenshot(path=Path(__file__).parents[2] / "docs" / "practice-room.png")


def test_a_tip_is_tried_with_one_press(room: Page) -> None:
    phone(room, "Bu Sari").get_by_role("button", name="setor 10rb").click()
    expect(last(room, "Bu Sari")).to_contain_text("Rp10.000")
    expect(phone(room, "Bu Sari").locator(".try")).to_be_hidden()
    expect(phone(room, "Bu Dewi").locator(".try")).to_be_visible()


def test_a_book_to_look_at_and_one_to_keep(room: Page) -> None:
    save(room)
    say(room, "Bu Sari", "buku")
    document = last(room, "Bu Sari").get_by_role("link", name="Simpan dokumen")
    expect(document).to_be_visible()
    picture = phone(room, "Bu Sari").get_by_role("img", name="Foto").last
    expect(picture).to_be_visible()
    room.wait_for_function("it => it.naturalWidth > 300", arg=picture.element_handle())
    with room.expect_download() as saving:
        document.click()
    assert saving.value.suggested_filename == "dokumen.pdf"
    assert saving.value.path().read_bytes().startswith(b"%PDF")
    assert len(room.context.pages) == 1, "an empty page was left behind"
    assert room.url.endswith("/")


def test_a_reload_and_a_second_window_show_the_same(room: Page) -> None:
    save(room)
    before = everything(room)
    room.reload()
    expect(last(room, "Bu Sari")).to_contain_text("sepuluh ribu rupiah")
    assert everything(room) == before
    other = room.context.new_page()
    other.goto(room.url)
    expect(last(other, "Bu Sari")).to_contain_text("sepuluh ribu rupiah")
    assert everything(other) == before
    say(other, "Bu Sari", "saldo")
    expect(phone(room, "Bu Sari").locator(".hers").last).to_contain_text("saldo")


def test_a_menu_stays_and_speaks(room: Page) -> None:
    say(room, "Bu Sari", "bantuan")
    menu = phone(room, "Bu Sari").locator(".ours", has=room.locator(".choices")).first
    menu.get_by_role("button", name="Usaha").click()
    expect(phone(room, "Bu Sari").locator(".hers").last).to_contain_text("Usaha")
    expect(menu.get_by_role("button", name="Usaha")).to_be_enabled()


def test_a_photo_is_sent_and_seen(room: Page) -> None:
    chooser = phone(room, "Bu Sari").get_by_label("Kirim foto dari HP Bu Sari")
    chooser.set_input_files({"name": "kue.png", "mimeType": "image/png", "buffer": png(600, 400)})
    photo = phone(room, "Bu Sari").locator(".hers img")
    expect(photo).to_have_attribute("src", re.compile("^/practice/photo/"))
    expect(photo).to_have_js_property("naturalWidth", 600)
    expect(last(room, "Bu Sari")).to_be_visible()


def test_what_is_no_photo_is_refused_kindly(browser: Browser, room: Page) -> None:
    """On a page of its own: the browser notes the refusal as an error, and may."""
    page = browser.new_page()
    page.goto(room.url)
    page.wait_for_selector("body.live")
    chooser = phone(page, "Bu Sari").get_by_label("Kirim foto dari HP Bu Sari")
    chooser.set_input_files({"name": "kue.png", "mimeType": "image/png", "buffer": b"kue"})
    expect(page.locator(".toast")).to_contain_text("Ini bukan foto")
    expect(page.locator(".line")).to_have_count(0)
    page.close()


def test_an_invitation_brings_someone_new(room: Page) -> None:
    say(room, "Bu Dewi", "undang")
    code = phone(room, "Bu Dewi").locator(".qr")
    expect(code).to_be_visible()
    expect(code).to_have_js_property("complete", value=True)
    room.get_by_role("button", name="HP baru").click()
    box = phone(room, "Nomor baru 1").get_by_role("textbox")
    expect(box).to_be_focused()
    group_code = room.locator(".code b").inner_text()
    phone(room, "Nomor baru 1").get_by_role("button", name=f"gabung {group_code}").click()
    expect(last(room, "Nomor baru 1")).to_be_visible()
    room.reload()
    expect(last(room, "Nomor baru 1")).to_be_visible()


def test_beginning_again_asks_first(room: Page) -> None:
    save(room)
    other = room.context.new_page()
    other.goto(room.url)
    expect(last(other, "Bu Sari")).to_be_visible()
    room.bring_to_front()  # a window behind another is drawn once a second
    room.get_by_role("button", name="Mulai lagi").click()
    room.get_by_role("button", name="Tidak jadi", exact=True).click()
    expect(last(room, "Bu Sari")).to_be_visible()
    room.get_by_role("button", name="Mulai lagi").click()
    room.get_by_role("button", name="Ya, mulai lagi").click()
    for page in (other, room):
        page.bring_to_front()
        expect(page.locator(".line")).to_have_count(0)
        expect(phone(page, "Bu Sari").locator(".try")).to_be_visible()
    save(room)


def test_all_of_it_by_keyboard(room: Page) -> None:
    room.keyboard.press("Alt+1")
    room.keyboard.type("setor 10rb")
    room.keyboard.press("Enter")
    question = last(room, "Bu Rina").get_by_role("button", name="Sudah")
    expect(question).to_be_visible()
    room.keyboard.press("Alt+2")
    box = phone(room, "Bu Rina").get_by_role("textbox")
    expect(box).to_be_focused()
    for _ in range(6):
        if question.evaluate("one => one === document.activeElement"):
            break
        room.keyboard.press("Shift+Tab")
    expect(question).to_be_focused()
    room.keyboard.press("Enter")
    expect(last(room, "Bu Sari")).to_contain_text("sepuluh ribu rupiah")
    expect(box).to_be_focused()
    room.keyboard.type("satu")
    room.keyboard.press("Shift+Enter")
    room.keyboard.type("dua")
    room.keyboard.press("Enter")
    expect(phone(room, "Bu Rina").locator(".hers").last).to_contain_text("satu\ndua")


def test_an_answer_shows_what_it_answers(room: Page) -> None:
    say(room, "Bu Dewi", "bantuan")
    expect(last(room, "Bu Dewi")).to_be_visible()
    room.keyboard.press("ArrowUp")
    expect(phone(room, "Bu Dewi").locator(".quote")).to_be_visible()
    room.keyboard.press("Escape")
    expect(phone(room, "Bu Dewi").locator(".quote")).to_be_hidden()
    last(room, "Bu Dewi").hover()
    last(room, "Bu Dewi").get_by_role("button", name="Balas pesan ini").click()
    room.keyboard.type("terima kasih")
    room.keyboard.press("Enter")
    answer = phone(room, "Bu Dewi").locator(".hers", has_text="terima kasih")
    expect(answer.locator(".cited")).to_be_visible()
    settled(room)


def test_a_mentor_answers_by_replying(room: Page) -> None:
    say(room, "Bu Sari", "pendamping")
    expect(last(room, "Bu Sari")).to_be_visible()
    say(room, "Bu Sari", "Adonan saya lembek terus, kenapa ya?")
    question = phone(room, "Bu Dewi").locator(".ours", has_text="lembek")
    question.hover()
    question.get_by_role("button", name="Balas pesan ini").click()
    room.keyboard.type("Tepungnya ditambah sedikit, Bu.")
    room.keyboard.press("Enter")
    expect(last(room, "Bu Sari")).to_contain_text("Tepungnya ditambah sedikit")


def test_a_lost_connection_loses_nothing(browser: Browser, room: Page) -> None:
    """On a page of its own: a browser complains of a lost connection, and may."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(room.url)
    page.wait_for_selector("body.live")
    context.set_offline(True)
    say(page, "Bu Sari", "setor 10rb")
    expect(phone(page, "Bu Sari").locator(".waiting")).to_contain_text("setor 10rb")
    retry = phone(page, "Bu Sari").get_by_role("button", name="coba lagi")
    expect(retry).to_be_visible()
    context.set_offline(False)
    retry.click()
    expect(last(page, "Bu Sari")).to_contain_text("Rp10.000")
    settled(page)
    expect(phone(page, "Bu Sari").locator(".hers")).to_have_count(1)
    context.close()


def test_one_thumb_one_phone_at_a_time(browser: Browser, room: Page) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True, locale="id-ID"
    )
    page = context.new_page()
    complaints = listen(page)
    page.goto(room.url)
    page.wait_for_selector("body.live")
    expect(phone(page, "Bu Sari")).to_be_visible()
    expect(phone(page, "Bu Rina")).to_be_hidden()
    box = phone(page, "Bu Sari").get_by_role("textbox")
    box.fill("setor 10rb")
    phone(page, "Bu Sari").get_by_role("button", name="Kirim", exact=True).tap()
    tabs = page.get_by_role("navigation", name="Pilih HP")
    tabs.get_by_role("button", name="Bu Rina, pemegang celengan, 1 pesan baru").tap()
    expect(phone(page, "Bu Sari")).to_be_hidden()
    last(page, "Bu Rina").get_by_role("button", name="Sudah").tap()
    tabs.get_by_role("button", name="Bu Sari").tap()
    expect(last(page, "Bu Sari")).to_contain_text("sepuluh ribu rupiah")
    expect(last(page, "Bu Sari")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator("button:visible").all():
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 39.5, button.inner_text()
    expect(page.locator(".badge")).to_be_visible()
    assert not complaints
    context.close()


def test_everything_pressed_or_filled_has_a_name(room: Page) -> None:
    save(room)
    for role in ("button", "textbox", "region", "log"):
        found = room.get_by_role(role)
        nameless = room.get_by_role(role, name=re.compile(r"^\s*$"))
        assert found.count() >= 3
        assert nameless.count() == 0
