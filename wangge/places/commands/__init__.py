"""Writes of the installation and the tree. They are permitted by the flow that calls them."""

from wangge.places.commands.adding import AreaAdded, NewArea, Placing, add_area, add_areas, place_areas
from wangge.places.commands.doors import BuildingSet, ensure_dwellings, set_buildings
from wangge.places.commands.kinds import AREA_ADDED, AREA_RENAMED, OPENED, register
from wangge.places.commands.opening import open_division, open_installation
from wangge.places.commands.renaming import rename_area
from wangge.places.commands.reshaping import PathsChanged, merge_areas, move_area, split_area
from wangge.places.commands.retiring import restore_area, retire_area

__all__ = [
    "AREA_ADDED",
    "AREA_RENAMED",
    "OPENED",
    "AreaAdded",
    "BuildingSet",
    "NewArea",
    "PathsChanged",
    "Placing",
    "add_area",
    "add_areas",
    "ensure_dwellings",
    "merge_areas",
    "move_area",
    "open_division",
    "open_installation",
    "place_areas",
    "register",
    "rename_area",
    "restore_area",
    "retire_area",
    "set_buildings",
    "split_area",
]
