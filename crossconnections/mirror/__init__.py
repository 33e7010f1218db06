"""Azure's answers against the rows: compared first, and only what moved is written.

Two answers tell of a cross connection. A LIST entry lacks ports, S-tag and peerings (Microsoft's published trace), so
``note_listed`` takes only what it has; ``note_answers`` takes all of a GET. Both may come late, for no lock is held
while Azure is asked: whatever was overtaken meanwhile is not written.
"""

from crossconnections.mirror.fences import Fence
from crossconnections.mirror.listing import Page, list_missing, note_gone, note_listed
from crossconnections.mirror.paths import note_paths
from crossconnections.mirror.questions import Question, ask, list_to_read
from crossconnections.mirror.reading import Answer, NotRead, Outcome, note_answers
from crossconnections.mirror.values import configuration_of, key_of

__all__ = [
    "Answer",
    "Fence",
    "NotRead",
    "Outcome",
    "Page",
    "Question",
    "ask",
    "configuration_of",
    "key_of",
    "list_missing",
    "list_to_read",
    "note_answers",
    "note_gone",
    "note_listed",
    "note_paths",
]
