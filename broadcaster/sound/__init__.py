"""Samples: what speech, programme and playout all hold in their hands."""
