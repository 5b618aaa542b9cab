"""The routes, a file for each kind of thing asked about."""
