"""`plumbline gui`: the window on one's own data, and on the demo's where that is wanted there."""

import argparse

from plumbline.ui import app as window_app
from plumbline.ui.app import add_arguments

__all__ = ["add_arguments", "run"]


def run(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the exit status."""

    def open_demo() -> int:
        from plumbline import demo  # few want it, and it takes as long as the window itself

        return demo.run(args)

    return window_app.run(args, open_demo)
