"""The sentence a page shows once after something was done, carried by a short-lived cookie without personal facts."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "wangge_said"
MOST_CHARACTERS = 600

# Facts are counts, doors and codes, never names.
SENTENCES: dict[str, str | Promise] = {
    "saved": _("Saved."),
    "family_added": _("Registered: a household with %(people)s people."),
    "family_added_doubts": _(
        "Registered: a household with %(people)s people. %(doubts)s entries should be looked at; they are marked."
    ),
    "members_added": _("Members added: %(people)s."),
    "members_added_doubts": _("Members added: %(people)s. %(doubts)s entries should be looked at; they are marked."),
    "corrected": _("Corrected."),
    "corrected_doubts": _("Corrected. Number, birth or sex do not agree; look at them once more."),
    "superseded": _("A later entry stands already; the rest was corrected."),
    "nothing_changed": _("Nothing was changed."),
    "form_saved": _("Saved as a draft. The version in use stays until you publish."),
    "form_published": _("Published. It is used from now on, here and below."),
    "form_discarded": _("Thrown away. The version in use stays."),
    "form_retired": _("Given up. The version above holds again."),
    "questionnaire_saved": _("Saved in the draft. Nobody is asked by it until you publish."),
    "questionnaire_begun": _("A draft was made. The version in use stays until you publish."),
    "questionnaire_imported": _("The Excel form is now a draft. Look it over, try it, then publish."),
    "questionnaire_published": _("Published. Rounds and campaigns can use it from now on."),
    "questionnaire_withdrawn": _("Withdrawn. No new round can use this version."),
    "questionnaire_discarded": _("The draft is thrown away. The version in use stays."),
    "question_removed": _("The question is taken out of the draft."),
    "file_deleted": _("The file is deleted."),
    "flag_raised": _("The flag stands."),
    "flag_ended": _("The flag has ended."),
    "import_discarded": _("Thrown away. Nothing of it was in the register."),
    "import_columns_set": _("The columns were set; the file is read again."),
    "import_profile_saved": _(
        "Remembered as version %(version)s. Sheets with the same headings are read so by themselves."
    ),
    "import_profile_retired": _("No longer used. It can be used again at any time."),
    "import_profile_used": _("Used again."),
    "import_answered_before": _("Somebody else has answered that question. Here is the next."),
    "import_answer_back": _("The answer was taken back; the register is as it was before."),
    "household_moved": _("The household has moved."),
    "residents_moved": _("Moved to this household: %(people)s."),
    "household_split": _("A household of their own was made."),
    "joined": _("Joined. It can be undone under “What happened”."),
    "parted": _("Parted again, as they were before."),
    "left": _("Recorded. They are counted no more."),
    "reinstated": _("Counted again."),
    "born": _("The child is registered."),
    "stay_begun": _("Recorded as a guest at the other door."),
    "stay_ended": _("The guest has gone."),
    "snapshot_taken": _("Kept. These numbers stay as they are."),
    "zero_declared": _("Recorded: nothing to report today."),
    "zero_withdrawn": _("The zero report was taken back."),
    "list_opened": _("The list is handed out. Its rows stand with those to whom they are dealt."),
    "list_closed": _("The list is closed."),
    "list_withdrawn": _("The list is withdrawn and its people are erased."),
    "list_dealt": _("Rows given to somebody else: %(number)s."),
    "round_started": _("The round is under way. Doors due: %(doors)s."),
    "round_closed": _("The round is closed. Its numbers stay as they are."),
    "round_reopened": _("The round is open again."),
    "round_dealt": _("Given to %(workers)s workers."),
    "round_dealt_part": _("Given to %(workers)s workers. %(left)s open doors lie where none of them works."),
    "handed_over": _("Buildings handed over: %(number)s."),
    "finding_recorded": _("Recorded."),
    "campaign_started": _("The campaign runs. Print the codes, or let people call."),
    "campaign_closed": _("The campaign is closed. Its numbers are kept as they are."),
    "campaign_reopened": _("The campaign runs again."),
    "campaign_code_replaced": _("The door has another code. Print its slip anew."),
    "campaign_teams_sent": _("Teams sent out: %(number)s, with %(doors)s doors."),
    "campaign_team_withdrawn": _("The list was given up."),
    "declaration_recorded": _("Recorded. Receipt number %(receipt)s."),
    "answers_recorded": _("Recorded with the answers: %(door)s."),
    "answers_recorded_open": _(
        "Recorded with the answers: %(door)s. Something differs from what was known; it waits to be settled."
    ),
    "answers_voided": _("The answers were taken back."),
    "contradiction_settled": _("Settled."),
    "checks_drawn": _("Doors drawn: %(number)s."),
    "checks_drawn_some": _("Doors drawn: %(number)s. For %(without)s of them nobody else is there; choose somebody."),
    "check_done": _("Recorded. %(equal)s of %(compared)s answers agree."),
    "row_keyed": _("Row %(row)s is saved. %(left)s rows are left."),
    "row_keyed_open": _(
        "Row %(row)s is saved. Something differs from what was known; it waits to be settled. %(left)s rows are left."
    ),
    "row_keyed_before": _("Row %(row)s was keyed before with the same words. %(left)s rows are left."),
    "visit_recorded": _("Recorded: %(door)s."),
    "visit_voided": _("The visit at %(door)s was taken back."),
    "buildings_given": _("Buildings given to somebody else: %(number)s."),
    "shape_drawn": _("The outline is drawn."),
    "shape_removed": _("The outline is taken away."),
    "shapes_placed": _("Outlines drawn: %(number)s."),
    "shapes_placed_some": _("Outlines drawn: %(number)s. The others wait here."),
    "shape_file_gone": _("This file was worked off already, or another one has taken its place."),
    "shape_file_discarded": _("Thrown away. What was drawn stays."),
    "plan_set": _("Here is the plan. Draw outlines and points on it."),
    "plan_removed": _("The plan is taken away."),
    "point_set": _("The point is on the map."),
    "point_removed": _("The point is off the map."),
    "buildings_dealt": _("%(number)s buildings were given to %(workers)s workers."),
}


def remember(request: HttpRequest, response: HttpResponse, code: str, facts: dict[str, str]) -> None:
    """Let the next page say the sentence ``code``."""
    if code not in SENTENCES:
        raise KeyError(code)
    value = json.dumps({"code": code, "facts": facts}, separators=(",", ":"))
    response.set_cookie(COOKIE, value, max_age=60, httponly=True, samesite="Lax", secure=request.is_secure())


def sentence(request: HttpRequest) -> str:
    """Return the sentence to show on this page, empty when there is none."""
    raw = request.COOKIES.get(COOKIE, "")
    if not raw or len(raw) > MOST_CHARACTERS:
        return ""
    try:
        told = json.loads(raw)
        return str(SENTENCES[told["code"]]) % {str(k): str(v) for k, v in told["facts"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Say it only once."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")
