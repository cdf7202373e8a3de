"""Questions to the views of `schema.sql`, answered as frames for a page: overview, space, decisions, shortfalls."""
