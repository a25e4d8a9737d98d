"""Where this app plugs into the kernel's registries."""


def register() -> None:
    """Register permissions, navigation and routes."""
