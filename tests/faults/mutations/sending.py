"""Guards of money: what is sent to HaloPSA arrives once."""

from tests.faults.mutations.mutation import Mutation

_SEND = "billingbot/jobs/send_invoice.py"
_STEPS = ("tests/faults/test_send_steps.py::test_a_process_that_ends_at_any_step_sends_nothing_twice",)
_LOST = ("tests/unit/jobs/test_send_lost_answers.py",)
_CHANGED = ("tests/unit/jobs/test_send_outdated.py",)

SENDING = (
    Mutation(
        "ledger-first",
        "4",
        "An entry is in the ledger before HaloPSA is called",
        _SEND,
        (
            (
                "        self.store.begin_entry(entry, self.lease)\n"
                "        self.outside.reached(SendStep.ENTRY_WRITTEN)\n",
                "        self.outside.reached(SendStep.ENTRY_WRITTEN)\n",
            ),
            (
                "        self.outside.reached(SendStep.SENT)\n",
                "        self.outside.reached(SendStep.SENT)\n        self.store.begin_entry(entry, self.lease)\n",
            ),
        ),
        _STEPS,
        "duckdb and sent-1",
    ),
    Mutation(
        "look-before-resend",
        "4",
        "An invoice that may have arrived is looked up by its reference before one is created",
        "billingbot/connectors/halo/halo_psa.py",
        (("        return self._invoicing.referred(client_id, reference)\n", "        return None\n"),),
        _STEPS,
        "duckdb and sent-1",
    ),
    Mutation(
        "late-arrival",
        "4",
        "It is looked up once more right before, for it may have arrived after it was looked up",
        _SEND,
        (("        if planned.action is PlanAction.CREATE and (arrived", "        if planned is None and (arrived"),),
        _LOST,
    ),
    Mutation(
        "lines-before-resend",
        "4",
        "Lines that may be on an invoice already are looked for there before they are added again",
        "billingbot/jobs/compare_target.py",
        (
            (
                "        return not {line.key for line in entry.lines}.isdisjoint(line.key for line in target.lines)\n",
                "        return False\n",
            ),
        ),
        _STEPS,
        "duckdb and sent-2",
    ),
    Mutation(
        "lost-answer",
        "3",
        "A lost answer is not taken for a refusal",
        _SEND,
        (
            (
                "            return self._after_lost_answer(entry, target, error)\n",
                "            at, ended = self.outside.now(), SentState.FAILED\n"
                "            self.store.end_entry(entry.entry_id, self.lease, ended, at, error=str(error))\n"
                "            raise\n",
            ),
        ),
        _LOST,
    ),
    Mutation(
        "changed-invoice",
        "12",
        "An invoice that was changed in HaloPSA since the plan gets no lines",
        _SEND,
        (
            (
                "target is not None and fingerprint(target) != planned.fingerprint:",
                "target is not None and not planned:",
            ),
        ),
        _CHANGED,
    ),
    Mutation(
        "open-entry",
        "4",
        "Nothing is sent for a client while it is not known what became of the last try",
        "billingbot/store/ledger_writes.py",
        (("    if SentState(state) in OPEN:\n", "    if not state:\n"),),
        ("tests/unit/store/test_ledger.py",),
    ),
)
