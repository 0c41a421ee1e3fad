"""Tables of places: the tree of areas, the installation, and what is drawn of them on maps."""

from wangge.places.models.areas import Area, Installation
from wangge.places.models.shapes import AreaPlan, AreaShape, MapPoint, ShapeFile

__all__ = ["Area", "AreaPlan", "AreaShape", "Installation", "MapPoint", "ShapeFile"]
