"""Addresses of the wall."""

from django.urls import path

from wangge.office.wall import views

urlpatterns = [path("areas/<int:area_id>/wall", views.wall, name="wall")]
