"""Run one measurement: python -m bench NAME …"""

import importlib
import pkgutil
import sys

import bench


def main() -> int:
    """Run the measurement that the first argument names, or say which there are."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if module.ispkg)
    if len(sys.argv) > 1 and sys.argv[1] in names:
        return int(importlib.import_module(f"bench.{sys.argv[1]}").main(sys.argv[2:]))
    for name in names:
        about = (importlib.import_module(f"bench.{name}").__doc__ or "").strip().splitlines()
        print(f'make bench ARGS="{name}"  {about[0] if about else ""}')
    return 2


if __name__ == "__main__":
    sys.exit(main())
