"""Peerings: what forbids to send a draft of one, judged by what the mirror holds when it is sent."""

from crossconnections import policies
from crossconnections.addressing import sentence_of
from crossconnections.models import CrossConnection, Draft
from crossconnections.models.wish import PRESENCE
from crossconnections.proposals import judge_asked, values_now


def reason_not_to_send_peering(draft: Draft, row: CrossConnection) -> str | None:
    """The form has judged by what was true then; meanwhile another peering may have taken the VLAN or the subnet."""
    if draft.removes:
        return None
    is_there = values_now(row, [PRESENCE], draft.subject)[PRESENCE]
    if (reason := policies.reason_not_to_peer(row)) and not (is_there and policies.only_disables(draft.asked)):
        return reason
    breaches = judge_asked(row, draft.asked, draft.subject).breaches
    return sentence_of(breaches[0]) if breaches else None
