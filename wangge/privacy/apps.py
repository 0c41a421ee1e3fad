from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "wangge.privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.privacy import checks, journal_fields, registrations

        registrations.register()
        journal_fields.register()
        checks.register_checks()
