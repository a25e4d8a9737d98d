"""The demo sign-in provider: one click per demo account."""
