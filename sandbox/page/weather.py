"""What the forms of Azure's page do: each as the control of the same name."""

from collections.abc import Mapping

from sandbox import playing
from sandbox.page.azure import read_fault_form
from sandbox.page.switches import read_switch_form
from sandbox.refused import RefusedError
from sandbox.world import World


def do_to_azure(world: World, do: str, typed: Mapping[str, str]) -> str:
    """What a form says, such as "switch quota"; returns the word of the notice, raises RefusedError."""
    word, _, what = do.partition(" ")
    if word == "fault":
        playing.add_fault(world, read_fault_form(what, typed))
        return "fault"
    if word == "switch":
        playing.change_behaviour(world, read_switch_form(what, typed))
        return "switched"
    if word == "clear":
        world.faults.clear()
        return "cleared"
    if word == "reset":
        playing.reset(world)
        return "reset"
    raise RefusedError("There is no such form on this page.")
