"""The desk's addresses: each package of pages brings its own ``urls.py``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, path

from wangge.office import first, switching
from wangge.office.menu import packages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", first.home, name="home"),
    path("switch", switching.areas, name="switch_area"),
    path("language", switching.language, name="switch_language"),
    path("large-type", switching.large_type, name="switch_size"),
    path("keys", switching.keys, name="keyboard_map"),
]
for package in packages():
    if find_spec(f"{package}.urls"):
        urlpatterns += import_module(f"{package}.urls").urlpatterns
