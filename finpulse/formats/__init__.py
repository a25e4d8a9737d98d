"""How the console writes days and times, where a locale of Django would write them otherwise."""
