"""The click commands: the only place where an error becomes an exit code."""

import click

__all__ = ["main"]


@click.group()
def main() -> None:
    """The station's command line."""
