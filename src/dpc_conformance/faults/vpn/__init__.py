"""Defects of gateways and of what asks them for tunnels."""
