"""Words of self-declaration campaigns."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "campaigns.campaign_unknown": _("There is no such campaign in your areas."),
    "campaigns.campaign_ambiguous": _("Several open campaigns are called %(name)s. Name one by its id."),
    "campaigns.door_unknown": _("There is no such household of this campaign in your areas."),
    "campaigns.team_unknown": _("There is no such visit list in your areas."),
    "campaigns.head_missing": _("Write down what the campaign is called, what it is for and on what basis."),
    "campaigns.telephone_missing": _("Write down a telephone number that people can call instead."),
    "campaigns.text_too_long": _("The text is too long: at most %(limit)s characters."),
    "campaigns.days_wrong": _("The last day must not lie before the first, nor be over, nor be more than a year away."),
    "campaigns.name_taken": _("There has been a campaign called %(name)s here. Give this one another name."),
    "campaigns.questionnaire_unusable": _("Choose a published questionnaire for households that is in use here."),
    "campaigns.wrong_state": _("That cannot be done with the campaign as it stands now. Load the page anew."),
    "campaigns.closed": _("The campaign is closed. Nothing is taken any more."),
    "campaigns.team_missing": _("Say who goes: at least one team."),
    "campaigns.team_incomplete": _(
        "A team is three: somebody of the property office, of the community and of the police. Write all three names."
    ),
    "campaigns.name_too_long": _("A name has at most 60 characters."),
    "campaigns.hours_wrong": _("The end must lie after the beginning, within a day, and must not be over."),
    "campaigns.batch_too_large": _("At most %(limit)s doors at once. Choose a smaller area."),
    "campaigns.nobody_left": _(
        "No door here waits for a team: everybody has declared, stands on a list that is being walked, or has refused."
    ),
    "campaigns.sent_too_often": _("Your household has sent this often enough for today. Please call the number above."),
}
LABELS = {
    "campaigns.source": {
        "self": pgettext_lazy("declared", "by themselves"),
        "behalf": pgettext_lazy("declared", "with somebody's help"),
        "call": pgettext_lazy("declared", "by telephone"),
    },
    "campaigns.way": {
        "call": _("They say it on the telephone"),
        "behalf": _("Somebody fills it in for them"),
    },
    "campaigns.found": {
        "nobody_home": pgettext_lazy("door", "nobody home"),
        "refused": pgettext_lazy("door", "refused"),
        "declared": pgettext_lazy("door", "declared"),
        "due": pgettext_lazy("door", "not declared"),
    },
    "campaigns.role": {
        "property": _("Property office"),
        "community": pgettext_lazy("team", "Community"),
        "police": _("Police"),
    },
    "campaigns.kind": {
        "campaigns.campaign_started": _("Campaign started"),
        "campaigns.campaign_closed": _("Campaign closed"),
        "campaigns.campaign_reopened": _("Campaign opened again"),
        "campaigns.codes_made": _("Codes made for doors"),
        "campaigns.code_replaced": _("Code of a door replaced"),
        "campaigns.household_declared": _("Household declared"),
        "campaigns.team_sent": _("Teams sent out"),
        "campaigns.team_withdrawn": _("Visit list given up"),
        "campaigns.door_tried": _("Team was at a door"),
    },
}
