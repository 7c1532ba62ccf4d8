"""Use cases, one verb a file. They know the domain and the ports, and nothing of HTTP, SQL or pages."""
