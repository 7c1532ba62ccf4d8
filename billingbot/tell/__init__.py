"""What the command line says: each command's work as a terminal shows it, and its exit code.

refresh      a refresh: a bar a step, then how it ended
charges      fetching a month's charges, and their sums
plan         what HaloPSA would get, and what speaks against it
sending      sending a plan, and what came of it
  terminal     foreign text and tables that are safe to show
"""
