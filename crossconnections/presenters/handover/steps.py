"""What the customer does next, and what they had better know."""

from collections.abc import Iterator, Sequence

from crossconnections.diagnosis.case import Case
from crossconnections.diagnosis.legs import legs_of
from crossconnections.enums import AdvertisedPrefixesState, PeeringType
from crossconnections.enums import ProviderProvisioningState as State
from crossconnections.models import CrossConnection, CustomerRecord, Peering, Workflow
from crossconnections.presenters.handover.parties import Service
from crossconnections.presenters.handover.sheet import Section, Steps, section

_Step = tuple[str, str]
_PRIVATE, _MICROSOFT = PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING
_LINK = "Link your virtual networks to the circuit, each through an ExpressRoute gateway."
_DELETE = (
    "Delete the circuit in Azure.",
    "Microsoft bills it until then. Remove its links to virtual networks, authorizations and Global Reach first.",
)
_WAIT = (
    "Wait for our word.",
    "The circuit carries nothing until your Azure portal shows it as Provisioned.",
)
_FILTER = (
    "Attach a route filter to the circuit.",
    "Choose the services and regions in it: without a filter nothing comes from Microsoft over the Microsoft peering.",
)
_VALIDATE = (
    "Have your prefixes validated.",
    "Open a ticket with Microsoft's support and enclose a letter of authorization of their holder. BGP waits for it.",
)
_FIREWALLS = (
    "Open your firewalls both ways.",
    "In your network and in Azure (network security groups); let TCP port 179 pass between both ends of each link.",
)
_REDUNDANCY = (
    "Keep both BGP sessions up.",
    "Announce the same prefixes on both, from two devices where you can. Microsoft's SLA holds only with both.",
)
_BILLING = (
    "Mind the billing.",
    "Microsoft bills the circuit since its service key was issued, and until you delete the circuit in Azure.",
)


def show_steps(
    row: CrossConnection, peerings: Sequence[Peering], record: CustomerRecord, order: Workflow | None, case: Case | None
) -> Section | None:
    """In the order in which they are done; none for a circuit that is gone from Azure."""
    if row.gone_at:
        return None
    is_ending = row.provider_provisioning_state in {State.DEPROVISIONING, State.DE_PROVISIONED}
    steps = (_DELETE,) if is_ending else tuple(_steps(row, peerings, record, order, case))
    return section("What to do next", Steps(steps))


def _steps(
    row: CrossConnection, peerings: Sequence[Peering], record: CustomerRecord, order: Workflow | None, case: Case | None
) -> Iterator[_Step]:
    if row.provider_provisioning_state != State.PROVISIONED:
        yield _WAIT
    there = {one.peering_type: one for one in peerings}
    wanted = _wanted(order)
    if not there or wanted - there.keys():
        yield _set_up(record, has_some=bool(there))
    if _PRIVATE in wanted | there.keys():
        yield _LINK, _links_told(case)
    if _MICROSOFT in wanted | there.keys():
        if _MICROSOFT in there and _is_to_validate(there[_MICROSOFT]):
            yield _VALIDATE
        yield _FILTER
    yield _FIREWALLS
    yield _failover(record)
    yield _REDUNDANCY
    yield _BILLING


def _wanted(order: Workflow | None) -> set[str]:
    if order is None:
        return set()
    return {kind for kind, wants in ((_PRIVATE, order.wants_private), (_MICROSOFT, order.wants_microsoft)) if wants}


def _set_up(record: CustomerRecord, *, has_some: bool) -> _Step:
    """Whose turn it is where a peering is missing; an L3 partner sets it up (EXPRESSROUTE.md 1.4)."""
    what = "the peering that is missing" if has_some else "the peerings"
    if record.service == Service.LAYER_2:
        return f"Set up {what} in your Azure portal.", "On the page of the circuit, with the VLAN IDs agreed with us."
    return f"Wait for us to set up {what}.", "You get this sheet anew once they are there."


def _links_told(case: Case | None) -> str:
    """What the reading shows of it: routes of virtual networks have the path 65515 (EXPRESSROUTE.md R49)."""
    peering = case.peering(_PRIVATE) if case else None
    networks = {one.network for leg in legs_of(case, peering) for one in leg.from_vnets} if case and peering else set()
    if not networks:
        return "Once it is done, Microsoft's routers show their prefixes as routes with the AS path 65515."
    count = f"{len(networks):,} {'prefix' if len(networks) == 1 else 'prefixes'}"
    return f"Done for at least one: Microsoft's routers show {count} with the AS path 65515."


def _is_to_validate(peering: Peering) -> bool:
    return peering.advertised_prefixes_state == AdvertisedPrefixesState.VALIDATION_NEEDED


def _failover(record: CustomerRecord) -> _Step:
    how = "Shut the primary BGP session, check your applications, restore it; then the same with the secondary."
    if record.service == Service.LAYER_3:
        return "Test the failover before production.", f"Agree a time with us: we do it on our routers. {how}"
    return "Test the failover before production.", how
