"""The demo bank: made-up customers with all they have, the same for the same seed and day."""
