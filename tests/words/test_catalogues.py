import pytest

from tools import check_words
from tools.house.messages import Asked, Message, Told


def asked(text: str, plural: str = "", context: str = "") -> Asked:
    return Asked(Message(text, plural, context), "wangge/words/people.py", 7)


def told(text: str, *texts: str, plural: str = "", context: str = "", path: str = "wangge/locale/a.po") -> Told:
    return Told(Message(text, plural, context), texts, path, 3)


def test_a_message_without_translation_is_found_once_at_the_first_place() -> None:
    (fault,) = check_words.untranslated("zh_Hans", [asked("Door"), asked("Door")], [told("Doors", "门")])
    assert (fault.path, fault.line) == ("wangge/words/people.py", 7)
    assert "no simplified Chinese for 'Door'" in fault.text
    assert not list(check_words.untranslated("zh_Hans", [asked("Door")], [told("Door", "门")]))


def test_an_empty_translation_is_none() -> None:
    assert len(list(check_words.untranslated("zh_Hant", [asked("Door")], [told("Door", "")]))) == 1


def test_a_translation_in_another_context_or_without_plural_does_not_count() -> None:
    menu, door = told("Open", "打开", context="menu"), told("Open", "未完成", context="door")
    assert len(list(check_words.untranslated("zh_Hans", [asked("Open", context="door")], [menu]))) == 1
    assert not list(check_words.untranslated("zh_Hans", [asked("Open", context="door")], [menu, door]))
    assert len(list(check_words.untranslated("zh_Hans", [asked("door", "doors")], [told("door", "门")]))) == 1


def test_a_translation_must_fill_in_what_the_english_fills_in() -> None:
    assert not list(check_words.misfilled([told("%(n)s doors", "%(n)s 户")]))
    (fault,) = check_words.misfilled([told("%(n)s doors", "%(m)s 户")])
    assert "m, n" in fault.text
    assert len(list(check_words.misfilled([told("Room %(room)s", "房间")]))) == 1
    assert not list(check_words.misfilled([told("one door", "%(n)s 户", plural="%(n)s doors")]))


def test_simplified_characters_in_a_traditional_text_are_found() -> None:
    assert not list(check_words.simplified([told("Grid worker", "網格員，共三戶")]))
    (fault,) = check_words.simplified([told("Grid worker", "網格员，共三户")])
    assert "员户" in fault.text


@pytest.mark.parametrize("sign", "门户员网体价区卡口"[:7])
def test_a_simplified_character_is_known(sign: str) -> None:
    assert check_words.is_simplified(sign)


@pytest.mark.parametrize("sign", "門戶員網體價區卡口台里后着只面准采A，")
def test_a_character_that_traditional_texts_use_is_not_taken_for_simplified(sign: str) -> None:
    assert not check_words.is_simplified(sign)


def test_two_translations_of_one_message_and_unused_ones_are_only_warned_about() -> None:
    two = [told("Door", "门"), told("Door", "户", path="wangge/locale/b.po")]
    (fault,) = check_words.contradicted(two)
    assert (fault.path, fault.warning) == ("wangge/locale/b.po", True)
    assert not list(check_words.contradicted([two[0], two[0]]))
    (fault,) = check_words.unused([asked("Door")], [*two[:1], told("Window", "窗")])
    assert ("Window" in fault.text, fault.warning) == (True, True)


def test_missing_messages_of_a_folder_are_printed_as_entries_to_be_filled() -> None:
    wanted = [asked("%(n)s door", "%(n)s doors"), asked('Say "no"', context="door"), asked("Name")]
    said = {"zh_Hans": [told("Name", "名称")], "zh_Hant": [told("Name", "名稱")]}
    printed = check_words.stubs(wanted, said, "people")
    assert '#, python-format\nmsgid "%(n)s door"\nmsgid_plural "%(n)s doors"\nmsgstr[0] ""\n' in printed
    assert 'msgctxt "door"\nmsgid "Say \\"no\\""\nmsgstr ""\n' in printed
    assert "Name" not in printed
    assert check_words.stubs(wanted, said, "places") == ""
    assert check_words.stubs(wanted, said, "all") == printed
