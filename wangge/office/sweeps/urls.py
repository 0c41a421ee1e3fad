"""Addresses of survey rounds."""

from django.urls import path

from wangge.office.sweeps import acting, dealing, doors, looking

urlpatterns = [
    path("areas/<int:area_id>/sweeps", looking.sweeps, name="sweeps"),
    path("areas/<int:area_id>/sweeps/add", acting.sweep_add, name="sweep_add"),
    path("sweeps/<uuid:round_id>", looking.sweep, name="sweep"),
    path("sweeps/<uuid:round_id>/doors", doors.sweep_doors, name="sweep_doors"),
    path("sweeps/<uuid:round_id>/changed", doors.sweep_changed, name="sweep_changed"),
    path("sweeps/<uuid:round_id>/deal", dealing.sweep_deal, name="sweep_deal"),
    path("sweeps/<uuid:round_id>/close", acting.sweep_close, name="sweep_close"),
    path("sweeps/<uuid:round_id>/reopen", acting.sweep_reopen, name="sweep_reopen"),
]
