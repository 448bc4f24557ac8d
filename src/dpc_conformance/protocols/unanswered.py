"""How an address that somebody else wrote down turns out to be of no use."""

import httpx

from dpc_conformance.roles.errors import Unreachable

UNANSWERED = (httpx.HTTPError, httpx.InvalidURL, UnicodeError, Unreachable)
"""For `except` around a fetch: nobody answers, or the address is none, or its host has no name that DNS could hold."""
