"""Changes to a draft, and what differs between two versions."""

import msgspec

from wangge.situation.questionnaires import editing
from wangge.situation.questionnaires.differences import differences
from wangge.surveys.rules.questionnaires import Choice, Definition, Question, read_definition, walk

CHOICES = {"yes_no": [{"value": "yes", "label": {"en": "Yes"}}], "towns": [{"value": "a"}]}


def made() -> Definition:
    return read_definition(
        {
            "format": 1,
            "languages": ["en"],
            "choices": CHOICES,
            "questions": [
                {"name": "home", "type": "select_one", "choices": "yes_no", "label": {"en": "Home?"}},
                {"name": "more", "type": "group", "relevant": "${home} = 'yes'", "questions": [
                    {"name": "count", "type": "integer", "label": {"en": "How many of ${home}?"}},
                    {"name": "town", "type": "select_one", "choices": "towns"},
                ]},
                {"name": "end", "type": "note", "label": {"en": "Thank you"}},
            ],
        }
    )  # fmt: skip


def names(definition: Definition) -> list[str]:
    return [one.name for one in walk(definition.questions)]


def test_a_question_moves_as_far_as_its_group_goes() -> None:
    definition = made()
    assert names(editing.moved(definition, "home", -1)) == ["home", "more", "count", "town", "end"]
    assert names(editing.moved(definition, "home", 1)) == ["more", "count", "town", "home", "end"]
    assert names(editing.moved(definition, "town", -1)) == ["home", "more", "town", "count", "end"]
    assert names(editing.moved(definition, "town", 1)) == names(definition)


def test_a_question_is_put_after_another_inside_a_group_or_last() -> None:
    new = Question(name="new", type="text")
    assert names(editing.put_in(made(), new, after="count")) == ["home", "more", "count", "new", "town", "end"]
    assert names(editing.put_in(made(), new, within="more")) == ["home", "more", "count", "town", "new", "end"]
    assert names(editing.put_in(made(), new))[-1] == "new"


def test_a_group_cannot_be_put_into_itself() -> None:
    assert editing.placed(made(), "more", "more") == made()
    assert names(editing.placed(made(), "end", "more")) == ["home", "more", "count", "town", "end"]
    assert names(editing.placed(made(), "town", "")) == ["home", "more", "count", "end", "town"]


def test_taking_a_group_out_takes_its_questions_and_their_lists() -> None:
    there = editing.take_out(made(), "more")
    assert names(there) == ["home", "end"]
    assert sorted(there.choices) == ["yes_no"]


def test_another_name_is_known_wherever_it_is_spoken_of() -> None:
    definition = made()
    home = msgspec.structs.replace(definition.questions[0], name="at_home")
    there = editing.replaced(definition, "home", home, {"yes_no": (Choice(value="no"),)})
    more = there.questions[1]
    assert more.relevant == "${at_home} = 'yes'"
    assert more.questions[0].label == {"en": "How many of ${at_home}?"}
    assert there.choices["yes_no"] == (Choice(value="no"),)


def test_what_speaks_of_a_question_is_named_before_it_goes() -> None:
    assert [one.name for one in editing.dependents(made(), "home")] == ["more", "count"]
    assert editing.dependents(made(), "more") == []


def test_a_question_that_somebody_changed_has_another_print() -> None:
    definition = made()
    before = editing.question_print(definition, "count")
    assert editing.question_print(editing.moved(definition, "count", 1), "count") == before
    changed = editing.changed(definition, "count", lambda one: msgspec.structs.replace(one, required=True))
    assert editing.question_print(changed, "count") != before


def test_two_versions_differ_in_what_was_added_moved_changed_and_taken_out() -> None:
    old = made()
    new = editing.put_in(editing.take_out(old, "end"), Question(name="why", type="text", label={"en": "Why?"}))
    new = editing.moved(new, "town", -1)
    new = editing.changed(new, "home", lambda one: msgspec.structs.replace(one, required=True, hint={"en": "Look"}))
    found = [(one.kind, one.name, one.what, one.before, one.after) for one in differences(old, new, "en")]
    assert found == [
        ("changed", "home", "hint", "", "Look"),
        ("changed", "home", "required", "no", "yes"),
        ("moved", "town", "", "", ""),
        ("added", "why", "", "", ""),
        ("removed", "end", "", "", ""),
    ]


def test_the_same_wording_does_not_differ() -> None:
    assert differences(made(), made(), "en") == []
