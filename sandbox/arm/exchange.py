"""A request to Azure Resource Manager and the answer to it: what every answer carries, whoever gives it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from sandbox.arm.answer import Answer, plain_answer
from sandbox.arm.errors import ArmError
from sandbox.arm.fold import fold_ids
from sandbox.arm.headers import answer_headers
from sandbox.arm.hostile import with_hostile_texts
from sandbox.arm.localise import sentences_for
from sandbox.arm.paths import split_subscription
from sandbox.arm.quota import MOST, Bucket, Kind, bucket_for
from sandbox.estate.subscriptions import find_subscription
from sandbox.json_answer import JsonAnswer
from sandbox.world import World


@dataclass(slots=True)
class Exchange:
    """Who has not shown a good token is not known, and not told how many requests are left."""

    world: World
    method: str
    path: str
    headers: Mapping[str, str]
    is_known: bool = False
    body: bytes = b""

    @property
    def bucket(self) -> Bucket | None:
        """What the request takes from; None for a subscription that does not exist."""
        split = split_subscription(self.path)
        if split is None:
            return bucket_for(self.method, "tenant", self.world.identity.tenant_id)
        subscription = find_subscription(split[0])
        return bucket_for(self.method, "subscription", subscription.id) if subscription else None

    def capacity(self, bucket: Bucket) -> int:
        """What the bucket holds when it is full."""
        return self.world.behaviour.quota if bucket.kind is Kind.READS else MOST

    @property
    def sentences(self) -> Mapping[str, str]:
        """What errors say, in the language that is preferred."""
        return sentences_for(self.headers, always_german=self.world.behaviour.localised_messages)

    def accept(self, told: Answer | dict[str, Any] | None) -> Response:
        """An answer; None is one without content."""
        answer = told if isinstance(told, Answer) else plain_answer(told)
        headers = self._headers(by_gateway=False) | dict(answer.headers)
        if answer.body is None:
            return Response(status_code=answer.status, headers=headers)
        body = fold_ids(answer.body) if self.world.behaviour.folded_ids else answer.body
        return JsonAnswer(self._in_words(body), status_code=answer.status, headers=headers)

    def refuse(self, error: ArmError) -> Response:
        """A refusal, in the language that is preferred."""
        headers = self._headers(by_gateway=error.is_gateways) | error.headers
        return JsonAnswer(self._in_words(error.body(self.sentences)), status_code=error.status, headers=headers)

    def _in_words(self, body: dict[str, Any]) -> dict[str, Any]:
        return with_hostile_texts(body, self.world.behaviour.hostile_kinds())

    def _headers(self, *, by_gateway: bool) -> dict[str, str]:
        bucket = self.bucket if self.is_known else None
        left = {bucket.header: self.world.quota.left(bucket, self.capacity(bucket))} if bucket else {}
        return answer_headers(self.headers, left=left, by_gateway=by_gateway, time=self.world.azure_time())
