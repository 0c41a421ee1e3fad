"""Questionnaires: what one says, what is asked in a filling, what is wrong with one or with its answers."""

from wangge.surveys.rules.questionnaires.checking import (
    GROUP,
    AnswerFault,
    Checked,
    check_answers,
    relevant_names,
)
from wangge.surveys.rules.questionnaires.definition import (
    ASKING,
    CHOOSING,
    FREE,
    LANGUAGES,
    MEMBERS,
    OF_MEMBER,
    OTHER,
    OTHER_END,
    TYPES,
    UNKNOWN,
    Choice,
    Definition,
    Fault,
    Question,
    label,
    question,
    read_definition,
    stored_definition,
    walk,
)
from wangge.surveys.rules.questionnaires.faults import BINDINGS, definition_faults
from wangge.surveys.rules.questionnaires.filling import ENTRIES_MOST, Context, Filling, Member
from wangge.surveys.rules.questionnaires.forbidden import advice, forbidden
from wangge.surveys.rules.questionnaires.reading import range_of
from wangge.surveys.rules.questionnaires.saying import filled_in, said
from wangge.surveys.rules.questionnaires.sharing import Bound, bound, is_sensitive, joined, split_by_class
from wangge.surveys.rules.questionnaires.starting import blank_answers

__all__ = [
    "ASKING",
    "BINDINGS",
    "CHOOSING",
    "ENTRIES_MOST",
    "FREE",
    "GROUP",
    "LANGUAGES",
    "MEMBERS",
    "OF_MEMBER",
    "OTHER",
    "OTHER_END",
    "TYPES",
    "UNKNOWN",
    "AnswerFault",
    "Bound",
    "Checked",
    "Choice",
    "Context",
    "Definition",
    "Fault",
    "Filling",
    "Member",
    "Question",
    "advice",
    "blank_answers",
    "bound",
    "check_answers",
    "definition_faults",
    "filled_in",
    "forbidden",
    "is_sensitive",
    "joined",
    "label",
    "question",
    "range_of",
    "read_definition",
    "relevant_names",
    "said",
    "split_by_class",
    "stored_definition",
    "walk",
]
