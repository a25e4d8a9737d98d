"""An app whose handlers do harm to whoever runs them."""
