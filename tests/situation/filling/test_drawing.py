"""A questionnaire drawn and read back: what shows, what is kept, what is said to be wrong."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from wangge.situation import filling
from wangge.situation.filling import Field, FillingSeen, Repeat, Sent
from wangge.surveys.rules.questionnaires import AnswerFault, Context, Definition, Member, check_answers, read_definition

ZHANG, LI = "0190aaaa-0000-7000-8000-000000000001", "0190aaaa-0000-7000-8000-000000000002"
AT_DOOR = Context(
    date(2020, 2, 10), datetime(2020, 2, 10, 1, 30, tzinfo=UTC), (Member(ZHANG, "张三"), Member(LI, "李四"))
)
NAMES = {ZHANG: "张*", LI: "李*"}
YES_NO = [{"value": "yes", "label": {"en": "Yes", "zh-hans": "是"}}, {"value": "no", "label": {"en": "No"}}]


def questions(*rows: Mapping[str, Any], **more: Any) -> Definition:
    named = [{"label": {"en": str(row["name"])}, **row} for row in rows]
    return read_definition(
        {"format": 1, "languages": ["en"], "choices": {"yes_no": YES_NO}, "questions": named, **more}
    )


FEVER = {"name": "fever", "type": "select_one", "choices": "yes_no", "label": {"en": "Fever of ${member_name}?"}}
SINCE = {"name": "since", "type": "date", "label": {"en": "Since"}, "relevant": "${fever} = 'yes'"}
HOME = {"name": "home", "type": "select_one", "choices": "yes_no"}
COUNT = {"name": "count", "type": "integer", "relevant": "${home} = 'yes'"}
MEMBERS = {"name": "members", "type": "repeat", "repeat": "members", "questions": [FEVER, SINCE]}


def sent(definition: Definition, *pairs: tuple[str, str]) -> Sent:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return filling.read_posted(definition, query, AT_DOOR)


def drawn(definition: Definition, came: Sent, faults: tuple[AnswerFault, ...] = ()) -> FillingSeen:
    return filling.draw(definition, came.answers, AT_DOOR, language="en", names=NAMES, faults=faults, sent=came)


def field(drawing: FillingSeen, name: str) -> Field:
    found = {one.name: one for one in drawing.parts if isinstance(one, Field)}
    return found[name]


def repeat(drawing: FillingSeen) -> Repeat:
    return next(one for one in drawing.parts if isinstance(one, Repeat))


def test_what_was_typed_stays_when_it_is_no_number() -> None:
    asked = questions({"name": "count", "type": "integer"})
    came = sent(asked, ("a:count", "about 3"))
    checked = check_answers(asked, came.answers, AT_DOOR)
    seen = field(drawn(asked, came, checked.faults), "count")
    assert (seen.value, seen.fault) == ("about 3", "not_whole")


def test_full_width_digits_are_numbers() -> None:
    asked = questions({"name": "count", "type": "integer"}, {"name": "felt", "type": "decimal"})
    assert sent(asked, ("a:count", "１２"), ("a:felt", "３７．３")).answers == {"count": 12, "felt": 37.3}


def test_dont_know_is_an_answer_unless_something_was_typed_beside_it() -> None:
    asked = questions(
        {"name": "count", "type": "integer"}, {"name": "why", "type": "select_multiple", "choices": "yes_no"}
    )
    assert sent(asked, ("a:count:~unsure", "1"), ("a:why", "?")).answers == {"count": "?", "why": "?"}
    typed = sent(asked, ("a:count", "0"), ("a:count:~unsure", "1"), ("a:why", "no"), ("a:why", "?"))
    assert typed.answers == {"count": 0, "why": ["no"]}


def test_dont_know_is_not_offered_where_the_question_forbids_it() -> None:
    asked = questions({"name": "count", "type": "integer", "unknown": False})
    came = sent(asked, ("a:count:~unsure", "1"))
    assert came.answers == {}
    assert not field(drawn(asked, came), "count").unknown


def test_a_question_shows_once_the_answer_before_asks_for_it() -> None:
    asked = questions(HOME, COUNT)
    assert not field(drawn(asked, sent(asked)), "count").shown
    assert field(drawn(asked, sent(asked, ("a:home", "yes"))), "count").shown


def test_nothing_is_saved_while_questions_follow_that_nobody_saw() -> None:
    asked = questions(HOME, COUNT)
    unseen = sent(asked, ("a:home", "yes"), ("a:~seen", "a-home"))
    assert drawn(asked, unseen).more
    seen = sent(asked, ("a:home", "yes"), ("a:~seen", "a-home a-count"))
    assert not drawn(asked, seen).more


def test_what_must_be_answered_may_hang_on_another_answer() -> None:
    asked = questions(HOME, {"name": "why", "type": "text", "required_when": "${home} = 'no'"})
    assert not field(drawn(asked, sent(asked, ("a:home", "yes"))), "why").required
    assert field(drawn(asked, sent(asked, ("a:home", "no"))), "why").required


def test_a_look_saves_nothing_and_says_so() -> None:
    asked = questions(HOME, COUNT)
    looked = sent(asked, ("a:home", "yes"), ("a:~seen", "a-home"), ("do", "look"))
    assert looked.looks
    assert not drawn(asked, looked).more


def test_every_member_is_asked_by_the_name_that_this_page_may_show() -> None:
    asked = questions(MEMBERS)
    came = sent(asked, (f"a:members:{LI}:fever", "yes"), (f"a:members:{LI}:since", "2020-02-08"))
    assert came.answers == {
        "members": [{"resident": ZHANG}, {"resident": LI, "fever": "yes", "since": "2020-02-08"}]
    }  # fmt: skip
    rows = repeat(drawn(asked, came)).rows
    assert [row.heading for row in rows] == ["张*", "李*"]
    assert [part.label for part in rows[1].parts if isinstance(part, Field)] == ["Fever of 李*?", "Since"]
    assert [[part.shown for part in row.parts] for row in rows] == [[True, False], [True, True]]


def test_answers_about_somebody_who_does_not_live_here_are_not_read() -> None:
    asked = questions(MEMBERS)
    stranger = "0190aaaa-0000-7000-8000-00000000000f"
    came = sent(asked, (f"a:members:{stranger}:fever", "yes"), ("a:members:~rows", stranger))
    assert [row["resident"] for row in came.answers["members"]] == [ZHANG, LI]


def test_somebody_new_is_added_needs_a_name_and_can_be_taken_out() -> None:
    asked = questions(MEMBERS)
    adding = sent(asked, ("do", "add:a:members"))
    assert adding.looks
    assert [row.heading for row in repeat(drawn(asked, adding)).rows] == ["张*", "李*", ""]
    nameless = sent(asked, ("a:members:~rows", "n1"), ("a:members:n1:fever", "no"))
    checked = check_answers(asked, nameless.answers, AT_DOOR)
    row = repeat(drawn(asked, nameless, checked.faults)).rows[2]
    assert row.new_name is not None
    assert row.new_name.fault == "member_nameless"
    named = (("a:members:~rows", "n1"), ("a:members:n1:~name", "王五"), ("a:members:n1:fever", "no"))
    assert sent(asked, *named).answers["members"][2] == {"resident": None, "name": "王五", "fever": "no"}
    dropped = sent(asked, *named, ("do", "drop:a:members:n1"))
    assert dropped.looks
    assert len(dropped.answers["members"]) == 2


def test_a_repeat_with_a_count_has_as_many_rows_as_were_said() -> None:
    dogs = {"name": "dogs", "type": "repeat", "repeat": "free", "repeat_count": "${number}",
            "questions": [{"name": "called", "type": "text", "label": {"en": "Called"}}]}  # fmt: skip
    asked = questions({"name": "number", "type": "integer"}, dogs)
    came = sent(asked, ("a:number", "2"), ("a:dogs:~rows", "n1"), ("a:dogs:n1:called", "旺财"))
    seen = repeat(drawn(asked, came))
    assert (len(seen.rows), seen.add) == (2, "")
    assert [part.value for row in seen.rows for part in row.parts if isinstance(part, Field)] == ["旺财", ""]


def test_words_speak_of_what_was_answered_and_choices_hang_on_it() -> None:
    towns = [{"value": "a1", "label": {"en": "A one"}, "filter": {"in": "a"}}, {"value": "b1", "filter": {"in": "b"}}]
    counties = [{"value": "a", "label": {"en": "County A"}}, {"value": "b"}]
    asked = questions(
        {"name": "county", "type": "select_one", "choices": "counties"},
        {"name": "town", "type": "select_one", "choices": "towns", "choice_filter": "in = ${county}",
         "label": {"en": "Which town of ${county}?"}},
        choices={"towns": towns, "counties": counties},
    )  # fmt: skip
    seen = field(drawn(asked, sent(asked, ("a:county", "a"))), "town")
    assert seen.label == "Which town of County A?"
    assert [option.value for option in seen.options] == ["a1"]
    assert seen.alive


def test_something_else_is_told_in_words() -> None:
    asked = questions({"name": "work", "type": "select_one", "choices": "yes_no", "other": True})
    came = sent(asked, ("a:work", "other"), ("a:work:~other", " 卖菜 "))
    assert came.answers == {"work": "other", "work_other": "卖菜"}
    assert check_answers(asked, came.answers, AT_DOOR).faults == ()
    seen = field(drawn(asked, came), "work")
    assert (seen.options[-1].value, seen.other) == ("other", "卖菜")


def test_an_order_is_read_by_the_places_given() -> None:
    asked = questions({"name": "first", "type": "rank", "choices": "yes_no"})
    placed = sent(
        asked, ("a:first:values", "yes"), ("a:first:values", "no"), ("a:first:0", "2"), ("a:first:1", "1")
    )  # fmt: skip
    assert placed.answers == {"first": ["no", "yes"]}
    assert [option.place for option in field(drawn(asked, placed), "first").options] == ["2", "1"]


def test_defaults_stand_in_an_empty_form_only() -> None:
    asked = questions({"name": "count", "type": "integer", "default": "4"})
    assert field(filling.draw(asked, {}, AT_DOOR, language="en"), "count").value == "4"
    assert field(drawn(asked, sent(asked, ("a:count", ""))), "count").value == ""


def test_the_page_carries_what_was_answered_and_what_is_wrong_with_it() -> None:
    asked = questions({**HOME, "required": True}, COUNT, MEMBERS, {"name": "note", "type": "note"})
    came = sent(asked, ("a:count", "<b>"), (f"a:members:{ZHANG}:fever", "yes"))
    checked = check_answers(asked, came.answers, AT_DOOR)
    with translation.override("en"):
        page = render_to_string("shared/filling.html", {"filling": drawn(asked, came, checked.faults)})
    assert "1 answer needs another look" in page
    assert 'href="#a-home-q"' in page
    assert 'value="&lt;b&gt;"' in page
    assert "张三" not in page
    assert page.count("checked") == 1
