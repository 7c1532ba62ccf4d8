"""The parts that pages are drawn with. The only package, beside app.py and pages/, that imports streamlit."""
