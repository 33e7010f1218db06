"""The engine: carries out what stands in a row, one step at a time, whoever dies in between.

It knows nothing of what is asked; that is a :class:`~crossconnections.services.engine.work.Work`.
"""

from crossconnections.services.engine.claims import Claim, ClaimLost
from crossconnections.services.engine.hurrying import hurry_the_due
from crossconnections.services.engine.steps import carry_on
from crossconnections.services.engine.work import NeverGot, NotToBeSent, Wait, Work, Write

__all__ = [
    "Claim",
    "ClaimLost",
    "NeverGot",
    "NotToBeSent",
    "Wait",
    "Work",
    "Write",
    "carry_on",
    "hurry_the_due",
]
