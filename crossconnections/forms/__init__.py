"""What people type about cross connections."""

from crossconnections.forms.comments import CommentForm
from crossconnections.forms.peerings import MicrosoftPeeringForm, PeeringForm, RemovalForm
from crossconnections.forms.placement import PlacementForm
from crossconnections.forms.provisioning import ProvisioningForm
from crossconnections.forms.record import RecordForm
from crossconnections.forms.review import ReviewForm
from crossconnections.forms.several import SeveralForm
from crossconnections.forms.tags import TagsForm

__all__ = [
    "CommentForm", "MicrosoftPeeringForm", "PeeringForm", "PlacementForm", "ProvisioningForm", "RecordForm",
    "RemovalForm",
    "ReviewForm", "SeveralForm", "TagsForm",
]  # fmt: skip
