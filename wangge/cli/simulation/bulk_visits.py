"""Visits by the million, made inside the database from the doors that are there: for benches only.

Every day each due door is visited once at most; visit, state of the door and tallies are written, lines and sightings
are not. What is drawn comes from the number of the door and the day, so the same town has the same visits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from wangge.kernel.periods import day_start

HOURS_A_DAY = 9.5
TABLES = ("surveys_doorvisit", "surveys_doorday")

# numbers the due doors, each with its worker, in an order that stays
DOORS = """
CREATE TEMPORARY TABLE bench_doors AS
SELECT row_number() OVER (ORDER BY home.id) AS n, home.id, home.path, home.grid_path, duty.account_id, lived.people
FROM people_household AS home
JOIN access_duty AS duty ON duty.path = home.grid_path AND duty.role = 'grid_worker'
JOIN (SELECT household_id, count(*) AS people FROM people_resident GROUP BY household_id) AS lived
  ON lived.household_id = home.id
WHERE home.state = 'open'
"""
KNOCKS = """
CREATE TEMPORARY TABLE bench_knocks AS
SELECT {uuid} AS id, id AS household_id, account_id, path, grid_path, {day} AS day, {at} AS at,
       CASE WHEN drawn < 850 THEN 'done' WHEN drawn < 930 THEN 'nobody_home' WHEN drawn < 960 THEN 'revisit'
            WHEN drawn < 970 THEN 'gate_locked' WHEN drawn < 980 THEN 'refused' ELSE 'vacant' END AS state,
       CASE WHEN drawn < 850 THEN (people + 1) / 2 ELSE 0 END AS seen
FROM (SELECT doors.*, (doors.n * 7919 + {turn} * 104729 + (doors.n % 97) * {turn} * 31) % 1000 AS drawn,
             (doors.n * 6151 + {turn} * 3001) % {span} AS late
      FROM bench_doors AS doors) AS knocked
WHERE (n * 31 + {turn} * 17) % 100 < {percent}
"""
INTO_TABLES = (
    """
INSERT INTO surveys_doorvisit (id, household_id, worker_id, path, grid_path, day, at, received_at, state, persons_seen,
                               remarks, claim_clamped, channel, void_reason)
SELECT id, household_id, account_id, path, grid_path, day, at, at, state, seen, '', {no}, 'phone', '' FROM bench_knocks
""",
    """
INSERT INTO surveys_doorday (household_id, day, visit_id, state, at, grid_path)
SELECT household_id, day, id, state, at, grid_path FROM bench_knocks
""",
    """
INSERT INTO journal_tally (path, day, counter, value)
SELECT grid_path, day, counter, sum(CASE counter
         WHEN 'visits' THEN 1
         WHEN 'doors_done' THEN CASE WHEN state IN ('done', 'vacant') THEN 1 ELSE 0 END
         WHEN 'doors_refused' THEN CASE WHEN state = 'refused' THEN 1 ELSE 0 END
         WHEN 'doors_again' THEN CASE WHEN state IN ('nobody_home', 'revisit', 'gate_locked') THEN 1 ELSE 0 END
         ELSE seen END)
FROM bench_knocks
CROSS JOIN (SELECT 'visits' AS counter UNION ALL SELECT 'doors_done' UNION ALL SELECT 'doors_refused'
            UNION ALL SELECT 'doors_again' UNION ALL SELECT 'persons_seen' UNION ALL SELECT 'person_times') AS counters
GROUP BY grid_path, day, counter
""",
    "DROP TABLE bench_knocks",
)


def visit(*, visits: int, until: date, zone: str, told: Callable[[int], None] = lambda _: None) -> int:
    """Make about so many visits over as many days as they need, the last of them ``until``; return how many there are.

    The last day is visited to two thirds, as in the afternoon of a day that goes on.
    """
    from django.db import connection, transaction

    made = 0
    with connection.cursor() as cursor, _without_indexes(cursor):
        cursor.execute(DOORS)
        cursor.execute("SELECT count(*) FROM bench_doors")
        doors = int(cursor.fetchone()[0])
        days = max(1, round(visits / max(1, doors)))
        percent = min(100, round(100 * visits / max(1, doors * days)))
        for turn in range(days):
            day = until - timedelta(days=days - 1 - turn)
            share = percent * 2 // 3 if turn == days - 1 and days > 1 else percent
            with transaction.atomic():
                made += _a_day(cursor, turn, day, day_start(day, zone), share)
            told(made)
        cursor.execute("DROP TABLE bench_doors")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def _a_day(cursor: Any, turn: int, day: date, start: datetime, percent: int) -> int:
    from django.db import connection

    words: dict[str, Any] = {"turn": turn, "percent": percent, "span": int(HOURS_A_DAY * 3600), "day": f"'{day}'"}
    begins = start + timedelta(hours=8, minutes=30)
    if connection.vendor == "postgresql":
        words |= {"uuid": "gen_random_uuid()", "no": "false", "day": f"DATE '{day}'"}
        words["at"] = f"TIMESTAMPTZ '{begins.isoformat()}' + late * INTERVAL '1 second'"
    else:
        words |= {"uuid": "lower(hex(randomblob(16)))", "no": "0"}
        words["at"] = f"datetime('{begins:%Y-%m-%d %H:%M:%S}', late || ' seconds')"
    cursor.execute(KNOCKS.format(**words))
    cursor.execute("SELECT count(*) FROM bench_knocks")
    made = int(cursor.fetchone()[0])
    for statement in INTO_TABLES:
        cursor.execute(statement.format(**words))
    return made


@contextmanager
def _without_indexes(cursor: Any) -> Iterator[None]:
    """On PostgreSQL, make the indexes that no constraint needs after the rows, and do not look keys up row by row."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    cursor.execute(
        "SELECT relation.relname, pg_get_indexdef(index.indexrelid) FROM pg_index AS index "
        "JOIN pg_class AS relation ON relation.oid = index.indexrelid "
        "WHERE index.indrelid = ANY(%s::regclass[]) "
        "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = index.indexrelid)",
        [list(TABLES)],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    # the rows come from keys that are there: a superuser, as a bench is on a server of its own, may say so
    may_say_so = bool(cursor.fetchone()[0])
    if may_say_so:
        cursor.execute("SET session_replication_role = replica")
    cursor.execute("SET maintenance_work_mem = '512MB'")
    try:
        yield
    finally:
        if may_say_so:
            cursor.execute("SET session_replication_role = DEFAULT")
        for _, made in indexes:
            cursor.execute(made)
