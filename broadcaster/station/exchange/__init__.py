"""Timetables, playlists and calendars, in and out."""
