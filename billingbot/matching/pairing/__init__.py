"""From names that are alike to links that are one to one."""
