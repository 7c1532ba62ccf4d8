"""The setup wizard: from nothing to mapped clients. It may be left at any step, and goes on there.

page             the stepper, the step, the buttons below it
  welcome          what it is, what to have at hand, the way into the sandbox
  credentials      HaloPSA, and the distributors
  defaults         what clients inherit, and the HaloPSA item of products
  refresh          all integrations, live
  result           what came of it
steps            which step it is, kept in the database
"""
