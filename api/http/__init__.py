"""The HTTP API: routes that ask the same functions as the command line, and the guards around them."""
