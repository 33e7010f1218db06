"""What both edge routers show of a private peering, in health and otherwise."""

from crossconnections.arm import ArpRow, RouteRow, Row, SummaryRow
from tests.integration.pages.readings import route

MICROSOFTS_MAC = "a44c.1182.e0d7"


def tables(path: str, *networks: RouteRow) -> dict[str, tuple[Row, ...]]:
    """A path in health that brings two networks, or those that are named, and a VNet."""
    edge, microsoft = {"primary": ("172.16.18.1", "172.16.18.2"), "secondary": ("172.16.18.5", "172.16.18.6")}[path]
    routes = networks or (route("10.20.0.0/16", edge), route("10.30.0.0/20", edge))
    return {
        f"{path} arp": (
            ArpRow(7, "On-Prem", edge, f"0c86.10f4.{path}"),
            ArpRow(0, "Microsoft", microsoft, MICROSOFTS_MAC),
        ),
        f"{path} routes-summary": (SummaryRow(edge, 65020, "12d04h", str(len(routes))),),
        f"{path} routes": (*routes, RouteRow("10.9.0.0/16", "10.9.0.4", "", 0, "65515")),
    }


HEALTHY = tables("primary") | tables("secondary")
NO_ARP: dict[str, tuple[Row, ...]] = {
    "secondary arp": (
        ArpRow(0, "On-Prem", "172.16.18.5", "Incomplete"),
        ArpRow(0, "Microsoft", "172.16.18.6", MICROSOFTS_MAC),
    ),
    "secondary routes-summary": (SummaryRow("172.16.18.5", 65020, "01:12:00", "Active"),),
    "secondary routes": (),
}
