"""A watch: how it goes, its sessions as lines in time, and what happened in words."""

from crossconnections.presenters.watch.events import EventLine, PrefixLine, list_events, list_prefix_changes
from crossconnections.presenters.watch.going import Going, show_going
from crossconnections.presenters.watch.lanes import Lane, build_lanes
from crossconnections.presenters.watch.picture import Timeline, show_timeline

__all__ = [
    "EventLine",
    "Going",
    "Lane",
    "PrefixLine",
    "Timeline",
    "build_lanes",
    "list_events",
    "list_prefix_changes",
    "show_going",
    "show_timeline",
]
