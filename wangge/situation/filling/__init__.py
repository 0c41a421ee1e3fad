"""A questionnaire as it is filled in on a page: at a door, at the desk, by a resident, from paper.

A door (page) that takes a filling does this; nothing here writes anything::

    context = Context(today=…, now=…, members=…)                       # rules.questionnaires
    sent = filling.read_posted(definition, request.POST, context)       # on POST
    checked = check_answers(definition, sent.answers, context)
    drawn = filling.draw(definition, sent.answers, context, language=get_language(), names={id: masked name},
                         faults=() if sent.looks else checked.faults, sent=sent)
    if sent.looks:                    # "next", one more row, or the script asks what shows: draw again, status 200
    elif checked.faults or drawn.more:  # something is wrong, or follows that nobody has seen: draw again, status 422
    else:                             # save ``checked.answers``

and on GET ``filling.draw(definition, answers or {}, context, language=…, names=…)``. Without ``sent`` and answers the
defaults are filled in. The template puts it between its own fields and its buttons::

    {% block styles %}…<link rel="stylesheet" href="{% static 'shared/filling.css' %}">{% endblock %}
    {% block scripts %}{{ block.super }}<script src="{% static 'shared/filling.js' %}" defer></script>{% endblock %}
    <form method="post">{% csrf_token %}{% form_key %}
      {% include "shared/filling/notice.html" %}      the notice to be read aloud; optional
      {% include "shared/filling.html" %}             takes ``filling``
      {% include "shared/filling/next.html" %}        the button "next", which only asks what shows
      <button class="btn primary">…</button></form>

The form goes to the address of its page by post; ``do`` is the name of the buttons "next", "add" and "take out", so the
form's own button may be called ``do`` only with other values than look, add:… and drop:…. Two fillings on one page have
different ``prefix``es.

Where a household fills it in by itself, nobody is on a list: ``own`` in the context says so in the words of a repeat.

A blank form on paper: ``paper(definition, language, names)`` and ``shared/filling/paper.html`` with ``parts``.
"""

from wangge.situation.filling.drawing import draw, fields_shown
from wangge.situation.filling.paper import paper
from wangge.situation.filling.reading import Sent, read_posted
from wangge.situation.filling.shapes import Field, FillingSeen, Group, Option, Part, Repeat, Row, Wrong

__all__ = [
    "Field",
    "FillingSeen",
    "Group",
    "Option",
    "Part",
    "Repeat",
    "Row",
    "Sent",
    "Wrong",
    "draw",
    "fields_shown",
    "paper",
    "read_posted",
]
