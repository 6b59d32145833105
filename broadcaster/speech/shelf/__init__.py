"""Voices that are files: what is installed in a station, and how one gets there or goes.

It stands apart from the engines because it knows files and checksums and no speech library.
"""
