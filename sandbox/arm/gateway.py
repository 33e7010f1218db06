"""Azure Resource Manager's front door: version, token, subscription, and then the resource provider."""

import asyncio
import logging
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.arm import errors
from sandbox.arm.bearer import check_bearer
from sandbox.arm.headers import answer_headers
from sandbox.arm.routes import Question, find_answerers
from sandbox.arm.versions import SUPPORTED, is_version_of_some_type
from sandbox.estate.subscriptions import Subscription, find_subscription
from sandbox.json_answer import JsonAnswer
from sandbox.world import World

_PATH = re.compile(r"/subscriptions/(?P<subscription>[^/]+)(?P<rest>/.+?)?/?", re.IGNORECASE)


class Gateway:
    """Answers every path that is Azure Resource Manager's."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def answer(self, request: Request) -> Response:
        """What Azure would say, after the latency that was asked for."""
        await asyncio.sleep(self._world.settings.latency_ms / 1000)
        try:
            return self._send(request, 200, self._body(request))
        except errors.ArmError as error:
            return self._refuse(request, error)
        except Exception:
            logging.getLogger(__name__).exception("%s %s failed", request.method, request.url.path)
            return self._refuse(request, errors.internal_error())

    def _body(self, request: Request) -> dict[str, Any]:
        version = request.query_params.get("api-version")
        if not version:
            raise errors.missing_api_version()
        check_bearer(request.headers.get("authorization"), self._world)
        self._check_version(version)
        subscription, rest = _find_subscription(request.url.path)
        if not subscription.is_enrolled:
            raise errors.resource_type_not_found(version)
        return self._ask_provider(request, subscription, rest, version)

    def _check_version(self, version: str) -> None:
        if version in SUPPORTED:
            return
        if is_version_of_some_type(version):
            raise errors.foreign_api_version(version, self._world.estate.regions())
        raise errors.unknown_api_version(version)

    def _ask_provider(self, request: Request, subscription: Subscription, rest: str, version: str) -> dict[str, Any]:
        answerers = find_answerers(rest)
        if not answerers:
            raise errors.resource_type_not_found(version)
        if request.method not in answerers:
            raise errors.method_not_allowed(request.method)
        answerer, words = answerers[request.method]
        skip_token = request.query_params.get("$skiptoken")
        return answerer(Question(self._world, subscription.id, version, skip_token, words))

    def _refuse(self, request: Request, error: errors.ArmError) -> Response:
        answer = self._send(request, error.status, error.body(), by_gateway=error.is_gateways)
        answer.headers.update(error.headers)
        return answer

    def _send(self, request: Request, status: int, body: dict[str, Any], *, by_gateway: bool = False) -> Response:
        subscription_id = _subscription_id(request.url.path)
        known = find_subscription(subscription_id) if status != 401 else None
        reads_left = self._world.quota.take_read(known.id) if known else None
        headers = answer_headers(request.headers, reads_left=reads_left, by_gateway=by_gateway)
        return JsonAnswer(body, status_code=status, headers=headers)


def _find_subscription(path: str) -> tuple[Subscription, str]:
    match = _PATH.fullmatch(path)
    if match is None:
        raise errors.no_subscription_in_path()
    subscription = find_subscription(match["subscription"])
    if subscription is None:
        raise errors.subscription_not_found(match["subscription"])
    return subscription, match["rest"] or ""


def _subscription_id(path: str) -> str:
    match = _PATH.fullmatch(path)
    return match["subscription"] if match else ""
