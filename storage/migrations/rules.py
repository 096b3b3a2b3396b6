"""The rules of the books as triggers, for SQLite and PostgreSQL; see revision 0011 for how they work.

Once released, a rule changes by a new revision that replaces it. A revision that makes one of these
tables anew on SQLite (a batch change) must make its triggers anew too.
"""

from __future__ import annotations

_STANDS = ("entry", "posting")

_SQLITE_STANDS = [
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
    f" BEGIN SELECT RAISE(ABORT, '{table}: what is booked stands'); END"
    for table in _STANDS
    for verb in ("UPDATE", "DELETE")
]

_SQLITE = [
    *_SQLITE_STANDS,
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
       WHERE (SELECT count(*) < 2 OR sum(rupiah) <> 0 OR sum(max(rupiah, 0)) <> NEW.rupiah
                FROM posting WHERE group_id = NEW.group_id AND entry = NEW.number);
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
          OR (SELECT count(*) FROM posting
               WHERE group_id = NEW.group_id AND entry = NEW.reverses)
             <> (SELECT count(*) FROM posting
                  WHERE group_id = NEW.group_id AND entry = NEW.number)
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
    """
    CREATE TRIGGER group_head_follows BEFORE UPDATE OF next_entry, head ON savings_group
    WHEN NEW.next_entry <> OLD.next_entry + 1
      OR NOT EXISTS (SELECT 1 FROM entry WHERE group_id = NEW.id
                        AND number = OLD.next_entry AND seal = NEW.head)
    BEGIN SELECT RAISE(ABORT, 'savings_group: the head follows the entries'); END
    """,
    """
    CREATE TRIGGER group_not_replaced BEFORE INSERT ON savings_group
    WHEN EXISTS (SELECT 1 FROM savings_group WHERE id = NEW.id OR code = NEW.code)
    BEGIN SELECT RAISE(ABORT, 'savings_group: it is there already'); END
    """,
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

_POSTGRES_FUNCTIONS = [
    """
    CREATE FUNCTION ledger_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': what is booked stands', ERRCODE = '23514';
    END $$
    """,
    # The lock makes writers of one group wait for each other, whoever they are: what another one
    # sealed meanwhile is seen, since each statement here looks anew.
    """
    CREATE FUNCTION posting_before_its_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM 1 FROM savings_group WHERE id IN (SELECT group_id FROM fresh) FOR NO KEY UPDATE;
      IF EXISTS (SELECT 1 FROM fresh f JOIN entry e
                     ON e.group_id = f.group_id AND e.number = f.entry) THEN
        RAISE EXCEPTION 'posting: its entry is sealed' USING ERRCODE = '23514';
      END IF;
      RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION entry_may_be_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE expected integer; sides integer; total numeric; moved numeric;
    BEGIN
      SELECT next_entry INTO expected FROM savings_group
       WHERE id = NEW.group_id AND closed_at IS NULL FOR NO KEY UPDATE;
      IF NEW.number IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'entry: not the next of its open books' USING ERRCODE = '23514';
      END IF;
      SELECT count(*), sum(rupiah), sum(greatest(rupiah, 0)) INTO sides, total, moved
        FROM posting WHERE group_id = NEW.group_id AND entry = NEW.number;
      IF sides < 2 OR total <> 0 OR moved <> NEW.rupiah THEN
        RAISE EXCEPTION 'entry: its postings do not sum to zero' USING ERRCODE = '23514';
      END IF;
      IF NEW.reverses IS NOT NULL THEN
        IF NOT EXISTS (SELECT 1 FROM entry
                        WHERE group_id = NEW.group_id AND number = NEW.reverses
                          AND kind <> 'reversal' AND member = NEW.member)
           OR (SELECT count(*) FROM posting
                WHERE group_id = NEW.group_id AND entry = NEW.reverses) <> sides
           OR EXISTS (
              SELECT account, member, -rupiah FROM posting
               WHERE group_id = NEW.group_id AND entry = NEW.reverses
              EXCEPT
              SELECT account, member, rupiah FROM posting
               WHERE group_id = NEW.group_id AND entry = NEW.number) THEN
          RAISE EXCEPTION 'entry: not the mirror of what it reverses' USING ERRCODE = '23514';
        END IF;
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION entry_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moved integer;
    BEGIN
      UPDATE savings_group SET next_entry = NEW.number + 1, head = NEW.seal
       WHERE id = NEW.group_id;
      FOR attempt IN 1..2 LOOP
        UPDATE balance b SET entry = NEW.number, rupiah = b.rupiah + p.rupiah
          FROM posting p
         WHERE p.group_id = NEW.group_id AND p.entry = NEW.number
           AND b.group_id = p.group_id AND b.account = p.account AND b.member = p.member
           AND b.entry < NEW.number;
        GET DIAGNOSTICS moved = ROW_COUNT;
        EXIT WHEN moved = 2 OR attempt = 2;
        INSERT INTO balance (group_id, account, member, rupiah, entry)
        SELECT p.group_id, p.account, p.member, 0, 0 FROM posting p
         WHERE p.group_id = NEW.group_id AND p.entry = NEW.number
        ON CONFLICT DO NOTHING;
      END LOOP;
      RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION group_head_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.next_entry <> OLD.next_entry + 1
         OR NOT EXISTS (SELECT 1 FROM entry WHERE group_id = NEW.id
                           AND number = OLD.next_entry AND seal = NEW.head) THEN
        RAISE EXCEPTION 'savings_group: the head follows the entries' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION balance_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' AND NEW.rupiah = 0 AND NEW.entry = 0 THEN RETURN NEW; END IF;
      IF TG_OP = 'UPDATE' THEN
        IF (NEW.group_id, NEW.account, NEW.member) = (OLD.group_id, OLD.account, OLD.member)
           AND NEW.entry > OLD.entry
           AND NEW.rupiah - OLD.rupiah =
               (SELECT p.rupiah FROM savings_group g JOIN posting p
                    ON p.group_id = g.id AND p.entry = g.next_entry - 1
                   AND p.account = NEW.account AND p.member = NEW.member
                 WHERE g.id = NEW.group_id AND g.next_entry = NEW.entry + 1) THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'balance: it follows the entries' USING ERRCODE = '23514';
    END $$
    """,
]

_POSTGRES = [
    *_POSTGRES_FUNCTIONS,
    *(
        f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_stands()"
        for table in _STANDS
    ),
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_stands()"
        for table in (*_STANDS, "balance")
    ),
    (
        "CREATE TRIGGER posting_before_its_entry AFTER INSERT ON posting"
        " REFERENCING NEW TABLE AS fresh"
        " FOR EACH STATEMENT EXECUTE FUNCTION posting_before_its_entry()"
    ),
    (
        "CREATE TRIGGER entry_may_be_sealed BEFORE INSERT ON entry"
        " FOR EACH ROW EXECUTE FUNCTION entry_may_be_sealed()"
    ),
    (
        "CREATE TRIGGER entry_sealed AFTER INSERT ON entry"
        " FOR EACH ROW EXECUTE FUNCTION entry_sealed()"
    ),
    (
        "CREATE TRIGGER group_head_follows BEFORE UPDATE OF next_entry, head ON savings_group"
        " FOR EACH ROW EXECUTE FUNCTION group_head_follows()"
    ),
    (
        "CREATE TRIGGER balance_follows BEFORE INSERT OR UPDATE OR DELETE ON balance"
        " FOR EACH ROW EXECUTE FUNCTION balance_follows()"
    ),
]

#: As revision 0011 makes them.
RULES = {"sqlite": _SQLITE, "postgresql": _POSTGRES}

#: Since revision 0121, in place of two of the above: PostgreSQL tells what a trigger writes from
#: what anybody else does, so balances and heads are closed to everybody else, without looking.
POSTGRES_BY_ITSELF = [
    "DROP TRIGGER group_head_follows ON savings_group",
    "DROP TRIGGER balance_follows ON balance",
    "DROP FUNCTION group_head_follows()",
    "DROP FUNCTION balance_follows()",
    """
    CREATE FUNCTION follows_the_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': it follows the entries',
        ERRCODE = '23514';
    END $$
    """,
    (
        "CREATE TRIGGER group_head_follows BEFORE UPDATE OF next_entry, head ON savings_group"
        " FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION follows_the_entries()"
    ),
    (
        "CREATE TRIGGER balance_follows BEFORE INSERT OR UPDATE OR DELETE ON balance"
        " FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION follows_the_entries()"
    ),
]
