"""The page that lies in a kit and says what it is for, and above all what its roots are not for."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from dpc_conformance.reference.kit.tables import KitCard, KitTable
from dpc_conformance.reference.pki.authority import Authority

TEXT = """\
# A kit for the lab

**These roots must never enter a production trust store.** Their keys lie unlocked in `keys/`: whoever has this folder
can make a card for anybody. Trust them on lab systems only, and take them out again when the lab is over.

Root: `{name}`, SHA-256 `{fingerprint}`.
Made {made:%Y-%m-%d}, for use until {ends:%Y-%m-%d}: after that, cards are no longer what the table says, and it is
time for a new kit.

* `roots/` has what the product must trust for PIV Cards, `authorities/` the CAs below it. PEM and DER are the same.
* `cards/` has a card in each folder: an image (`dpc card show`, `dpc card check`, `dpc card plug --image`), and
  `sign-in.p12` with the PIV Authentication key, certificate and CAs, whose password is the PIN. The other `.p12` files
  belong to the image and have no password.
* `cards.toml` says for each card what is special about it, its PIN, its holder, and what an issuer must make of it.
* `keys/` has the keys of CAs and OCSP responders, for the service below. Only the owner of this folder may read it.
* `SHA256SUMS` finds a file that was damaged: `sha256sum --check SHA256SUMS`.

The certificates name CRLs, CA certificates and OCSP responders below {base_url}. Let that name lead to
the machine that publishes them, and there keep running:

    dpc kit serve FOLDER --listen 0.0.0.0:{port}

Every CRL and answer is made when it is asked for, so they are current by that machine's clock at any time. The product
needs an account for each holder below, and none for the one that says so. Then, in the target:

    [roles.card]
    adapter = "kit"
    folder = "FOLDER"

| card | holder | user principal name | what is special | must be |
|---|---|---|---|---|
{rows}
"""


def readme(table: KitTable, cards: Iterable[KitCard], root: Authority) -> str:
    """The page, without the PINs."""
    port = table.base_url.removeprefix("http://").partition("/")[0].rpartition("]")[2].partition(":")[2] or "80"
    return TEXT.format(
        name=root.subject.rfc4514_string(),
        fingerprint=_fingerprint(root.certificate),
        made=table.made,
        ends=table.ends,
        base_url=table.base_url,
        port=port,
        rows="\n".join(map(_row, cards)),
    )


def _row(card: KitCard) -> str:
    must = f"refused: {' or '.join(card.reasons)} (seen in the {card.seen_in})" if card.reasons else card.must_be
    account = card.holder.upn if card.open_account else f"{card.holder.upn}, no account"
    return f"| {card.kind} | {card.holder.given_name} {card.holder.surname} | {account} | {card.special} | {must} |"


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex(":").upper()
