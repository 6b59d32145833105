"""The operator's page: a process of its own beside the daemon, over the same folder and store.

It stands apart from everything: nobody imports it, and a crash of it silences nothing.  It reads
files and rows; what it wants done is a row, or a change in a file of the station.
"""

from broadcaster.web.app import make_app

__all__ = ["make_app"]
