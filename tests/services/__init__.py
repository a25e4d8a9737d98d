"""What the tests need of the machine, and private servers for them."""
