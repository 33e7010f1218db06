"""A set of changes that were asked for together, four at a time, and a worker that dies among them."""

from tests.drills.engine.writes.drill import WriteDrill

COUNT = 12


def test_the_worker_dies_twice_among_twelve_changes(drill: WriteDrill):
    for _ in range(COUNT - 1):
        drill.another_order()
    drill.apply_all()
    for ended in (1, 6):
        drill.until(lambda: sum(bool(order.change.finished_at) for order in drill.orders) >= ended, f"{ended} ended")  # noqa: B023 - waited for here
        drill.linger(1)
        drill.kill(drill.worker)
        drill.worker.start()
    drill.mended()
    drill.ends_well()
