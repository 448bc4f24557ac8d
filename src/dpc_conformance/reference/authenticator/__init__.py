"""Simulated FIDO2 authenticators, their maker, and the stock that tests take them from."""
