from tools.house import codes
from tools.house.source import Source, constants

IMPORT = "from wangge.journal.recording import Count, Entry\n"


def room(text: str) -> Source:
    return Source("wangge/people/commands.py", IMPORT + text)


def test_a_line_of_an_unregistered_kind_is_found() -> None:
    good, bad = room('Entry("people.moved", path, {})'), room('Entry("people.moved_away", path, {})')
    assert not list(codes.unknown_kinds([good], {"people.moved"}, {}))
    (fault,) = codes.unknown_kinds([bad], {"people.moved"}, {})
    assert (fault.line, "people.moved_away" in fault.text) == (2, True)


def test_a_kind_behind_a_name_is_found() -> None:
    sources = [room('MOVED = "people.moved_away"\nEntry(MOVED, path, {})')]
    assert len(list(codes.unknown_kinds(sources, {"people.moved"}, constants(sources)))) == 1
    assert not list(codes.unknown_kinds(sources, {"people.moved_away"}, constants(sources)))


def test_a_tally_under_an_unregistered_counter_is_found() -> None:
    good, bad = room('Count("residents", path, 1)'), room('Count("resident", path, 1)')
    assert not list(codes.unknown_counters([good], {"residents"}, {}))
    assert len(list(codes.unknown_counters([bad], {"residents"}, {}))) == 1


def test_a_count_of_the_database_is_no_tally() -> None:
    query = Source("wangge/people/queries.py", 'from django.db.models import Count\nrows.annotate(n=Count("id"))')
    assert not list(codes.unknown_counters([query], {"residents"}, {}))


def test_what_is_registered_only_when_a_command_runs_is_known_too() -> None:
    sources = [room('TRIAL = "bench.done"\nregister_kind(Kind(TRIAL))\nregister_kind(Kind("bench.begun", "short"))')]
    assert codes.registered(sources, "Kind", constants(sources)) == {"bench.done", "bench.begun"}
    assert codes.registered(sources, "Counter", constants(sources)) == set()
