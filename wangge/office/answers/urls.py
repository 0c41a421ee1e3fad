"""Addresses of answers, contradictions, spot checks, paper and keying."""

from django.urls import path

from wangge.office.answers import checks, contradictions, filling, household, keying, paper

urlpatterns = [
    path("sweeps/<uuid:round_id>/households/<uuid:household_id>/fill", filling.round_fill, name="round_fill"),
    path("households/<uuid:household_id>/answers", household.answers, name="household_answers"),
    path("answers/<uuid:sheet_id>/void", household.sheet_void, name="sheet_void"),
    path("areas/<int:area_id>/contradictions", contradictions.contradictions, name="contradictions"),
    path("contradictions/<uuid:contradiction_id>", contradictions.contradiction, name="contradiction"),
    path("sweeps/<uuid:round_id>/checks", checks.checks, name="checks"),
    path("sweeps/<uuid:round_id>/checks/draw", checks.checks_draw, name="checks_draw"),
    path("checks/<uuid:check_id>", checks.check, name="check"),
    path("sweeps/<uuid:round_id>/paper", paper.paper, name="paper"),
    path("paper/<uuid:batch_id>", paper.paper_pages, name="paper_pages"),
    path("keying", keying.keying, name="keying"),
    path("keying/<str:code>/<int:number>", keying.keying_row, name="keying_row"),
]
