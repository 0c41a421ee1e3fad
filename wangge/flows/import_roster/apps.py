from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "wangge.flows.import_roster"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.flows.import_roster import fields, kinds

        fields.register()
        kinds.register()
