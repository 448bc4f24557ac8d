"""The removable token: the derived PIV application on a secure element of its own (SP 800-157 Appendix B)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dpc_conformance.roles.card import Card


@dataclass(frozen=True)
class TokenSecrets:
    """What the tester knows of a token. None of it may reach a log, a report or the text of an exception.

    `activation_secret` has six to eight characters (key reference 80), `unblocking_key` eight bytes (81);
    `administration_algorithm` is the identifier of the token management key 9B (08, 0A, 0C, or 03 for 3TDEA).
    """

    activation_secret: str = field(repr=False)
    unblocking_key: bytes = field(repr=False)
    administration_key: bytes = field(repr=False)
    administration_algorithm: int


@dataclass(frozen=True)
class Token:
    """A token in the tester's hand.

    `aid` is the AID of the derived PIV application, `other_aid` that of another application on the same token;
    `spare_key` is the key reference whose key pair a test may replace; `may_be_changed` says whether tests may write,
    block and reset it, `expendable` whether they may make it useless for good. `contactless` gives the same token at
    its contactless interface, `another` a further token of the same product; both raise NotSupported. `fetch` gives
    what stands behind the URL of the Key History; None when nothing answers there.
    """

    card: Card
    secrets: TokenSecrets
    aid: bytes
    other_aid: bytes
    spare_key: int
    contactless: Callable[[], Card]
    another: Callable[[], "Token"]
    fetch: Callable[[str], bytes | None]
    may_be_changed: bool = True
    expendable: bool = True
