"""Addresses of imports."""

from django.urls import path

from wangge.office.imports import acting, looking

urlpatterns = [
    path("areas/<int:area_id>/imports", looking.imports, name="imports"),
    path("areas/<int:area_id>/imports/add", acting.import_add, name="import_add"),
    path("imports/<uuid:import_id>", looking.import_, name="import"),
    path("imports/<uuid:import_id>/rows", looking.import_rows, name="import_rows"),
    path("imports/<uuid:import_id>/report.xlsx", looking.import_report, name="import_report"),
    path("imports/<uuid:import_id>/apply", acting.import_apply, name="import_apply"),
    path("imports/<uuid:import_id>/discard", acting.import_discard, name="import_discard"),
    path("imports/<uuid:import_id>/undo", acting.import_undo, name="import_undo"),
    path("imports/<uuid:import_id>/asks/<uuid:ask_id>", acting.ask_answer, name="import_ask"),
]
