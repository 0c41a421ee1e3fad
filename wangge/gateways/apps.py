from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "wangge.gateways"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wangge.gateways import fields

        fields.register()
