"""Azure Resource Manager's front door: version, token, subscription, and then the resource provider."""

import asyncio
import logging
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.arm import errors
from sandbox.arm.admission import check_enabled, check_exists, check_version, check_visible, take_request
from sandbox.arm.bearer import check_bearer
from sandbox.arm.exchange import Exchange
from sandbox.arm.paths import scope_of, split_subscription
from sandbox.arm.permissions import check_permission
from sandbox.arm.question import Question
from sandbox.arm.routes import Found, Told, find_in_subscription, find_in_tenant
from sandbox.arm.versions import OF_SOME_TYPE
from sandbox.estate.subscriptions import Subscription, find_subscription
from sandbox.world import World

_Parameters = Mapping[str, str]


class Gateway:
    """Answers every path that is Azure Resource Manager's."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An application and no function, so that every method comes here, also one that nobody has heard of."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        await asyncio.sleep(self._world.settings.latency_ms / 1000)
        # Not the URL's: a name with a question mark in it would end there.
        path: str = request.scope["path"]
        exchange = Exchange(self._world, request.method, path, request.headers, body=await request.body())
        try:
            # Azure tells neither Api-Version nor $SkipToken from what it writes itself.
            parameters = {name.casefold(): value for name, value in request.query_params.multi_items()}
            return exchange.accept(self._told(exchange, parameters))
        except errors.ArmError as error:
            return exchange.refuse(error)
        except Exception:
            logging.getLogger(__name__).exception("%s %s failed", request.method, path)
            return exchange.refuse(errors.internal_error())

    def _told(self, exchange: Exchange, parameters: _Parameters) -> Told:
        version = parameters.get("api-version")
        if not version:
            raise errors.missing_api_version()
        check_bearer(exchange.headers.get("authorization"), self._world)
        exchange.is_known = True
        if version not in OF_SOME_TYPE:
            raise errors.unknown_api_version(version)
        in_tenant = find_in_tenant(exchange.path)
        subscription, rest = (None, exchange.path) if in_tenant else _find_subscription(exchange.path)
        take_request(exchange)
        found = in_tenant or find_in_subscription(rest)
        if not found:
            raise errors.nobody_answers(rest, version)
        return self._ask(exchange, found, subscription, version, parameters)

    def _ask(
        self,
        exchange: Exchange,
        found: Found,
        subscription: Subscription | None,
        version: str,
        parameters: _Parameters,
    ) -> Told:
        # Not documented: HEAD. Here it is a GET whose content is left out on the way.
        method = "GET" if exchange.method == "HEAD" else exchange.method
        route, words = found.get(method) or next(iter(found.values()))
        if subscription is None:
            check_version(route, version, self._world)
        else:
            check_visible(route, subscription, version, self._world)
        if method not in found:
            raise errors.method_not_allowed(exchange.method, list(found))
        if subscription:
            check_enabled(route, subscription, self._world)
        check_permission(route.action, scope_of(exchange.path.removesuffix("/")), self._world)
        if subscription and words.get("resource"):
            check_exists(words["resource"], subscription, self._world)
        subscription_id = subscription.id if subscription else ""
        asked = (exchange.method, exchange.path, exchange.headers, exchange.body, exchange.sentences)
        return route.answerer(Question(self._world, subscription_id, version, parameters, words, *asked))


def _find_subscription(path: str) -> tuple[Subscription, str]:
    split = split_subscription(path)
    if split is None:
        raise errors.no_subscription_in_path()
    subscription = find_subscription(split[0])
    if subscription is None:
        raise errors.subscription_not_found(split[0])
    return subscription, split[1]
