"""Carrying out what the grid handed over, each event once, before anything of the page is drawn.

Each event is a request of its own, named after the outbox and its number: if the process dies between the change and
its acknowledgement, the event comes again and finds itself done.
"""

from billingbot.bootstrap import App
from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Action, Change, LinkCompany, Receipt, Stamp
from billingbot.domain.integration import Assignment, Integration
from billingbot.errors import AccessRefused, DecisionRefused, NotFound, Refusal
from billingbot.jobs.decide import assign_company, confirm_links, delete_assignment, edit_client, reject_suggestions
from billingbot.jobs.undo import undo
from billingbot.ui.change_words import change_words
from billingbot.ui.client_list import client_lists
from billingbot.ui.client_page import DialogKind, PageState
from billingbot.ui.grid_events import Answer, Event, Open, Outbox, ShowAll, Tick, Undo


def carry_out(app: App, state: PageState, integration: Integration, outbox: Outbox) -> None:
    """Carry out the events that are new, in order, and acknowledge them.

    What is refused for good (somebody was faster, or the role is not enough) is told and acknowledged. `StoreError`
    passes through: what was not saved stays in the outbox, and the grid hands it over again; so does `AccessRefused` of
    somebody who is not signed in any more.
    """
    done = app.store.acknowledged(outbox.boot)
    if outbox.last <= done:
        return
    state.refused = ()
    for number, event in outbox.events.items():
        if number <= done:
            continue
        stamp = app.stamp(app.actor, f"{outbox.boot}:{number}")
        try:
            _carry_out(app, state, integration, event, stamp)
        except DecisionRefused as error:
            state.clashes += error.clashes
            state.refused += tuple(clash.client_id for clash in error.clashes)
        except NotFound as error:
            state.problem = str(error)
        except AccessRefused as error:
            if error.refusal is not Refusal.ROLE:
                raise  # nobody is signed in any more: in the next run the sign-in page stands here
            state.problem = str(error)
            state.refused += (event.client_id,) if isinstance(event, Tick | Answer) else ()
        app.store.acknowledge(outbox.boot, number, app.now())
        done = number
    if done < outbox.last:
        app.store.acknowledge(outbox.boot, outbox.last, app.now())


def _carry_out(app: App, state: PageState, integration: Integration, event: Event, stamp: Stamp) -> None:
    match event:
        case Tick():
            _tick(app, state, integration, event, stamp)
        case Answer():
            _tell(app, state, integration, _answer(app, integration, event, stamp), _company(app, integration, event))
        case Open(kind, client_ids, filters):
            state.open(kind, client_ids, filters)
        case Undo(batch):
            receipt = undo(app.store, batch, stamp)
            state.saved("Undone", receipt.batch)
        case ShowAll():
            state.shows_all = True


def _tick(app: App, state: PageState, integration: Integration, tick: Tick, stamp: Stamp) -> None:
    receipt = edit_client(app.store, integration.key, tick.client_id, tick.version, {tick.setting: tick.value}, stamp)
    _tell(app, state, integration, receipt, "")
    needs_target = tick.setting is Setting.ASSIGNMENT and tick.value in (Assignment.LAST, Assignment.RECURRING)
    if needs_target and app.store.settings(integration.key, tick.client_id).lacks_target(integration):
        state.open(DialogKind.ASSIGN_INVOICE, (tick.client_id,))


def _answer(app: App, integration: Integration, answer: Answer, stamp: Stamp) -> Receipt:
    pair = [(answer.company_id, answer.client_id)]
    match answer.kind:
        case "accept":
            return assign_company(app.store, integration.key, _suggested(app, integration, answer), stamp)
        case "reject":
            return reject_suggestions(app.store, integration.key, pair, stamp)
        case "confirm":
            return confirm_links(app.store, integration.key, pair, stamp)
        case _:
            return delete_assignment(app.store, integration.key, answer.client_id, [answer.company_id], stamp)


def _suggested(app: App, integration: Integration, answer: Answer) -> LinkCompany:
    """Return the link with the score and the reason of the suggestion; one that has gone is refused by the store."""
    offered = app.store.candidates(integration.key, [answer.client_id])
    meant = offered[offered["company_id"] == answer.company_id]
    if meant.empty:
        return LinkCompany(answer.company_id, answer.client_id, suggested=True)
    score, reason = float(meant["score"].iloc[0]), meant["reason"].iloc[0]
    return LinkCompany(answer.company_id, answer.client_id, score, reason, suggested=True)


def _company(app: App, integration: Integration, answer: Answer) -> str:
    return next(iter(app.store.company_names(integration.key, [answer.company_id])), "")


def _tell(app: App, state: PageState, integration: Integration, receipt: Receipt, company: str) -> None:
    # To unlink is also to reject the pair, to link also to forget a rejection: that goes without saying.
    companions = (Action.REJECT, Action.FORGET)
    told = [change for change in receipt.changes if change.action not in companions] or receipt.changes
    if told:
        state.saved(_words(app, integration, told[-1], company), receipt.batch)


def _words(app: App, integration: Integration, change: Change, company: str) -> str:
    client = client_lists(sandbox=app.sandbox).name_of(integration.key, change.about_client)
    return f"{client} · {change_words(change, company)}"
