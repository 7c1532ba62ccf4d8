"""Say what an import of edited rows will change, what is refused and why. Pure.

Companies may change hands within one import, as long as the row that gives one up is carried out as well.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from billingbot.domain.decision import Decision, EditSettings, LinkCompany, UnlinkCompany
from billingbot.jobs.client_values import FieldChange, fields_to_store, in_force
from billingbot.jobs.compare_import import Comparison, Edited, Present, Target
from billingbot.jobs.read_import import Refused


@dataclass(frozen=True, slots=True)
class Answers:
    """What had to be asked elsewhere: why an invoice cannot be a target, and who decided last about a stale client."""

    unfit: Mapping[Target, str]
    editors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `clients` counts those that change, `unchanged` the rows that are as they stand.

    `refused` are in the order of the file.
    """

    decisions: tuple[Decision, ...]
    changes: tuple[FieldChange, ...]
    clients: int
    refused: tuple[Refused, ...]
    unchanged: int


def plan_import(comparison: Comparison, present: Present, answers: Answers) -> ImportPlan:
    """Return what the edited rows would change; nothing is written."""
    refused = [*comparison.refused, *(edited.refuse(_stale(edited, answers)) for edited in comparison.stale)]
    accepted, more = _accepted(comparison, present, answers)
    changes = [change for edited in accepted for change in _changes(edited, present)]
    return ImportPlan(
        tuple(_decisions(accepted)),
        tuple(changes),
        len(accepted),
        tuple(sorted([*refused, *more], key=lambda row: row.number)),
        comparison.unchanged,
    )


def _stale(edited: Edited, answers: Answers) -> str:
    editor = answers.editors.get(edited.row.client_id)
    who = f", last by {editor}" if editor else ""
    return f"Changed here since the export{who}, or its Row Check is not its own. Export it again."


def _accepted(comparison: Comparison, present: Present, answers: Answers) -> tuple[list[Edited], list[Refused]]:
    wanted = Counter(company_id for edited in comparison.edited for company_id in edited.linking)
    accepted: dict[int, Edited] = {}
    refused: list[Refused] = []
    for edited in comparison.edited:
        why = _unfit_target(edited, answers) or _unfit_company(edited, present, wanted)
        if why:
            refused.append(edited.refuse(why))
        else:
            accepted[edited.row.client_id] = edited
    while held := [(edited, why) for edited in accepted.values() if (why := _held(edited, present, accepted))]:
        for edited, why in held:
            refused.append(edited.refuse(why))
            del accepted[edited.row.client_id]
    return list(accepted.values()), refused


def _unfit_target(edited: Edited, answers: Answers) -> str:
    return next((why for target in edited.targets if (why := answers.unfit.get(target))), "")


def _unfit_company(edited: Edited, present: Present, wanted: Mapping[str, int]) -> str:
    if edited.linking and edited.row.client_id in present.gone:
        return "HaloPSA does not list this client any more: it gets no company."
    for company_id in edited.linking:
        if company_id not in present.listed:
            return f"{present.integration.name} lists no company {company_id}."
        if wanted[company_id] > 1:
            name = present.companies[company_id]
            return f"{name} is wanted by {wanted[company_id]} rows; a company has one client."
    return ""


def _held(edited: Edited, present: Present, accepted: Mapping[int, Edited]) -> str:
    """Say which company another client holds and does not give up in this import."""
    for company_id in edited.linking:
        holder = present.holders.get(company_id)
        if holder is None:
            continue
        giving = accepted.get(holder)
        if giving is None or company_id not in giving.unlinking:
            return f"{present.companies[company_id]} is linked to {present.clients[holder].client}."
    return ""


def _decisions(accepted: list[Edited]) -> Iterator[Decision]:
    """Return the decisions, first those that free companies."""
    for edited in accepted:
        yield from (UnlinkCompany(company_id, edited.row.client_id) for company_id in edited.unlinking)
    for edited in accepted:
        yield from (LinkCompany(company_id, edited.row.client_id) for company_id in edited.linking)
    for edited in accepted:
        if fields := fields_to_store(edited.now.settings, edited.row.settings):
            yield EditSettings(edited.row.client_id, edited.now.version, fields)


def _changes(edited: Edited, present: Present) -> Iterator[FieldChange]:
    now, row = edited.now, edited.row
    if row.company_ids != now.company_ids:
        names = " · ".join(sorted(present.companies.get(company_id, company_id) for company_id in row.company_ids))
        yield FieldChange(row.client_id, now.client, None, now.companies, names)
    after = in_force(row.settings, present.integration)
    for setting, before in now.settings.items():
        if after[setting] != before:
            yield FieldChange(row.client_id, now.client, setting, before, after[setting])
