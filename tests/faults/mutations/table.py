"""All guards with a switch, in the order of the report."""

from tests.faults.mutations.access import ACCESS
from tests.faults.mutations.decisions import DECISIONS
from tests.faults.mutations.engines import ENGINES
from tests.faults.mutations.files import FILES
from tests.faults.mutations.leases import LEASES
from tests.faults.mutations.outside import OUTSIDE
from tests.faults.mutations.secrets import SECRETS
from tests.faults.mutations.sending import SENDING

MUTATIONS = (*LEASES, *DECISIONS, *SENDING, *OUTSIDE, *ENGINES, *FILES, *SECRETS, *ACCESS)
