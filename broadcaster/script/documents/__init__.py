"""Word, LibreOffice and PDF files → the text that an editor could have typed instead.

A room of its own, because these files come from anywhere and hold anything: whatever one of them
does, the answer is a text and problems, never an exception.
"""

from broadcaster.script.documents.extract import LARGEST, SUFFIXES, extract
from broadcaster.script.documents.extracted import Extracted

__all__ = ["LARGEST", "SUFFIXES", "Extracted", "extract"]
