"""Addresses of forms and exports."""

from django.urls import path

from wangge.office.forms import editing, lists, one, taking

urlpatterns = [
    path("areas/<int:area_id>/forms", lists.forms, name="forms"),
    path("areas/<int:area_id>/forms/add", editing.form_add, name="form_add"),
    path("areas/<int:area_id>/forms/<slug:code>", one.form, name="form"),
    path("areas/<int:area_id>/forms/<slug:code>/versions", one.form_versions, name="form_versions"),
    path("areas/<int:area_id>/forms/<slug:code>/edit", editing.form_edit, name="form_edit"),
    path("areas/<int:area_id>/forms/<slug:code>/discard", editing.form_discard, name="form_discard"),
    path("areas/<int:area_id>/forms/<slug:code>/retire", editing.form_retire, name="form_retire"),
    path("areas/<int:area_id>/forms/<slug:code>/export", taking.form_export, name="form_export"),
    path("areas/<int:area_id>/exports", lists.exports, name="exports"),
    path("areas/<int:area_id>/exports.csv", lists.exports_csv, name="exports_csv"),
    path("exports/<uuid:export_id>", taking.export, name="export"),
    path("exports/<uuid:export_id>/file", taking.export_file, name="export_file"),
    path("exports/<uuid:export_id>/drop", taking.export_drop, name="export_drop"),
]
