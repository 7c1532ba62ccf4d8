"""Who is at the page: signing in and out, and what is drawn while nobody may come in.

gate       what is drawn instead of the pages, if anything
  welcome    the sign-in page, and why somebody is not let in
  account    the menu of the person who is signed in
claims     what the provider said → SignIn
secrets    the setup, as Streamlit wants to have it
server     what is refused at the start, and the cookies' attributes
"""
