"""YAML read as text with the place of every value.

PyYAML's own types are not used: ``safe_load`` reads ``at: 17:00`` as the integer 1020 and leaves
``05:00`` as text.  Here every scalar stays text with its line and column, and the readers of
:class:`Mark` turn it into what the field expects, or note a :class:`Problem` and go on, so that
one look shows every mistake of a file.
"""

from broadcaster.yamlmark.document import MAX_BYTES, parse, read_file
from broadcaster.yamlmark.mark import Mark

__all__ = ["MAX_BYTES", "Mark", "parse", "read_file"]
