"""Writes of the installation and the tree. They are permitted by the flow that calls them."""

from wangge.places.commands.adding import AreaAdded, NewArea, Placing, add_area, add_areas, place_areas
from wangge.places.commands.doors import BuildingSet, ensure_dwellings, set_buildings
from wangge.places.commands.kinds import AREA_ADDED, AREA_RENAMED, OPENED, register
from wangge.places.commands.opening import open_division, open_installation
from wangge.places.commands.plans import WantedPoint, remove_plan, remove_point, set_plan, set_point
from wangge.places.commands.renaming import rename_area
from wangge.places.commands.reshaping import PathsChanged, merge_areas, move_area, split_area
from wangge.places.commands.retiring import restore_area, retire_area
from wangge.places.commands.shapes import discard_shapes, place_shapes, remove_shape, set_shape, upload_shapes

__all__ = [
    "AREA_ADDED",
    "AREA_RENAMED",
    "OPENED",
    "AreaAdded",
    "BuildingSet",
    "NewArea",
    "PathsChanged",
    "Placing",
    "WantedPoint",
    "add_area",
    "add_areas",
    "discard_shapes",
    "ensure_dwellings",
    "merge_areas",
    "move_area",
    "open_division",
    "open_installation",
    "place_areas",
    "place_shapes",
    "register",
    "remove_plan",
    "remove_point",
    "remove_shape",
    "rename_area",
    "restore_area",
    "retire_area",
    "set_buildings",
    "set_plan",
    "set_point",
    "set_shape",
    "split_area",
    "upload_shapes",
]
