"""Where an issuer has the PIV Authentication certificate from: the session with the card (FIPS 201-3 §5.5.1)."""

from dpc_conformance.checks.flow.refusals import KIOSK_SIGN_IN
from dpc_conformance.checks.registry import refusal

refusal("PIV-SRC-PIVAUTHCERT-PUB-01", {"no-certificate"}, KIOSK_SIGN_IN)
