"""The rules of the books as PostgreSQL keeps them.

What a trigger writes is looked at like anybody else's: with a temporary table everybody may have
triggers of her own. The functions see the tables of the schema they were made in only: a temporary
table of the same name would come first otherwise.
"""

from __future__ import annotations

_FUNCTIONS = [
    """
    CREATE FUNCTION ledger_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': what is booked stands', ERRCODE = '23514';
    END $$
    """,
    # The lock makes writers of one group wait for each other, whoever they are; once it is had, the
    # row is read as the other left it, so what she sealed meanwhile is seen.
    """
    CREATE FUNCTION posting_before_its_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE unsealed integer;
    BEGIN
      SELECT next_entry INTO unsealed FROM savings_group
       WHERE id = NEW.group_id FOR NO KEY UPDATE;
      IF NEW.entry < unsealed THEN
        RAISE EXCEPTION 'posting: its entry is sealed' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$
    """,
    # After the insert, so that one statement may bring an entry and its postings in any order.
    """
    CREATE FUNCTION entry_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE sides integer; total numeric; moved numeric; followed integer;
    BEGIN
      UPDATE savings_group SET next_entry = NEW.number + 1, head = NEW.seal
       WHERE id = NEW.group_id AND next_entry = NEW.number AND closed_at IS NULL;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'entry: not the next of its open books' USING ERRCODE = '23514';
      END IF;
      SELECT count(*), sum(rupiah), sum(greatest(rupiah, 0)) INTO sides, total, moved
        FROM posting WHERE group_id = NEW.group_id AND entry = NEW.number;
      IF sides <> 2 OR total <> 0 OR moved <> NEW.rupiah THEN
        RAISE EXCEPTION 'entry: its postings do not sum to zero' USING ERRCODE = '23514';
      END IF;
      IF NEW.day NOT BETWEEN '2000-01-01' AND '2199-12-31'
         OR NEW.recorded_at NOT BETWEEN '2000-01-01Z' AND '2199-12-31Z' THEN
        RAISE EXCEPTION 'entry: no such day' USING ERRCODE = '23514';
      END IF;
      IF NEW.reverses IS NOT NULL THEN
        IF NOT EXISTS (SELECT 1 FROM entry
                        WHERE group_id = NEW.group_id AND number = NEW.reverses
                          AND number < NEW.number
                          AND kind <> 'reversal' AND member = NEW.member)
           OR EXISTS (
              SELECT account, member, -rupiah FROM posting
               WHERE group_id = NEW.group_id AND entry = NEW.reverses
              EXCEPT
              SELECT account, member, rupiah FROM posting
               WHERE group_id = NEW.group_id AND entry = NEW.number) THEN
          RAISE EXCEPTION 'entry: not the mirror of what it reverses' USING ERRCODE = '23514';
        END IF;
      END IF;
      FOR attempt IN 1..2 LOOP
        UPDATE balance b SET entry = NEW.number, rupiah = b.rupiah + p.rupiah
          FROM posting p
         WHERE p.group_id = NEW.group_id AND p.entry = NEW.number AND b.entry < NEW.number
           AND b.group_id = p.group_id AND b.account = p.account AND b.member = p.member;
        GET DIAGNOSTICS followed = ROW_COUNT;
        sides := sides - followed;
        EXIT WHEN sides = 0;
        -- An account that is moved for the first time has no balance yet.
        INSERT INTO balance (group_id, account, member, rupiah, entry)
        SELECT group_id, account, member, 0, 0 FROM posting
         WHERE group_id = NEW.group_id AND entry = NEW.number
        ON CONFLICT DO NOTHING;
      END LOOP;
      IF sides <> 0 THEN
        RAISE EXCEPTION 'entry: its balances are ahead of it' USING ERRCODE = '23514';
      END IF;
      RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION follows_the_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': it follows the entries',
        ERRCODE = '23514';
    END $$
    """,
    # Moved for postings whose entry has not come, it is ahead of that entry, which is refused then.
    """
    CREATE FUNCTION balance_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.group_id, NEW.account, NEW.member) = (OLD.group_id, OLD.account, OLD.member)
         AND NEW.entry > OLD.entry
         AND EXISTS (SELECT 1 FROM posting
                      WHERE group_id = NEW.group_id AND entry = NEW.entry
                        AND account = NEW.account AND member = NEW.member
                        AND rupiah = NEW.rupiah - OLD.rupiah) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'balance: it follows the entries' USING ERRCODE = '23514';
    END $$
    """,
    """
    CREATE FUNCTION head_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.next_entry = OLD.next_entry + 1
         AND EXISTS (SELECT 1 FROM entry WHERE group_id = NEW.id
                        AND number = OLD.next_entry AND seal = NEW.head) THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'savings_group: the head follows the entries' USING ERRCODE = '23514';
    END $$
    """,
    """
    CREATE FUNCTION group_closes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.closed_at IS NOT NULL OR EXISTS (
           SELECT 1 FROM balance WHERE group_id = NEW.id
              AND account <> 'difference' AND rupiah <> 0) THEN
        RAISE EXCEPTION 'savings_group: books close once, at zero' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$
    """,
]

_HERE_ONLY = """
    DO $$
    DECLARE one regprocedure;
    BEGIN
      FOREACH one IN ARRAY ARRAY['ledger_stands()', 'posting_before_its_entry()',
        'entry_sealed()', 'follows_the_entries()', 'balance_follows()', 'head_follows()',
        'group_closes()'
      ]::regprocedure[] LOOP
        EXECUTE 'ALTER FUNCTION ' || one || ' SET search_path = pg_catalog, '
                || quote_ident(current_schema()) || ', pg_temp';
      END LOOP;
    END $$
"""

_STAND = [
    *(
        f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_stands()"
        for table in ("entry", "posting")
    ),
    *(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_stands()"
        for table in ("entry", "posting", "balance")
    ),
    (
        "CREATE TRIGGER member_stays BEFORE UPDATE OF group_id, number, person ON member"
        " FOR EACH ROW WHEN ((NEW.group_id, NEW.number, NEW.person)"
        " <> (OLD.group_id, OLD.number, OLD.person)) EXECUTE FUNCTION ledger_stands()"
    ),
]

_ENTRIES = [
    (
        "CREATE TRIGGER posting_before_its_entry BEFORE INSERT ON posting"
        " FOR EACH ROW EXECUTE FUNCTION posting_before_its_entry()"
    ),
    (
        "CREATE TRIGGER entry_sealed AFTER INSERT ON entry"
        " FOR EACH ROW EXECUTE FUNCTION entry_sealed()"
    ),
]

_FOLLOW = [
    f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW {when} EXECUTE FUNCTION {rule}"
    for name, what, when, rule in (
        (
            "group_begins",
            "INSERT ON savings_group",
            "WHEN (NEW.next_entry <> 1 OR NEW.head <> '')",
            "follows_the_entries()",
        ),
        (
            "group_head_follows",
            "UPDATE OF next_entry, head ON savings_group",
            "",
            "head_follows()",
        ),
        (
            "balance_begins",
            "INSERT ON balance",
            "WHEN (NEW.rupiah <> 0 OR NEW.entry <> 0)",
            "follows_the_entries()",
        ),
        ("balance_follows", "UPDATE ON balance", "", "balance_follows()"),
        ("balance_stands", "DELETE ON balance", "", "follows_the_entries()"),
    )
]

_CLOSES = (
    "CREATE TRIGGER group_closes BEFORE UPDATE OF closed_at ON savings_group"
    " FOR EACH ROW WHEN (NEW.closed_at IS DISTINCT FROM OLD.closed_at)"
    " EXECUTE FUNCTION group_closes()"
)

POSTGRESQL = [*_FUNCTIONS, _HERE_ONLY, *_STAND, *_ENTRIES, *_FOLLOW, _CLOSES]
