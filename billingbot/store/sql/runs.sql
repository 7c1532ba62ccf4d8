-- Every refresh run; a condition follows. The last column says whether its process was heard of within its lease.
select
    refresh_run.run_id,
    refresh_run.integration,
    refresh_run.actor,
    refresh_run.state,
    refresh_run.started_at,
    refresh_run.token,
    refresh_run.step,
    refresh_run.done,
    refresh_run.total,
    refresh_run.finished_at,
    refresh_run.error,
    refresh_run.summary,
    refresh_run.missing,
    refresh_run.state <> 'running' or coalesce(lease.expires_at > current_timestamp, false)
from refresh_run
left join lease
    on lease.name = 'refresh:' || refresh_run.integration
    and lease.owner = refresh_run.run_id
    and lease.token = refresh_run.token
