"""The chores beside the air: look for changes, prune, keep an archive, leave room on the disk."""
