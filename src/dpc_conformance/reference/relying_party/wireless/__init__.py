"""Wireless networks whose authentication servers others wrote."""
