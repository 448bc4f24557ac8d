"""Web applications on web servers that others wrote."""
