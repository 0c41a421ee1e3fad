"""Addresses of self-declaration campaigns."""

from django.urls import path

from wangge.office.campaigns import doors, filling, lists, one, printing, sending, teams

ONE, TEAM = "campaigns/<uuid:campaign_id>", "campaign-teams/<uuid:team_id>"
HOME = "households/<uuid:household_id>"
urlpatterns = [
    path("areas/<int:area_id>/campaigns", lists.campaigns, name="campaigns"),
    path("areas/<int:area_id>/campaigns/start", lists.campaign_start, name="campaign_start"),
    path("campaigns/visits", teams.campaign_work, name="campaign_work"),
    path(ONE, one.campaign_one, name="campaign_one"),
    path(f"{ONE}/close", one.campaign_close, name="campaign_close"),
    path(f"{ONE}/reopen", one.campaign_reopen, name="campaign_reopen"),
    path(f"{ONE}/doors", doors.campaign_doors, name="campaign_doors"),
    path(f"{ONE}/codes", printing.campaign_codes, name="campaign_codes"),
    path(f"{ONE}/codes/<int:area_id>", printing.campaign_slips, name="campaign_slips"),
    path(f"{ONE}/teams", teams.campaign_teams, name="campaign_teams"),
    path(f"{ONE}/teams/send", sending.campaign_send, name="campaign_send"),
    path(f"{ONE}/{HOME}", doors.campaign_door, name="campaign_door"),
    path(f"{ONE}/{HOME}/code", doors.campaign_code, name="campaign_code"),
    path(f"{ONE}/{HOME}/fill", filling.campaign_fill, name="campaign_fill"),
    path(f"{ONE}/{HOME}/answers", filling.campaign_answers, name="campaign_answers"),
    path(TEAM, teams.campaign_team, name="campaign_team"),
    path(f"{TEAM}/paper", teams.campaign_team_paper, name="campaign_team_paper"),
    path(f"{TEAM}/withdraw", teams.campaign_team_withdraw, name="campaign_team_withdraw"),
    path(f"{TEAM}/{HOME}", teams.campaign_try, name="campaign_try"),
]
