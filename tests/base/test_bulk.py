"""A run over very much holds the collector still and gives it back as it was."""

import gc

from ipdesk.base.bulk import no_collection


def test_a_bulk_run_leaves_the_collector_as_it_was() -> None:
    was = gc.isenabled()
    try:
        for before in (True, False):
            (gc.enable if before else gc.disable)()
            with no_collection():
                assert not gc.isenabled()
            assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()
