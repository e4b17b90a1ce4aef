"""Imports every module of the packages named as arguments: `python -P import_all.py desktop integrations`. Ends with 1 if one fails."""

import importlib
import pkgutil
import sys
import traceback


def import_all(packages: list[str]) -> int:
    """How many modules there are; those that fail are shown with their traceback, and then the program ends with 1.

    `__main__` modules are left out: to import them is to start the program.
    """
    failed: list[str] = []
    names = list(packages)
    for package in packages:
        path = importlib.import_module(package).__path__
        names += [found.name for found in pkgutil.walk_packages(path, f"{package}.", onerror=failed.append)]
    for name in names:
        if name.endswith("__main__"):
            continue
        try:
            importlib.import_module(name)
        except Exception:  # whatever it is, it is shown and the others are tried
            failed.append(name)
            traceback.print_exc()
    if failed:
        print(f"{len(failed)} of {len(names)} modules can't be imported: {', '.join(sorted(set(failed)))}")
        sys.exit(1)
    return len(names)


if __name__ == "__main__":
    print(f"{import_all(sys.argv[1:])} modules imported")
