"""Addresses of imports."""

from django.urls import path

from wangge.office.imports import acting, asking, looking, mapping

urlpatterns = [
    path("areas/<int:area_id>/imports", looking.imports, name="imports"),
    path("areas/<int:area_id>/imports/add", acting.import_add, name="import_add"),
    path("imports/<uuid:import_id>", looking.import_, name="import"),
    path("imports/<uuid:import_id>/rows", looking.import_rows, name="import_rows"),
    path("imports/<uuid:import_id>/report.xlsx", looking.import_report, name="import_report"),
    path("imports/<uuid:import_id>/apply", acting.import_apply, name="import_apply"),
    path("imports/<uuid:import_id>/discard", acting.import_discard, name="import_discard"),
    path("imports/<uuid:import_id>/undo", acting.import_undo, name="import_undo"),
    path("imports/<uuid:import_id>/asks/<uuid:ask_id>", asking.ask_answer, name="import_ask"),
    path("imports/<uuid:import_id>/asks/<uuid:ask_id>/back", asking.ask_back, name="import_ask_back"),
    path("imports/<uuid:import_id>/asks", asking.import_asks, name="import_asks"),
    path("imports/<uuid:import_id>/columns", mapping.import_columns, name="import_columns"),
    path("imports/<uuid:import_id>/profile", mapping.import_profile_save, name="import_profile_save"),
    path("areas/<int:area_id>/import-profiles", mapping.import_profiles, name="import_profiles"),
    path("import-profiles/<uuid:profile_id>/rename", mapping.import_profile_rename, name="import_profile_rename"),
    path("import-profiles/<uuid:profile_id>/retire", mapping.import_profile_retire, name="import_profile_retire"),
]
