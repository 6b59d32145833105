"""station.yaml, key by key: what this station is and how it behaves."""
