"""Drills of writes: between Apply and its end, with every PUT counted that Azure got."""
