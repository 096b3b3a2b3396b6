"""The rules of the books as SQLite keeps them.

Every refusal is a RAISE of its own and not only a constraint, because the words INSERT OR IGNORE
and OR REPLACE bend constraints, but not that. For the same reason these tables have no rowid: by
its rowid a row could be replaced unseen. Columns take values of any type here, so types are looked
at, too.
"""

from __future__ import annotations

_STANDS = [
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
    f" BEGIN SELECT RAISE(ABORT, '{table}: what is booked stands'); END"
    for table in ("entry", "posting")
    for verb in ("UPDATE", "DELETE")
]

_ENTRIES = [
    """
    CREATE TRIGGER posting_before_its_entry BEFORE INSERT ON posting
    WHEN EXISTS (SELECT 1 FROM entry WHERE group_id = NEW.group_id AND number = NEW.entry)
      OR EXISTS (SELECT 1 FROM posting WHERE group_id = NEW.group_id AND entry = NEW.entry
                    AND account = NEW.account AND member = NEW.member)
    BEGIN SELECT RAISE(ABORT, 'posting: its entry is sealed'); END
    """,
    """
    CREATE TRIGGER entry_may_be_sealed BEFORE INSERT ON entry BEGIN
      SELECT RAISE(ABORT, 'entry: not the next of its open books')
       WHERE NEW.number IS NOT (SELECT next_entry FROM savings_group
                                 WHERE id = NEW.group_id AND closed_at IS NULL);
      SELECT RAISE(ABORT, 'entry: its postings do not sum to zero')
       WHERE (SELECT count(*) <> 2 OR typeof(sum(rupiah)) <> 'integer' OR sum(rupiah) <> 0
                     OR sum(max(rupiah, 0)) <> NEW.rupiah
                FROM posting WHERE group_id = NEW.group_id AND entry = NEW.number);
      SELECT RAISE(ABORT, 'entry: no such day')
       WHERE date(NEW.day) IS NOT NEW.day OR NEW.day NOT BETWEEN '2000' AND '2200'
          OR datetime(NEW.recorded_at) IS NOT substr(NEW.recorded_at, 1, 19)
          OR NEW.recorded_at NOT GLOB '*.[0-9][0-9][0-9][0-9][0-9][0-9]'
          OR NEW.recorded_at NOT BETWEEN '2000' AND '2200';
      SELECT RAISE(ABORT, 'entry: below zero')
       WHERE EXISTS (
         SELECT 1 FROM posting p LEFT JOIN balance b
             ON b.group_id = p.group_id AND b.account = p.account AND b.member = p.member
          WHERE p.group_id = NEW.group_id AND p.entry = NEW.number
            AND CASE p.account WHEN 'savings' THEN coalesce(b.rupiah, 0) + p.rupiah > 0
                               WHEN 'difference' THEN 0
                               ELSE coalesce(b.rupiah, 0) + p.rupiah < 0 END);
    END
    """,
    """
    CREATE TRIGGER entry_may_reverse BEFORE INSERT ON entry
    WHEN NEW.reverses IS NOT NULL OR NEW.kind = 'reversal' BEGIN
      SELECT RAISE(ABORT, 'entry: reversed already')
       WHERE EXISTS (SELECT 1 FROM entry
                      WHERE group_id = NEW.group_id AND reverses = NEW.reverses);
      SELECT RAISE(ABORT, 'entry: not the mirror of what it reverses')
       WHERE NOT EXISTS (SELECT 1 FROM entry
                          WHERE group_id = NEW.group_id AND number = NEW.reverses
                            AND kind <> 'reversal' AND member = NEW.member)
          OR EXISTS (
             SELECT account, member, -rupiah FROM posting
              WHERE group_id = NEW.group_id AND entry = NEW.reverses
             EXCEPT
             SELECT account, member, rupiah FROM posting
              WHERE group_id = NEW.group_id AND entry = NEW.number);
    END
    """,
    """
    CREATE TRIGGER entry_sealed AFTER INSERT ON entry BEGIN
      UPDATE savings_group SET next_entry = NEW.number + 1, head = NEW.seal
       WHERE id = NEW.group_id;
      INSERT INTO balance (group_id, account, member, rupiah, entry)
      SELECT p.group_id, p.account, p.member, 0, 0 FROM posting p
       WHERE p.group_id = NEW.group_id AND p.entry = NEW.number
         AND NOT EXISTS (SELECT 1 FROM balance b
                          WHERE b.group_id = p.group_id AND b.account = p.account
                            AND b.member = p.member);
      UPDATE balance SET entry = NEW.number, rupiah = balance.rupiah + p.rupiah
        FROM posting p
       WHERE p.group_id = NEW.group_id AND p.entry = NEW.number
         AND balance.group_id = p.group_id AND balance.account = p.account
         AND balance.member = p.member;
    END
    """,
]

_BALANCES = [
    """
    CREATE TRIGGER balance_begins BEFORE INSERT ON balance
    WHEN NEW.rupiah <> 0 OR NEW.entry <> 0
      OR EXISTS (SELECT 1 FROM balance WHERE group_id = NEW.group_id
                    AND account = NEW.account AND member = NEW.member)
    BEGIN SELECT RAISE(ABORT, 'balance: it follows the entries'); END
    """,
    """
    CREATE TRIGGER balance_follows BEFORE UPDATE ON balance
    WHEN NEW.group_id <> OLD.group_id OR NEW.account <> OLD.account OR NEW.member <> OLD.member
      OR NEW.entry <= OLD.entry
      OR NEW.rupiah - OLD.rupiah IS NOT
         (SELECT p.rupiah FROM savings_group g JOIN posting p
              ON p.group_id = g.id AND p.entry = g.next_entry - 1
             AND p.account = NEW.account AND p.member = NEW.member
           WHERE g.id = NEW.group_id AND g.next_entry = NEW.entry + 1)
    BEGIN SELECT RAISE(ABORT, 'balance: it follows the entries'); END
    """,
    """
    CREATE TRIGGER balance_no_delete BEFORE DELETE ON balance
    BEGIN SELECT RAISE(ABORT, 'balance: it follows the entries'); END
    """,
]

_GROUPS_AND_MEMBERS = [
    """
    CREATE TRIGGER group_begins BEFORE INSERT ON savings_group
    WHEN NEW.next_entry IS NOT 1 OR NEW.head IS NOT ''
      OR EXISTS (SELECT 1 FROM savings_group WHERE id = NEW.id OR code = NEW.code)
    BEGIN SELECT RAISE(ABORT, 'savings_group: it begins empty, and once'); END
    """,
    """
    CREATE TRIGGER group_head_follows BEFORE UPDATE ON savings_group
    WHEN NEW.id <> OLD.id
      OR (NEW.next_entry <> OLD.next_entry OR NEW.head <> OLD.head)
         AND (NEW.next_entry <> OLD.next_entry + 1
              OR NOT EXISTS (SELECT 1 FROM entry WHERE group_id = NEW.id
                                AND number = OLD.next_entry AND seal = NEW.head))
    BEGIN SELECT RAISE(ABORT, 'savings_group: the head follows the entries'); END
    """,
    """
    CREATE TRIGGER group_closes BEFORE UPDATE OF closed_at ON savings_group
    WHEN OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT OLD.closed_at
      OR EXISTS (SELECT 1 FROM balance WHERE group_id = NEW.id
                    AND account <> 'difference' AND rupiah <> 0)
    BEGIN SELECT RAISE(ABORT, 'savings_group: books close once, at zero'); END
    """,
    """
    CREATE TRIGGER group_no_delete BEFORE DELETE ON savings_group
    BEGIN SELECT RAISE(ABORT, 'savings_group: what is booked stands'); END
    """,
    """
    CREATE TRIGGER member_not_replaced BEFORE INSERT ON member
    WHEN EXISTS (SELECT 1 FROM member WHERE group_id = NEW.group_id AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'member: she stays who she is'); END
    """,
    """
    CREATE TRIGGER member_stays BEFORE UPDATE ON member
    WHEN NEW.group_id <> OLD.group_id OR NEW.number <> OLD.number OR NEW.person <> OLD.person
    BEGIN SELECT RAISE(ABORT, 'member: she stays who she is'); END
    """,
]

SQLITE = [*_STANDS, *_ENTRIES, *_BALANCES, *_GROUPS_AND_MEMBERS]
