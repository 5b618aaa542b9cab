"""What can go wrong at the edge, beside the errors of graph.errors; api.http.problems says what becomes of each."""

from __future__ import annotations

from graph.errors import LineageError


class EdgeError(LineageError):
    """Root of the errors of the edge."""


class Malformed(EdgeError):
    """A request that is no valid HTTP or JSON."""


class NoToken(EdgeError):
    """A write without the token, or with a wrong one."""


class WritesOff(EdgeError):
    """A write to a server that has no token."""


class WrongHost(EdgeError):
    """A request addressed to a name that is not this server's."""


class BodyTooLarge(EdgeError):
    """More bytes or files than the server takes."""


class WrongMediaType(EdgeError):
    """A body of a kind the route does not read."""


class TooMany(EdgeError):
    """As many of these are under way as the server runs at once."""


class Overloaded(EdgeError):
    """No store came free within the time of the question."""


class NotReady(EdgeError):
    """The store is being made ready for questions."""


class TookTooLong(EdgeError):
    """The question's time is over."""
