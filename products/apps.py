"""Products as a Django app."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Plugs products into the kernel's registries."""

    name = "products"
    verbose_name = "Products"

    def ready(self) -> None:
        """Register what this app adds."""
        from products import wiring

        wiring.register()
