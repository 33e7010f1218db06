"""The picture of a cross connection's path: what is drawn, drawn wide for a desk and tall for a phone."""

from crossconnections.presenters.path.facts import Sessions
from crossconnections.presenters.path.picture import Picture, show_path

__all__ = ["Picture", "Sessions", "show_path"]
