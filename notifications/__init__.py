"""Messages to people and their delivery. Never who should hear, or why."""
