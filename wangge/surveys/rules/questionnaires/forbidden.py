"""What may not be asked, and what should be asked in other words."""

import re
from collections.abc import Iterable, Iterator

from wangge.privacy.never_asked import never_asked
from wangge.surveys.rules.questionnaires.definition import ASKING, Choice, Definition, Fault, Question, walk
from wangge.surveys.rules.questionnaires.sharing import is_sensitive

CLINICAL = re.compile(
    "咽痛|咽部充血|咽喉充血|結膜充血|结膜充血|结膜炎|啰音|肺部阴影|血氧|白细胞|淋巴细胞|呼吸音|腹泻性质|症候|"
    "conjunctiv|pharyng|myalgia|dyspn|auscultat|leu[ck]ocyt|lymphocyt|rales|spo2",
    re.IGNORECASE,
)
HEALTH = re.compile(
    "发热|發熱|发烧|發燒|咳嗽|体温|體溫|症状|症狀|疾病|患病|病史|慢性病|用药|服药|藥|药物|药品|怀孕|懷孕|孕|残疾|残障|"
    "身心障礙|核酸|疫苗|接种|接種|健康|乏力|腹泻|腹瀉|呼吸困难|透析|确诊|密接|"
    r"fever|cough|temperature|symptom|disease|illness|sick|medicin|medicat|pregnan|disab|vaccin|health|diarrh|dialysis|"
    r"diagnos|breath|(?:covid|influenza|allerg)",
    re.IGNORECASE,
)
HEALTH_PURPOSE = "symptoms"
USUAL_PURPOSE = "survey"


def forbidden(definition: Definition) -> list[Fault]:
    """Return what may not be asked in a questionnaire; one that asks it cannot be published."""
    found: list[Fault] = []
    in_lists = {
        name: _first_word(text for choice in choices for text in choice_texts(choice))
        for name, choices in definition.choices.items()
    }
    for one in walk(definition.questions):
        if word := _first_word(_texts(one)):
            found.append(Fault("never_asked", one.name, "label", {"word": word}))
        elif word := in_lists.get(one.choices, ""):
            found.append(Fault("never_asked", one.name, "choices", {"word": word}))
        if one.type in ASKING:
            found += _undeclared(one)
    return found


def advice(definition: Definition) -> list[Fault]:
    """Return what could be better, though it keeps nobody from publishing."""
    found = [] if any(text.strip() for text in definition.notice.values()) else [Fault("notice_missing")]
    in_lists = {
        name: _clinical(text for choice in choices for text in choice.label.values())
        for name, choices in definition.choices.items()
    }
    for one in walk(definition.questions):
        clinical = _clinical((*one.label.values(), *one.hint.values())) or in_lists.get(one.choices, "")
        if clinical:
            found.append(Fault("clinical", one.name, "label", {"word": clinical}))
        if one.type in ASKING and one.required and not one.unknown:
            found.append(Fault("unknown_closed", one.name, "unknown"))
        missing = [language for language in definition.languages if one.label and not one.label.get(language)]
        if missing:
            found.append(Fault("translation_missing", one.name, "label", {"languages": ", ".join(missing)}))
    return found


def tells_of_health(one: Question) -> bool:
    """Tell whether a question sounds as if it asked about somebody's health."""
    return any(HEALTH.search(text) for text in (one.name.replace("_", " "), *one.label.values()))


def _undeclared(one: Question) -> Iterator[Fault]:
    if not one.purpose.strip():
        yield Fault("purpose_missing", one.name, "purpose")
    elif is_sensitive(one) and one.purpose == USUAL_PURPOSE:
        yield Fault("purpose_own", one.name, "purpose", {"class": one.klass})
    if not one.retention.strip():
        yield Fault("retention_missing", one.name, "retention")


def _texts(one: Question) -> Iterator[str]:
    yield one.name
    yield from one.label.values()
    yield from one.hint.values()


def _clinical(texts: Iterable[str]) -> str:
    """Return the first word in texts that needs a doctor to judge."""
    return next((match[0] for text in texts if (match := CLINICAL.search(text))), "")


def choice_texts(choice: Choice) -> Iterator[str]:
    """Yield the texts of a choice."""
    yield choice.value
    yield from choice.label.values()


def _first_word(texts: Iterator[str]) -> str:
    return next((word for word in map(never_asked, texts) if word), "")
