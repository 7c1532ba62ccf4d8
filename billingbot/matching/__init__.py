"""Which company is which client, judged by ids and names. Pure: frames in, frame out."""
