"""The Azure clouds, each with its endpoints and the api-version that the portal asks for there.

Endpoints as Microsoft's msrestazure 0.6.4 names them. AzureCloud's api-version is the newest that Microsoft's
own client knows (azure-mgmt-network 33.1). National clouds run behind the public one (inferred): they get the
first version that can look a service key up by filter.
The China authority is the newer of the two hosts that serve it, the one that its ID tokens name as issuer (remembered).
"""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where Azure Resource Manager and the Entra authority are; empty where the cloud has no fixed place."""

    arm_endpoint: str
    authority_host: str
    api_version: str


NEWEST = "2026-03-01"

CLOUDS = {
    "AzureCloud": Cloud("https://management.azure.com", "https://login.microsoftonline.com", NEWEST),
    "AzureUSGovernment": Cloud(
        "https://management.usgovcloudapi.net", "https://login.microsoftonline.us", "2024-01-01"
    ),
    "AzureChinaCloud": Cloud(
        "https://management.chinacloudapi.cn", "https://login.partner.microsoftonline.cn", "2024-01-01"
    ),
    "Sandbox": Cloud("", "", NEWEST),
}

HOSTS_OF_AZURE = {
    urlsplit(url).hostname or ""
    for cloud in CLOUDS.values()
    for url in (cloud.arm_endpoint, cloud.authority_host)
    if url
}
