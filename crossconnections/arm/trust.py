"""Whom the client trusts: one TLS context for each file of certificates, shared by all that a process opens.

Reading the certificates of the whole web takes some 15 milliseconds of computing, and a worker opens a connection for
each call: twelve tables are read with three calls each.
"""

import ssl
from functools import lru_cache
from pathlib import Path

from urllib3.util.ssl_ import create_urllib3_context


def context_for(ca_bundle: str) -> ssl.SSLContext:
    """A context that verifies certificates and host names by the file as it is now; OSError where there is none."""
    told = Path(ca_bundle).stat()
    return _context(ca_bundle, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _context(ca_bundle: str, _changed_ns: int, _size: int) -> ssl.SSLContext:
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
    context.check_hostname = True
    context.load_verify_locations(cafile=ca_bundle)
    return context
