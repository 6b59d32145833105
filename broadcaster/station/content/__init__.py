"""What people wrote into the station's folders, and which of it is in force."""
