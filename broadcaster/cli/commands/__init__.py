"""A module for each command; :mod:`broadcaster.cli.root` imports one when it is called."""
