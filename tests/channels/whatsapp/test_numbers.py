"""Who somebody is: by her number, by Meta's id for her, and by a number that changed hands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage.tables import contact
from tests.channels.whatsapp.conftest import Office, texts
from tests.servers.cloud_api import CloudApi
from tests.servers.cloud_api_people import Person


def _contacts(office: Office) -> list[Any]:
    with office.store.engine.connect() as db:
        return list(db.execute(select(contact).order_by(contact.c.id)).all())


async def test_her_number_and_her_id(server: CloudApi, office: Office) -> None:
    old = server.person("Sari", user_id=False)
    old.writes("halo")
    await office.settles()
    known = _contacts(office)
    old.phone.user_id = "ID.new"
    old.writes("halo")
    old.phone.tells_number = False
    old.writes("halo")
    old.phone.user_id, old.phone.tells_number = "", True
    old.writes("halo")
    await office.settles()
    (her,) = _contacts(office)
    assert (her.id, her.address, her.phone) == (known[0].id, "ID.new", old.phone.wa_id)


async def test_a_number_that_became_somebody_elses(server: CloudApi, office: Office) -> None:
    sari, tuti = server.person("Sari"), server.person("Tuti")
    sari.writes("halo")
    await office.settles()
    tuti.phone.wa_id, number = sari.phone.wa_id, sari.phone.wa_id
    sari.phone.wa_id = "62000"
    tuti.writes("halo")
    await office.settles()
    assert {(one.address, one.phone) for one in _contacts(office)} == {
        (sari.address, None),
        (tuti.address, number),
    }


async def test_a_changed_number_keeps_her_books(office: Office, sari: Person) -> None:
    before = len(_contacts(office))
    sari.changes_number()
    await office.settles()
    sari.writes("saldo")
    await office.settles()
    assert len(_contacts(office)) == before
    assert "Celengan Ibu" in texts(sari)[-1]
