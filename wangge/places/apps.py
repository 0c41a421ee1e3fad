from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "wangge.places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.places import commands, fields

        commands.register()
        fields.register()
