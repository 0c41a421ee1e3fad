from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wangge.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.people import counters, fields
        from wangge.people.commands import kinds

        fields.register()
        counters.register()
        kinds.register()
