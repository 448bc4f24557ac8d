"""Tunnels by IKEv2 between two networks of a scenario."""
