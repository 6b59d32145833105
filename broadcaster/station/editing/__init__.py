"""What a page changes in the files of the station, which stay the truth.

It stands apart from loading because a loader may forget comments and layout, and an editor never:
a change is spliced in at its mark, and every other byte stays as a person wrote it.
"""
