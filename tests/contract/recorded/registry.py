"""What each distributor was recorded to say. A kind that is registered and not recorded fails the contract."""

from tests.contract.recorded import ingram_cloud, ingram_micro, pax8, twilio
from tests.contract.recorded.conversation import Recorded

RECORDED: dict[str, Recorded] = {
    one.key: one for one in (pax8.RECORDED, ingram_micro.RECORDED, ingram_cloud.RECORDED, twilio.RECORDED)
}
