"""Words for templates that every door uses: ``{% load words %}``."""

from django import template

from wangge.surveys.rules.questionnaires import GROUP
from wangge.words import label

register = template.Library()


@register.filter
def answer_fault(code: str) -> str:
    """Say what is wrong with an answer to a questionnaire."""
    return label(GROUP, code)
