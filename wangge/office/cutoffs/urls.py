"""Addresses of cut-offs."""

from django.urls import path

from wangge.office.cutoffs import acting, days, defining, hours, lists, one

urlpatterns = [
    path("areas/<int:area_id>/cutoffs", days.cutoffs, name="cutoffs"),
    path("areas/<int:area_id>/cutoffs/take", acting.snapshot_take, name="snapshot_take"),
    path("areas/<int:area_id>/cutoffs/zero", acting.zero_declare, name="zero_declare"),
    path("areas/<int:area_id>/cutoffs/hours", hours.cutoff_hours, name="cutoff_hours"),
    path("zero-reports/<uuid:report_id>/withdraw", acting.zero_withdraw, name="zero_withdraw"),
    path("snapshots/<uuid:snapshot_id>", one.snapshot, name="snapshot"),
    path("snapshots/<uuid:snapshot_id>/csv", one.snapshot_csv, name="snapshot_csv"),
    path("areas/<int:area_id>/indicators/<str:code>", lists.behind_indicator, name="behind_indicator"),
    path("indicators", defining.indicators, name="indicators"),
    path("indicators/add", defining.indicator_add, name="indicator_add"),
    path("indicators/<str:code>/edit", defining.indicator_edit, name="indicator_edit"),
]
