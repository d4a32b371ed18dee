"""``python -m service`` is the ``backstory`` command."""

from __future__ import annotations


def main() -> None:
    from service.cli import app

    app(prog_name="backstory")


if __name__ == "__main__":
    main()
