"""Real processes, whose neighbours are killed, stopped and held up."""
