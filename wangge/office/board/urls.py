"""Addresses of the board."""

from django.urls import path

from wangge.office.board import behind, comparing, views

urlpatterns = [
    path("board/<int:area_id>", views.board, name="board"),
    path("board/<int:area_id>/silent", views.silent, name="silent"),
    path("board/<int:area_id>/numbers", behind.definitions, name="definitions"),
    path("board/<int:area_id>/unowned", behind.ownerless, name="unowned"),
    path("board/<int:area_id>/overdue", behind.overdue_lists, name="overdue_lists"),
    path("board/<int:area_id>/day.pdf", behind.board_pdf, name="board_pdf"),
    path("board/<int:area_id>/comparison", comparing.comparison, name="comparison"),
    path("board/<int:area_id>/comparison/end", comparing.comparison_end, name="comparison_end"),
]
