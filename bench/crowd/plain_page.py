"""About the least that a page can be: it says what was typed. `python -m bench.load` runs it."""

import streamlit as st

st.markdown(f"You typed {st.text_input('Text', key='text')}")
