"""Real things behind the interfaces of the roles."""
