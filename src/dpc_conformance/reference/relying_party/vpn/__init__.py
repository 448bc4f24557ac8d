"""Gateways that others wrote."""
