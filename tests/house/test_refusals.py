from tools.house import refusals
from tools.house.source import Source, constants

REGISTRY = Source(
    "wangge/people/refusals.py",
    'CODES: dict[str, tuple[str, ...]] = {\n    "people.gone": (),\n    "people.too_many": ("limit",),\n}\n',
)


def code(text: str) -> Source:
    return Source("wangge/people/commands.py", text)


def codes() -> dict[str, refusals.Registered]:
    return refusals.registered([REGISTRY])


def test_the_registry_is_read_with_places_and_facts() -> None:
    assert codes()["people.too_many"] == refusals.Registered("wangge/people/refusals.py", 3, ("limit",))


def test_a_raised_code_must_be_registered() -> None:
    good, bad = code('raise Refused("people.gone")'), code('x = 1\nraise Refused("people.gonne")')
    assert not list(refusals.unregistered([good], codes(), {}))
    (fault,) = refusals.unregistered([bad], codes(), {})
    assert (fault.line, "people.gonne" in fault.text) == (2, True)


def test_a_code_behind_a_name_of_another_module_is_found_too() -> None:
    sources = [
        Source("wangge/people/names.py", 'LOST = "people.lost"\n'),
        code("from wangge.people import names\nfrom wangge.people.names import LOST\n\n"
             "def a():\n    raise Refused(LOST)\n\ndef b():\n    raise Refused(names.LOST)\n"),
    ]  # fmt: skip
    found = list(refusals.unregistered(sources, codes(), constants(sources)))
    assert [fault.line for fault in found] == [5, 8]


def test_a_code_that_a_rule_returns_as_a_fault_must_be_registered() -> None:
    good = code('def join_fault() -> str:\n    return "people.gone"\n')
    bad = code('def join_fault() -> str:\n    return "people.joined"\n')
    other = code('def label() -> str:\n    return "people.joined"\n')
    assert not list(refusals.unregistered([good, other], codes(), {}))
    assert len(list(refusals.unregistered([bad], codes(), {}))) == 1


def test_a_refusal_must_carry_the_facts_it_is_registered_with() -> None:
    good = code('raise Refused("people.too_many", limit=500)')
    spread = code('raise Refused("people.too_many", **facts)')
    bad = code('raise Refused("people.too_many", count=501)')
    assert not list(refusals.without_facts([good, spread], codes(), {}))
    (fault,) = refusals.without_facts([bad], codes(), {})
    assert "limit" in fault.text


def test_a_registered_code_must_be_raised_somewhere() -> None:
    both = code('raise Refused("people.gone")\nraise Refused(f"people.too_{what}")')
    assert not list(refusals.never_raised([REGISTRY, both], codes()))
    worded = Source("wangge/words/people.py", 'REFUSALS = {"people.gone": _("Gone.")}')
    (gone, many) = refusals.never_raised([REGISTRY, worded], codes())
    assert ("people.gone" in gone.text, gone.line, "people.too_many" in many.text) == (True, 2, True)


def test_a_composed_text_without_a_room_raises_nothing() -> None:
    assert len(list(refusals.never_raised([code('x = f"{room}.{word}"')], codes()))) == 2


def test_a_registered_code_must_have_words_that_ask_only_for_its_facts() -> None:
    good = {"people.gone": "Gone.", "people.too_many": "At most %(limit)s."}
    assert not list(refusals.unworded(codes(), good))
    (fault,) = refusals.unworded(codes(), {"people.too_many": "At most %(limit)s."})
    assert "people.gone has no words" in fault.text
    (fault,) = refusals.unworded(codes(), good | {"people.gone": "%(name)s has gone."})
    assert "%(name)s" in fault.text


def test_words_without_a_code_are_found() -> None:
    place = ("wangge/words/people.py", 7)
    assert not list(refusals.said_of_nothing(codes(), {"people.gone": place}))
    (fault,) = refusals.said_of_nothing(codes(), {"people.left": place})
    assert (fault.path, fault.line) == place
