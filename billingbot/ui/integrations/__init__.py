"""The parts of the Integrations page; the setup wizard draws its forms too.

page               the cards and what is open above them
  vendor_card        one vendor: status, figures, actions
  dialogs            which dialog is open, and its body
    credential_form    what connects a vendor, Test Credentials
    defaults_form      what an integration's clients inherit, and its schedule
"""
