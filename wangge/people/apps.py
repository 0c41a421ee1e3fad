from django.apps import AppConfig
from django.db.models import Q


class PeopleConfig(AppConfig):
    name = "wangge.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.people import counters, fields
        from wangge.people.commands import kinds
        from wangge.places.copies import register_path_copy

        fields.register()
        counters.register()
        kinds.register()
        register_path_copy("people.Household", path="path", grid="grid_path", area="dwelling", open=Q(state="open"))
        register_path_copy("people.Resident", path="path")
        register_path_copy("people.PriorityFlag", path="path", grid="grid_path", open=Q(ended_at=None))
        register_path_copy("people.Stay", path="path", grid="grid_path", open=Q(ended_on=None))
        register_path_copy("people.Joining", path="path")
