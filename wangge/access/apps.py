from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wangge.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.access import commands, fields

        commands.register()
        fields.register()
