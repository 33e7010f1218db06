"""Azure Resource Manager's front door: version, token, subscription, and then the resource provider."""

import asyncio
import logging
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.arm import errors
from sandbox.arm.admission import check_permission, check_version, check_visible, take_read
from sandbox.arm.bearer import check_bearer
from sandbox.arm.fold import fold_ids
from sandbox.arm.headers import answer_headers
from sandbox.arm.localise import sentences_for
from sandbox.arm.paths import namespace_of, scope_of, split_subscription
from sandbox.arm.question import Question
from sandbox.arm.routes import Found, find_in_subscription, find_in_tenant
from sandbox.arm.versions import OF_SOME_TYPE
from sandbox.estate.subscriptions import Subscription, find_subscription
from sandbox.json_answer import JsonAnswer
from sandbox.world import World

_NAMESPACES = frozenset({"microsoft.authorization", "microsoft.network", "microsoft.resources"})


class Gateway:
    """Answers every path that is Azure Resource Manager's."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def answer(self, request: Request) -> Response:
        """What Azure would say, after the latency that was asked for."""
        await asyncio.sleep(self._world.settings.latency_ms / 1000)
        try:
            return self._accept(request, self._body(request))
        except errors.ArmError as error:
            return self._refuse(request, error)
        except Exception:
            logging.getLogger(__name__).exception("%s %s failed", request.method, request.url.path)
            return self._refuse(request, errors.internal_error())

    def _body(self, request: Request) -> dict[str, Any] | None:
        version = request.query_params.get("api-version")
        if not version:
            raise errors.missing_api_version()
        check_bearer(request.headers.get("authorization"), self._world)
        if version not in OF_SOME_TYPE:
            raise errors.unknown_api_version(version)
        found_in_tenant = find_in_tenant(request.url.path)
        if found_in_tenant:
            return self._ask(request, found_in_tenant, None, version)
        subscription, rest = _find_subscription(request.url.path)
        take_read(subscription, self._world)
        found = find_in_subscription(rest)
        if not found:
            raise _nobody(rest, version)
        return self._ask(request, found, subscription, version)

    def _ask(
        self, request: Request, found: Found, subscription: Subscription | None, version: str
    ) -> dict[str, Any] | None:
        route, words = found.get(request.method) or next(iter(found.values()))
        if subscription is None:
            check_version(route, version, self._world)
        else:
            check_visible(route, subscription, version, self._world)
        if request.method not in found:
            raise errors.method_not_allowed(request.method)
        check_permission(route.action, scope_of(request.url.path.removesuffix("/")), self._world)
        subscription_id = subscription.id if subscription else ""
        return route.answerer(Question(self._world, subscription_id, version, request.query_params, words))

    def _accept(self, request: Request, body: dict[str, Any] | None) -> Response:
        headers = self._headers(request, by_gateway=False)
        if body is None:
            return Response(status_code=204, headers=headers)
        folded = fold_ids(body) if self._world.behaviour.folded_ids else body
        return JsonAnswer(folded, headers=headers)

    def _refuse(self, request: Request, error: errors.ArmError) -> Response:
        headers = self._headers(request, by_gateway=error.is_gateways, is_known=error.status != 401) | error.headers
        sentences = sentences_for(request.headers, always_german=self._world.behaviour.localised_messages)
        return JsonAnswer(error.body(sentences), status_code=error.status, headers=headers)

    def _headers(self, request: Request, *, by_gateway: bool, is_known: bool = True) -> dict[str, str]:
        split = split_subscription(request.url.path)
        known = find_subscription(split[0]) if split and is_known else None
        left = self._world.quota.reads_left(known.id, self._world.behaviour.quota) if known else None
        return answer_headers(request.headers, reads_left=left, by_gateway=by_gateway)


def _find_subscription(path: str) -> tuple[Subscription, str]:
    split = split_subscription(path)
    if split is None:
        raise errors.no_subscription_in_path()
    subscription = find_subscription(split[0])
    if subscription is None:
        raise errors.subscription_not_found(split[0])
    return subscription, split[1]


def _nobody(path: str, version: str) -> errors.ArmError:
    namespace = namespace_of(path)
    if namespace.casefold() in _NAMESPACES:
        return errors.resource_type_not_found(namespace, version)
    return errors.resource_namespace_not_found(namespace)
