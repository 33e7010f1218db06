"""Azure's answers against the rows: compared first, and only what moved is written.

Two answers tell of a cross connection. A LIST entry lacks ports, S-tag and peerings (Microsoft's published trace), so
``note_listed`` takes only what it has; ``note_read`` takes all of a GET.
"""

from crossconnections.mirror.listing import note_gone, note_listed
from crossconnections.mirror.reading import list_to_read, note_read

__all__ = ["list_to_read", "note_gone", "note_listed", "note_read"]
