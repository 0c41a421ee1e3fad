from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "wangge.agenda"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.agenda import fields

        fields.register()
