"""Addresses of handed-down lists."""

from django.urls import path

from wangge.office.lists import acting, answering, exporting, looking

urlpatterns = [
    path("areas/<int:area_id>/lists", looking.lists, name="lists"),
    path("areas/<int:area_id>/lists/add", acting.list_add, name="list_add"),
    path("areas/<int:area_id>/lists/work", answering.list_work, name="list_work"),
    path("lists/<uuid:list_id>", looking.list_one, name="list_one"),
    path("lists/<uuid:list_id>/open", acting.list_open, name="list_open"),
    path("lists/<uuid:list_id>/close", acting.list_close, name="list_close"),
    path("lists/<uuid:list_id>/reopen", acting.list_reopen, name="list_reopen"),
    path("lists/<uuid:list_id>/withdraw", acting.list_withdraw, name="list_withdraw"),
    path("lists/<uuid:list_id>/deal", acting.list_deal, name="list_deal"),
    path("lists/<uuid:list_id>/export", exporting.list_export, name="list_export"),
    path("list-rows/<uuid:entry_id>", answering.list_entry, name="list_entry"),
    path("list-rows/<uuid:entry_id>/numbers", answering.list_entry_numbers, name="list_entry_numbers"),
]
