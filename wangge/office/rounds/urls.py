"""Addresses of the day's round."""

from django.urls import path

from wangge.office.rounds import duties, lists, visiting

urlpatterns = [
    path("areas/<int:area_id>/doors", lists.doors, name="doors"),
    path("areas/<int:area_id>/visits", lists.visits, name="visits"),
    path("areas/<int:area_id>/seen", lists.seen, name="seen"),
    path("households/<uuid:household_id>/visit", visiting.visit_add, name="visit_add"),
    path("visits/<uuid:visit_id>/void", visiting.visit_void, name="visit_void"),
    path("areas/<int:area_id>/duties", duties.duties, name="duties"),
    path("areas/<int:area_id>/duties/deal", duties.deal, name="duties_deal"),
    path("areas/<int:area_id>/duties/hand-over", duties.duties_hand_over, name="duties_hand_over"),
]
