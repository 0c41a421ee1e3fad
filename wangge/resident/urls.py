"""Addresses for residents; they stand on paper, so they are short and do not change."""

from django.urls import path

from wangge.resident import declaring

urlpatterns = [
    path("d", declaring.declare_code, name="declare_code"),
    path("d/<str:code>", declaring.declare, name="declare"),
    path("d/<str:code>/sent/<str:receipt>", declaring.declare_sent, name="declare_sent"),
]
