"""Where a load balancer asks whether this process can serve: `GET /health`, for anybody, and without secrets."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from billingbot import __version__
from billingbot.bootstrap.health import Health


def health_route(health: Health) -> Route:
    """Return the route. 200 means well, perhaps with a warning; 503 that visitors should be sent elsewhere."""

    async def answer(_request: Request) -> JSONResponse:
        report = await health.report()
        said = {
            "status": "unavailable" if report.problem else "ok",
            "database": report.problem or "ok",
            "version": __version__,
        }
        if report.warning:
            said["warning"] = report.warning
        return JSONResponse(said, 503 if report.problem else 200, {"Cache-Control": "no-store"})

    return Route("/health", answer, methods=["GET", "HEAD"])
