"""The outbox itself: states, leases, order, ranks and limits, on both databases."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.kinds import Kind
from bot.domain.pace import Limit
from bot.told import Report, Told
from storage.outgoing import STEPS
from tests.delivery.conftest import BOT, Post


def test_each_letter_is_claimed_once(post: Post) -> None:
    for name in ("sari", "ani", "rina"):
        post.write(name, f"halo {name}")
    assert len(post.take()) == 3
    assert post.take() == []


def test_one_person_hears_in_order_and_one_at_a_time(post: Post) -> None:
    for text in ("satu", "dua", "tiga"):
        post.write("sari", text)
    heard = []
    for _ in range(20):
        letters = post.take()
        assert len(letters) <= 1
        heard += [letter.bubble.text for letter in letters]
        post.arrives(*letters)
        post.passes(0.1)
    assert heard == ["satu", "dua", "tiga"]


def test_what_comes_after_a_letter_that_is_tried_again_waits_for_it(post: Post) -> None:
    post.write("sari", "satu")
    post.write("sari", "dua")
    (first,) = post.take()
    post.store.outbox.later(first, "503", post.now.replace(minute=5))
    assert post.texts() == []
    post.passes(200)
    assert post.texts() == []
    post.passes(101)
    (again,) = post.take()
    assert (again.bubble.text, again.tries) == ("satu", 2)
    post.arrives(again)
    post.passes(1)
    assert post.texts() == ["dua"]


def test_an_answer_overtakes_a_broadcast_even_to_the_same_person(post: Post) -> None:
    for name in ("sari", "ani", "rina"):
        post.write(name, f"siaran {name}", Kind.TIP)
    post.write("sari", "pengingat", Kind.REMINDER)
    post.write("sari", "saldo")
    (first,) = post.take(room=1)
    assert first.bubble.text == "saldo"
    post.arrives(first)
    post.passes(1)
    (second,) = post.take(room=1)
    assert second.bubble.text == "pengingat"


def test_a_broadcast_does_not_overtake_an_answer(post: Post) -> None:
    post.write("sari", "saldo")
    post.write("sari", "siaran", Kind.TIP)
    (answer,) = post.take()
    post.store.outbox.later(answer, "503", post.now.replace(minute=5))
    assert post.texts() == []


def test_a_dead_workers_answers_are_taken_up_and_its_reminders_given_up(post: Post) -> None:
    post.write("sari", "saldo")
    post.write("ani", "pengingat", Kind.REMINDER)
    dead = post.take()
    assert len(dead) == 2
    post.passes(59)
    assert post.take() == []
    post.passes(2)
    (taken_up,) = post.take()
    assert taken_up.bubble.text == "saldo"
    assert post.states()["pengingat"] == "failed"
    assert "uncertain" in post.rows()["pengingat"].reason


def test_a_worker_whose_lease_is_over_changes_nothing_but_that_it_arrived(post: Post) -> None:
    post.write("sari", "saldo")
    (slow,) = post.take()
    post.passes(61)
    (mine,) = post.take()
    post.store.outbox.later(slow, "503", post.now.replace(hour=23))
    post.store.outbox.failed(slow, "400", post.now)
    assert post.states()["saldo"] == "sending"
    post.arrives(slow)
    assert post.states()["saldo"] == "sent"
    post.store.outbox.later(mine, "503", post.now)
    assert post.states()["saldo"] == "sent"


def test_reports_move_a_letter_forward_only(post: Post) -> None:
    post.write("sari", "saldo")
    post.arrives(*post.take())
    number = post.rows()["saldo"].platform_id
    for what, then in (
        (Report.READ, "read"),
        (Report.DELIVERED, "read"),
        (Report.FAILED, "read"),
    ):
        post.store.outbox.told(Told(BOT, number, what, post.now))
        assert post.states()["saldo"] == then


def test_a_platform_may_take_it_back_after_taking_it(post: Post) -> None:
    post.write("sari", "saldo")
    post.arrives(*post.take())
    number = post.rows()["saldo"].platform_id
    post.store.outbox.told(Told(BOT, number, Report.FAILED, post.now, "131049"))
    assert (post.states()["saldo"], post.rows()["saldo"].reason) == ("failed", "131049")


def test_the_database_refuses_every_step_back(post: Post) -> None:
    for before, allowed in STEPS.items():
        for after in STEPS:
            post.write("sari", f"{before} {after}")
            _reach(post, before)
            if after in allowed or after == before:
                post.force(state=after)
            else:
                with pytest.raises(DBAPIError):
                    post.force(state=after)
            _forget(post)


def _reach(post: Post, state: str) -> None:
    way = {
        "waiting": [],
        "delivered": ["sent", "delivered"],
        "read": ["sent", "read"],
    }.get(state, [state])
    for step in way:
        post.force(state=step)


def _forget(post: Post) -> None:
    with post.store.engine.begin() as db:
        db.exec_driver_sql("DELETE FROM outbox")


def test_who_is_gone_gets_nothing_until_she_writes(post: Post) -> None:
    post.write("sari", "satu")
    post.write("sari", "dua")
    (first,) = post.take()
    post.store.outbox.failed(first, "403 blocked", post.now, gone=True)
    assert post.states() == {"satu": "failed", "dua": "cancelled"}
    assert post.gone("sari")
    post.write("sari", "tiga")
    assert "tiga" not in post.states()
    with post.store.transaction() as books:
        books.meet(BOT, "sari")
    post.write("sari", "empat")
    post.passes(1)
    assert post.texts() == ["empat"]


def test_a_bots_limit_holds_in_every_second_and_for_all_workers(post: Post) -> None:
    limit = Limit(30)
    for number in range(150):
        post.write(f"ibu{number}", f"siaran {number}", Kind.TIP)
    sent: list[float] = []
    for tick in range(400):
        for worker in range(2):
            letters = post.take(limit)
            sent += [tick / 100 + worker / 1000] * len(letters)
            post.arrives(*letters)
        post.passes(0.01)
    for at in sent:
        assert sum(at <= other < at + 1 for other in sent) <= 30
    assert len(sent) > 27 * 4 - 5


def test_a_chats_limit_holds_in_every_second(post: Post) -> None:
    limit = Limit(1000, chat_gap=1)
    for number in range(5):
        post.write("sari", f"{number}")
    sent: list[float] = []
    for tick in range(600):
        letters = post.take(limit)
        sent += [tick / 100] * len(letters)
        post.arrives(*letters)
        post.passes(0.01)
    assert len(sent) == 5
    assert all(1 <= after - before < 1.2 for before, after in pairwise(sent))


def test_a_conversation_may_run_ahead_where_the_platform_lets_it(post: Post) -> None:
    limit = Limit(1000, chat_gap=6, chat_burst=3)
    for number in range(5):
        post.write("sari", f"{number}")
    sent: list[float] = []
    for tick in range(200):
        letters = post.take(limit)
        sent += [tick / 10] * len(letters)
        post.arrives(*letters)
        post.passes(0.1)
    assert [round(at) for at in sent] == [0, 0, 0, 6, 12]


def test_told_to_wait_for_one_chat(post: Post) -> None:
    post.write("sari", "satu", Kind.TIP)
    (letter,) = post.take()
    until = post.now.replace(second=30)
    post.store.outbox.hold_chat(letter, until)
    post.store.outbox.later(letter, "429", until, counted=False)
    post.write("sari", "saldo")
    post.write("ani", "halo")
    post.passes(29.9)
    assert post.texts() == ["halo"]
    post.passes(0.2)
    assert post.texts() == ["saldo"]
    assert post.rows()["satu"].tries == 0


def test_told_to_wait_for_the_whole_bot(post: Post) -> None:
    post.write("sari", "satu")
    post.store.outbox.hold_all(BOT, post.now.replace(second=30))
    post.store.outbox.hold_all(BOT, post.now.replace(second=10))
    post.passes(29.9)
    assert post.claim().look_again == post.now.replace(second=30, microsecond=0)
    assert post.texts() == []
    post.passes(0.2)
    assert post.texts() == ["satu"]


def test_answers_always_find_room_beside_a_broadcast(post: Post) -> None:
    limit = Limit(30)
    for number in range(60):
        post.write(f"ibu{number}", f"siaran {number}", Kind.TIP)
    for _ in range(5):
        post.arrives(*post.take(limit))
    assert post.texts(limit) == []
    post.write("sari", "saldo")
    assert post.texts(limit) == ["saldo"]


def test_many_letters_to_one_person_hide_nobody_elses(post: Post) -> None:
    limit = Limit(1000, chat_gap=1)
    for number in range(300):
        post.write("dewi", f"kabar {number}")
    post.write("sari", "saldo")
    seen: list[str] = []
    for _ in range(5):
        seen += post.texts(limit)
    assert "saldo" in seen
    assert sum(text.startswith("kabar") for text in seen) == 1


def test_a_long_queue_to_one_person_keeps_its_order_while_more_is_written(post: Post) -> None:
    heard: list[str] = []
    for tick in range(400):
        if tick < 40:
            post.write("dewi", f"{tick:02d}")
        letters = post.take()
        heard += [letter.bubble.text for letter in letters]
        if tick % 3 == 0:  # a platform that takes a while
            post.passes(0.02)
        post.arrives(*letters)
        post.passes(0.03)
    assert heard == [f"{number:02d}" for number in range(40)]


def test_a_piece_is_counted_and_the_rest_waits_its_turn(post: Post) -> None:
    post.write("sari", "panjang")
    (letter,) = post.take()
    post.store.outbox.piece_sent(letter, post.now)
    post.passes(0.1)
    (rest,) = post.take()
    assert (rest.pieces_sent, rest.tries) == (1, 1)


def test_what_waits_is_counted_by_kind(post: Post) -> None:
    post.write("sari", "satu")
    post.write("ani", "siaran", Kind.TIP)
    post.take(room=1)
    post.passes(5)
    waits = {(one.kind, one.state): one for one in post.store.outbox.depth(post.now)}
    assert waits["tip", "waiting"].count == 1
    assert waits["answer", "sending"].count == 1
    assert waits["tip", "waiting"].oldest is not None
    assert (post.now - waits["tip", "waiting"].oldest).total_seconds() == 5
