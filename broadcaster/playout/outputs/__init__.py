"""Where sound leaves the station, one file for each way."""
