from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "wangge.situation.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.situation.forms import fields, keeping, kinds

        fields.register()
        kinds.register()
        keeping.register()
