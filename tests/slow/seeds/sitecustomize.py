"""Python imports this module before all others: in a seeded copy it puts the fault in."""

import os

if "GRADVIZ_FAULT" in os.environ:
    from seeded_faults import FAULTS
    from seeding import seed

    seed(FAULTS[os.environ["GRADVIZ_FAULT"]])
