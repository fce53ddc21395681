from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "What a micro-enterprise says, proves and shares"

    def ready(self) -> None:
        from registry.audit import sentences

        sentences.register(
            {
                "provider.listed": _("Published the provider's listing"),
                "provider.unlisted": _("Took the provider's listing down"),
            }
        )
