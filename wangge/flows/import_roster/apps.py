from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "wangge.flows.import_roster"
    label = "imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.agenda.kinds import register_handler
        from wangge.flows.import_roster import fields, kinds
        from wangge.flows.import_roster.uploading import FORGET, forget_due

        fields.register()
        kinds.register()
        register_handler(FORGET, forget_due)
