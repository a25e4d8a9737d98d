"""What holds for every app, model, list, panel and route: each test loops over a registry, so nothing new escapes."""
