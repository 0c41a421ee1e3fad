from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "wangge.surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.surveys import counters, fields

        fields.register()
        counters.register()
