"""The Users page: who has signed in, and what each may do.

page     the list
  row      one person
  confirm  what is asked before somebody loses something
state    what the page remembers
"""
