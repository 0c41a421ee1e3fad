"""Addresses of the area tree."""

from django.urls import path

from wangge.office.desk import building, reshaping, views

urlpatterns = [
    path("areas/<int:area_id>/", views.area, name="area"),
    path("areas/<int:area_id>/add", views.add, name="area_add"),
    path("areas/<int:area_id>/rename", views.rename, name="area_rename"),
    path("areas/<int:area_id>/split", reshaping.split, name="area_split"),
    path("areas/<int:area_id>/merge", reshaping.merge, name="area_merge"),
    path("areas/<int:area_id>/move", reshaping.move, name="area_move"),
    path("areas/<int:area_id>/retire", reshaping.retire, name="area_retire"),
    path("areas/<int:area_id>/restore", reshaping.restore, name="area_restore"),
    path("areas/<int:area_id>/buildings/add", building.buildings, name="buildings_add"),
]
