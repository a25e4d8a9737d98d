"""The way in when the bank's sign-in is away: off unless it is configured."""
