"""The command ``hieuhoc``: every folder's management commands under one name.

Commands that need a prepared database get one: on a new installation the tables are made and
the catalogues loaded first, with a line on stderr.
"""

from __future__ import annotations

import os
import sys

PREPARED = {"account", "places", "round", "certificate", "targets", "figures", "serve", "worker", "demo_world"}


def needs_preparing(words: list[str]) -> bool:
    """Say whether the command line ``words`` (without the program) works on the installation's database."""
    if not words or "--help" in words or "-h" in words:
        return False
    if words[0] == "sheet":
        return "--place" in words and "--villages" not in words
    return words[0] in PREPARED and words[1:2] != ["load"]


def main() -> None:
    """Run the command of ``sys.argv``; exit 0 done, 1 refused or problems, 2 wrong usage."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hieuhoc.config.settings")
    from django.core.management import execute_from_command_line

    if needs_preparing(sys.argv[1:]):
        import django

        django.setup()
        from hieuhoc.config import ready

        ready.ensure()
    execute_from_command_line(sys.argv)
