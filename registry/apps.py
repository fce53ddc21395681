from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "The site, and the ground everyone stands on"

    def ready(self) -> None:
        from registry import checks, retention  # noqa: F401 (the checks register themselves)
        from registry.accounts import handed_down
        from registry.audit import sentences
        from registry.reminders.ladders import SENTENCES

        retention.register()
        sentences.register(SENTENCES)
        handed_down.register()
