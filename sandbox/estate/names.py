"""Names that customers give their circuits; the companies are Microsoft's fictitious ones."""

_COMPANIES = (
    *("adatum", "adventure-works", "alpine-ski-house", "bellows-college", "best-for-you", "blue-yonder"),
    *("city-power", "coho-winery", "consolidated-messenger", "contoso", "fabrikam", "first-up"),
    *("fourth-coffee", "graphic-design-inst", "humongous", "lamna-health", "liberty-delight", "litware"),
    *("lucerne", "margies-travel", "munsons", "nod", "northwind", "proseware", "relecloud", "southridge"),
    *("tailspin", "trey-research", "vanarsdel", "wide-world", "wingtip", "woodgrove"),
)
_PURPOSES = ("prod", "core", "erp", "voice", "backup", "data", "dr")


def circuit_of(index: int, place_code: str) -> tuple[str, str]:
    """The resource group and name of a customer's circuit, different for each index."""
    company = _COMPANIES[index % len(_COMPANIES)]
    turn, purpose = divmod(index // len(_COMPANIES), len(_PURPOSES))
    name = f"er-{company}-{_PURPOSES[purpose]}-{place_code.lower()}"
    return f"rg-{company}-network", f"{name}-{turn + 1:02d}" if turn else name
