"""Making hundreds of thousands of values at once without the garbage collector looking at each."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 200_000


@contextmanager
def no_collection() -> Iterator[None]:
    """Values without cycles need no collector; on 100,000 rows it costs a third of the time.

    What many values are left behind is set aside for good: they go when nobody refers to them,
    and a collector that went through them all would hold every thread for seconds.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        if was:
            gc.enable()
