"""``python -m hieuhoc`` is the command ``hieuhoc``."""

from hieuhoc.config.cli import main

main()
