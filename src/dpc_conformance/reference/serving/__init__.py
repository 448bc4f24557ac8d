"""How the reference serves its applications: ordinary TLS, TLS that asks for a client certificate, plain HTTP."""
