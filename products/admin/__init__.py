"""The catalogue in the console."""

from products.admin.product import ProductAdmin

__all__ = ["ProductAdmin"]
