"""Settings by place of use: local, test, production. The environment is read in `env` alone."""
