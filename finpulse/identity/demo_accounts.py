"""The demo bank's people: what the sign-in provider offers and what seed_demo makes. Never in production."""

from dataclasses import dataclass

PASSWORD = "finpulse-demo"  # noqa: S105 - printed at every local start, valid in local settings only


@dataclass(frozen=True)
class DemoAccount:
    """One person or script of the demo bank."""

    username: str
    given_name: str
    family_name: str
    roles: tuple[str, ...]
    unit: str

    @property
    def full_name(self) -> str:
        """Give the name as it is written on screen."""
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        """Give an address that nobody can own."""
        return f"{self.username}@finpulse.example"


DEMO_ACCOUNTS = (
    DemoAccount("alice", "Alice", "North", ("customer_manager",), "NORTH"),
    DemoAccount("bob", "Bob", "North", ("customer_manager",), "NORTH"),
    DemoAccount("charlie", "Charlie", "South", ("customer_manager",), "SOUTH"),
    DemoAccount("dana", "Dana", "North", ("supervisor",), "NORTH"),
    DemoAccount("erin", "Erin", "Head", ("administrator",), "HEAD"),
    DemoAccount("frank", "Frank", "Head", ("auditor",), "HEAD"),
    DemoAccount("grace", "Grace", "Head", ("compliance",), "HEAD"),
    DemoAccount("heidi", "Heidi", "Head", ("system_administrator",), "HEAD"),
    DemoAccount("script", "Core", "Script", ("integration",), "HEAD"),
)
