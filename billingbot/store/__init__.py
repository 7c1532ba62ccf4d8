"""The database: migrations, SQL, and an adapter for each engine. The only package that speaks to a database."""
