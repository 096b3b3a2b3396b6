"""Who rests on a day, by her own wish or by her group's; what is planned asks for both."""

from __future__ import annotations

from sqlalchemy import Date, SmallInteger, bindparam, exists, false, func, or_

from storage.outgoing import group_rest
from storage.tables import member

_day = bindparam("day", type_=Date)

#: A member's group rests on ``day``.
group_rests = exists().where(
    group_rest.c.group_id == member.c.group_id,
    group_rest.c.first_day <= _day,
    group_rest.c.last_day >= _day,
)
#: A member rests herself on ``day``, whose weekday is ``weekday_bit``.
she_rests = or_(
    func.coalesce(member.c.rest_until >= _day, false()),
    member.c.rest_days.op("&")(bindparam("weekday_bit", type_=SmallInteger)) != 0,
)
