"""Addresses of the board."""

from django.urls import path

from wangge.office.board import views

urlpatterns = [
    path("board/<int:area_id>", views.board, name="board"),
    path("board/<int:area_id>/silent", views.silent, name="silent"),
]
