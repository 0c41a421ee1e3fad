"""Visit lists: those of a campaign, those that wait for somebody, and one that is worked off door by door."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.kernel.refused import Refused
from wangge.office.campaigns.acting import asked
from wangge.office.campaigns.doors import LOOKS
from wangge.office.register.surroundings import saw_list
from wangge.office.viewing import Desk, go, page
from wangge.places import queries as places
from wangge.surveys.commands.campaigns import record_try, withdraw_team
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.queries.campaigns import TeamLine, TeamPage
from wangge.surveys.rules.campaigns import MANAGE, READ, VISIT, Try
from wangge.words import label

LINES_ON_A_SHEET = 22


def _named(team: TeamLine) -> list[tuple[str, str]]:
    """Return the members with their roles in words."""
    return [(label("campaigns.role", role), name) for role, name in team.members]


@page(READ)
def campaign_teams(request: Desk, campaign_id: UUID) -> HttpResponse:
    """List the teams of a campaign, the latest first."""
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id)
    teams = queries.teams(viewer=request.viewer, campaign=campaign_id)
    context = {
        "area": seen.here,
        "campaign": seen,
        "teams": [(team, _named(team)) for team in teams],
        "deals": seen.closed_at is None and request.viewer.holds_at(MANAGE, seen.here.path),
    }
    return render(request, "office/campaigns/teams.html", context)


@page(VISIT)
def campaign_work(request: Desk) -> HttpResponse:
    """List the visit lists that wait for whoever is signed in: their own and those of their areas."""
    teams = queries.teams_near(viewer=request.viewer, at=request.stamp().at)
    return render(request, "office/campaigns/work.html", {"teams": [(team, _named(team)) for team in teams]})


@page(VISIT)
def campaign_team(request: Desk, team_id: UUID) -> HttpResponse:
    """Show a team's list as it stands now: enter what people say, or note that nobody was met."""
    return render(request, "office/campaigns/team.html", _context(request, _seen(request, team_id)))


@page(VISIT)
def campaign_team_paper(request: Desk, team_id: UUID) -> HttpResponse:
    """Show a team's list as A4 sheets: doors that have not declared, without names, with boxes to tick."""
    seen = _seen(request, team_id)
    doors = [door for door in seen.doors if door.declared_at is None]
    sheets = [doors[start : start + LINES_ON_A_SHEET] for start in range(0, len(doors), LINES_ON_A_SHEET)]
    return render(request, "office/campaigns/paper.html", {**_context(request, seen), "sheets": sheets or [[]]})


def _seen(request: Desk, team: UUID) -> TeamPage:
    """Return a team's list, and note that it was shown."""
    seen = queries.team_page(viewer=request.viewer, team=team)
    saw_list(request, "campaign_team", seen.team.path, [door.household for door in seen.doors], "survey")
    return seen


def _context(request: Desk, seen: TeamPage) -> dict[str, object]:
    doors = sorted(seen.doors, key=lambda door: (door.declared_at is not None, door.place))
    return {
        "area": places.area(seen.team.area),
        "team": seen.team,
        "seen": seen,
        "members": _named(seen.team),
        "doors": [
            (
                door, LOOKS[door.state], label("campaigns.found", door.state),
                label("campaigns.source", door.source) if door.source else "",
            )
            for door in doors
        ],
        "open": not seen.team.closed,
        "reads": request.viewer.holds_at(READ, seen.team.path),
        "tries": [(one.value, label("campaigns.found", one.value)) for one in Try],
    }  # fmt: skip


@page(VISIT, methods=("POST",))
def campaign_try(request: Desk, team_id: UUID, household_id: UUID) -> HttpResponse:
    """Note what a team found at a door where nothing was declared."""
    found = request.POST.get("found", "")
    if found not in set(Try):
        raise Refused("campaigns.wrong_state")
    record_try(stamp=request.stamp(), actor=request.viewer, team=team_id, household=household_id, found=Try(found))
    return go(request, reverse("campaign_team", args=[team_id]), say="finding_recorded")


@page(MANAGE, methods=("GET", "POST"))
def campaign_team_withdraw(request: Desk, team_id: UUID) -> HttpResponse:
    """Ask, then give up a team's list."""
    seen = queries.team_page(viewer=request.viewer, team=team_id)
    words = {
        "question": _("Give up the list of team %(number)s?") % {"number": seen.team.number},
        "say": _("What the team noted on it goes along; what was declared stays. The doors can be dealt again."),
        "act": _("Give up the list"),
        "keep": _("Keep the list"),
        "look": "grave",
    }
    return asked(
        request, words, lambda: withdraw_team(stamp=request.stamp(), actor=request.viewer, team=team_id),
        area=seen.team.area, back=reverse("campaign_team", args=[team_id]),
        there=reverse("campaign_teams", args=[seen.team.campaign]), said="campaign_team_withdrawn",
    )  # fmt: skip
