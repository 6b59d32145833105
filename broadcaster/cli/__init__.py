"""The click commands: the only place where an error becomes an exit code.

``main`` is what the console script calls.  Each command is a module of :mod:`.commands`, imported
only when it is called, so that ``broadcaster --help`` stays as quick as click itself.
"""

from broadcaster.cli.root import main

__all__ = ["main"]
