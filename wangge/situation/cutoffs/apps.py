from django.apps import AppConfig


class CutoffsConfig(AppConfig):
    name = "wangge.situation.cutoffs"
    label = "cutoffs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.situation.cutoffs import automatic, fields, kinds

        fields.register()
        kinds.register()
        automatic.register()
