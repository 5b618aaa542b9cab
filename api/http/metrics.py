"""What the server does → numbers for Prometheus, on a registry of its own.

Routes are named by their pattern, never by the address asked for, so that nobody can fill the memory with names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.head import is_head
from graph.errors import LineageError
from graph.store.base import Counts
from graph.vocabulary import Label

NO_ROUTE = "none"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 30.0, 120.0)


class Metrics:
    """Counters of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "lineage_http_requests", "Requests answered", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "lineage_http_request_seconds",
            "Seconds until an answer began",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.running = Gauge("lineage_http_requests_running", "Requests under way", registry=self.registry)
        self.partial = Counter(
            "lineage_partial_answers", "Answers that were cut", ["route", "reason"], registry=self.registry
        )
        self.files = Counter("lineage_uploaded_files", "Files uploaded, by outcome", ["status"], registry=self.registry)

    def watch(self, counts: Callable[[], Counts]) -> None:
        """Tell with each reading of the metrics how much is in the store."""
        self.registry.register(_Coverage(counts))

    def text(self) -> bytes:
        return generate_latest(self.registry)


class _Coverage(Collector):
    """How much of what is cited was read; of a store that cannot be asked only that."""

    def __init__(self, counts: Callable[[], Counts]) -> None:
        self._counts = counts

    def describe(self) -> Iterator[GaugeMetricFamily]:
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            counts = self._counts()
        except LineageError:
            yield GaugeMetricFamily("lineage_store_up", "The store answers (1) or does not (0)", 0)
            return
        yield GaugeMetricFamily("lineage_store_up", "The store answers (1) or does not (0)", 1)
        directives = counts.nodes.get(Label.DIRECTIVE, 0)
        yield GaugeMetricFamily("lineage_directives_held", "Directives whose text was read", counts.held)
        yield GaugeMetricFamily("lineage_directives_cited_only", "Directives only cited", directives - counts.held)
        yield GaugeMetricFamily("lineage_texts", "Texts kept", counts.readings)
        nodes = GaugeMetricFamily("lineage_nodes", "Nodes in the store", labels=["label"])
        for label, number in counts.nodes.items():
            nodes.add_metric([label.value], number)
        yield nodes


class Observed:
    """ASGI middleware: counts each request, by the pattern of its route."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self.metrics.seconds.labels(route_name(scope)).observe(time.perf_counter() - begun)
            await send(message)

        self.metrics.running.inc()
        try:
            await self.app(scope, receive, watched)
        finally:
            self.metrics.running.dec()
            method = "HEAD" if is_head(scope) else scope["method"] if scope["method"] in _METHODS else "other"
            self.metrics.requests.labels(method, route_name(scope), str(status)).inc()


def route_name(scope: Scope) -> str:
    """The pattern of the route that answers: "/api/v1/impact/{id}"; NO_ROUTE where there is none."""
    return str(getattr(scope.get("route"), "path", NO_ROUTE))
