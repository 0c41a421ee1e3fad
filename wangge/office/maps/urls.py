"""Addresses of the map."""

from django.urls import path

from wangge.office.maps import drawing, looking, planning, pointing, uploading

urlpatterns = [
    path("areas/<int:area_id>/map", looking.area_map, name="map"),
    path("areas/<int:area_id>/map/picture", planning.picture, name="map_picture"),
    path("areas/<int:area_id>/map/shapes", uploading.shapes, name="map_shapes"),
    path("areas/<int:area_id>/map/shapes/place", uploading.place, name="map_shapes_place"),
    path("areas/<int:area_id>/map/shapes/discard", uploading.discard, name="map_shapes_discard"),
    path("areas/<int:area_id>/map/draw", drawing.draw, name="map_draw"),
    path("areas/<int:area_id>/map/draw/remove", drawing.remove, name="map_shape_remove"),
    path("areas/<int:area_id>/map/plan", planning.plan, name="map_plan"),
    path("areas/<int:area_id>/map/plan/remove", planning.remove, name="map_plan_remove"),
    path("areas/<int:area_id>/map/points/add", pointing.add, name="map_point_add"),
    path("map-points/<uuid:point_id>", pointing.point, name="map_point"),
    path("map-points/<uuid:point_id>/remove", pointing.remove, name="map_point_remove"),
]
