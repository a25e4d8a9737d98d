"""Django's own admin over our models and our database: its site, templates, styles and scripts, and no others."""
