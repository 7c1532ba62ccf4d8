"""A table as a file: CSV, Excel, PDF. Pure: a `Table` goes in, bytes come out; nothing is read but the fonts."""
