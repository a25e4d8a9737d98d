"""Reads of the catalogue."""

from products.selectors.offer import OfferedProduct, products_offered
from products.selectors.page import ProductPage, product_page

__all__ = ["OfferedProduct", "ProductPage", "product_page", "products_offered"]
