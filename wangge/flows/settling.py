"""Settling a contradiction: what was chosen goes to the register where the question is bound to it."""

from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.flows.bound_answers import CODES, FIELDS
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.commands.writing import phones_of
from wangge.people.models import Resident
from wangge.people.rules.codes import PHONE_LIMIT, ResidentState
from wangge.people.rules.wishes import Correction
from wangge.surveys import commands as surveys
from wangge.surveys.answered import answers_of
from wangge.surveys.models import Contradiction, Response
from wangge.surveys.queries.contradictions import bind_of, name_asked

WRITE = "register.write"


@command
def settle(*, stamp: Stamp, actor: Viewer, contradiction: UUID, chosen: UUID | None, reason: str) -> UUID:
    """Settle a contradiction as ``settle_contradiction``, and write the chosen answer to the register.

    With ``chosen`` None nothing is written. Refused as well where the actor may not write the register there, and for
    a value that it does not take.
    """
    row = Contradiction.objects.filter(id=contradiction).first()
    done = surveys.settle_contradiction(
        stamp=stamp, actor=actor, contradiction=contradiction, chosen=chosen, reason=reason
    )
    name = FIELDS.get(bind_of(row.question)) if row is not None else None
    if row is None or chosen is None or name is None:
        return done
    person = Resident.objects.filter(id=row.subject, state=ResidentState.LIVING).first()
    said = Response.objects.select_related("questionnaire").get(id=chosen)
    value = str(answers_of(said).get(name_asked(said, row.question), "")).strip()
    if person is None or not value:
        return done
    require(actor, WRITE, person.path)
    if name in CODES and value not in CODES[name]:
        raise Refused("people.code_unknown", field=name, value=value)
    if name == "phones":
        before = [one for one in phones_of([person]).get(person.id, ()) if one != value]
        value = "\n".join([value, *before][:PHONE_LIMIT])
    people.correct_residents(stamp=stamp, actor=actor, corrections=[Correction(person.id, {name: value})])
    return done
