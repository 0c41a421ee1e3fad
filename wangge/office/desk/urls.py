"""Addresses of the area tree."""

from django.urls import path

from wangge.office.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("areas/<int:area_id>/", views.area, name="area"),
    path("areas/<int:area_id>/add", views.add, name="area_add"),
    path("areas/<int:area_id>/rename", views.rename, name="area_rename"),
]
