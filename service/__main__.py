"""``python -m service`` is the ``backstory`` command."""

from __future__ import annotations

import gc

# Every process of a command reads this file first, those that it starts as well. Loading the rules and compiling the
# language makes hundreds of thousands of small things that stay; looked through as often as Python does by itself, they
# cost a third of the start.
gc.set_threshold(20_000, 20, 20)


def main() -> None:
    from service.cli import app

    app(prog_name="backstory")


if __name__ == "__main__":
    main()
