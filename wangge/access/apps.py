from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wangge.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models import Q

        from wangge.access import commands, fields
        from wangge.places.copies import register_path_copy

        standing = Q(ended_at=None)
        register_path_copy(
            "access.Duty", path="path", area="area", open=lambda on: standing & (Q(to_on=None) | Q(to_on__gt=on))
        )
        register_path_copy("access.Approval", path="path", area="area")

        commands.register()
        fields.register()
