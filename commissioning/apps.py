from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    name = "commissioning"
    verbose_name = "What a council needs, who can meet it, and the record of it"

    def ready(self) -> None:
        from commissioning import handed_down

        handed_down.register()
