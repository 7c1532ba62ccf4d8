"""A refresh as the command line shows it: a bar a step, then how it ended."""

import time

import click

from billingbot.bootstrap import App
from billingbot.domain.refresh import RefreshRun, RefreshState, Step, Summary
from billingbot.errors import ConfigError, RefreshRunning

_EXIT_CODES = {RefreshState.SUCCEEDED: 0, RefreshState.NEEDS_APPROVAL: 3, RefreshState.CANCELLED: 4}
_FAILED = 1
_WATCH_SECONDS = 0.2


def refresh_and_tell(app: App, integration: str, approve: str | None, actor: str, *, named: bool = False) -> int:
    """Refresh the integration, or watch who does already, say how it ended, and return the exit code.

    Args:
        app: the app.
        integration: its key.
        approve: the run whose missing rows are accepted.
        actor: who asks.
        named: say whose refresh it is first, and go on to the next when it cannot start.
    """
    if named:
        click.echo(app.store.integration(integration).name)
    try:
        ended = _refresh(app, integration, approve, actor)
    except ConfigError as error:
        if not named:
            raise
        click.echo(str(error), err=True)
        return _FAILED
    _say_how_it_ended(ended)
    return _EXIT_CODES.get(ended.state, _FAILED)


def _refresh(app: App, integration: str, approve: str | None, actor: str) -> RefreshRun:
    """Start a run, or join the one that is under way, and follow it to its end. Ctrl-C cancels it."""
    try:
        run_id = app.start_refresh(integration, actor, approve).run_id
    except RefreshRunning as running:
        click.echo(f"{running} Watching it.")
        run_id = running.run_id
    try:
        return _watch(app, run_id)
    except KeyboardInterrupt:
        app.cancel_refresh(run_id, actor)
        return app.store.run(run_id)


def _watch(app: App, run_id: str) -> RefreshRun:
    """Draw a bar a step until the run has ended."""
    current = app.store.run(run_id)
    for step in Step:
        with click.progressbar(length=1, label=f"{step:<28}", width=30) as bar:
            while current.step is step and current.state is RefreshState.RUNNING and current.alive:
                bar.length = max(current.total, 1)
                bar.update(min(current.done, bar.length) - bar.pos)
                time.sleep(_WATCH_SECONDS)
                current = app.store.run(run_id)
            if current.step is not step or current.state is RefreshState.SUCCEEDED:
                bar.update((bar.length or 1) - bar.pos)
        if current.step is step and current.state is not RefreshState.SUCCEEDED:
            break
    return current


def _say_how_it_ended(ended: RefreshRun) -> None:
    if ended.summary:
        for line in _summary_lines(ended.summary):
            click.echo(line)
    elif ended.state is RefreshState.FAILED:
        click.echo(f"{ended.error} Nothing was changed.", err=True)
    elif ended.state is RefreshState.NEEDS_APPROVAL:
        click.echo(
            f"{ended.error} Nothing was changed. If that is right, repeat with --approve {ended.run_id}", err=True
        )
    else:
        click.echo(ended.error or "The process that ran it stopped; nothing was changed.", err=True)


def _summary_lines(summary: Summary) -> list[str]:
    return [
        f"Clients    {summary.clients:>7}   new {summary.clients_new}, renamed {summary.clients_renamed}, "
        f"gone {summary.clients_gone}",
        f"Companies  {summary.companies:>7}   new {summary.companies_new}, renamed {summary.companies_renamed}, "
        f"gone {summary.companies_gone}",
        f"Matched    {summary.linked + summary.review:>7}   confident {summary.linked}, to review {summary.review}",
        f"Suggested  {summary.suggested:>7}",
        f"Unmatched  {summary.unmatched:>7}   clients, and {summary.companies_unmatched} companies",
    ]
