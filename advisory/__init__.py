"""What a customer may apply for, by rules."""
