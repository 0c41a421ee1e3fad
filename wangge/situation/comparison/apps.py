from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "wangge.situation.comparison"
    label = "comparison"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.places.copies import register_path_copy
        from wangge.situation.comparison import fields, kinds

        fields.register()
        kinds.register()
        register_path_copy("comparison.Comparison", path="path", area="area")
