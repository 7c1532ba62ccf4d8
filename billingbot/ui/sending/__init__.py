"""Charges into HaloPSA, as a page offers it: the bar with Plan and what runs, the plan's dialog, and what was sent.

A page keeps a `SendDesk` in its session state, draws `bar.draw_plan_button` where the button belongs,
`bar.draw_send_status` where what runs is to be seen, and `dialog.draw_plan_dialog` as the last thing of its run.
`history.draw_history` is what was sent for a month: the view Sent.
"""
