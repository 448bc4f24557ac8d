"""The identity provider as one role: two applications over the same parts."""

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.reference.identity_provider.audit import reason_of_handshake
from dpc_conformance.reference.identity_provider.authenticator_login import AuthenticatorLogin
from dpc_conformance.reference.identity_provider.device_login import SIGN_IN, DeviceLogin
from dpc_conformance.reference.identity_provider.oauth import add_endpoints
from dpc_conformance.reference.identity_provider.parts import IdentityProviderParts
from dpc_conformance.reference.identity_provider.sessions import keep_sessions
from dpc_conformance.reference.serving.web_app import WebApp


class IdentityProvider:
    """Implements roles.identity_provider.IdentityProvider; new for each scenario, state in memory."""

    def __init__(self, parts: IdentityProviderParts) -> None:
        """`app` is served on 443, `sign_in_app` on 8443, where the handshake asks for a client certificate."""
        self.parts = parts
        self.app = WebApp("dpc_conformance.reference.identity_provider")
        self.sign_in_app = WebApp("dpc_conformance.reference.identity_provider.sign_in", own_visitors_only=True)
        keep_sessions(
            (self.app, self.sign_in_app), parts.clock, parts.entropy, parts.settings.sign_in_lifetime, "__Host-session"
        )
        add_endpoints(self.app, self.sign_in_app, parts)
        DeviceLogin(parts).add_to(self.app, self.sign_in_app)
        if parts.home_agency is not None:
            login = AuthenticatorLogin(parts.home_agency, parts.settings, parts.audit, parts.entropy)
            login.add_to(self.app)

    @property
    def device_login_address(self) -> str:
        """The address a person opens at the workstation to type the code."""
        return f"{self.parts.settings.origin}/devicelogin"

    @property
    def issuer_identifier(self) -> str:
        """The OpenID Connect issuer URL, where a device finds the endpoints."""
        return self.parts.settings.origin

    @property
    def authenticator_address(self) -> str:
        """Where somebody signs in with an authenticator that is bound to the account."""
        return f"{self.parts.settings.origin}/authenticator"

    def audit(self) -> tuple[AuditRecord, ...]:
        """Every sign-in and refusal so far, oldest first."""
        return self.parts.audit.records()

    def on_tls_refused(self, reason: str) -> None:
        """What the web server on 8443 calls (`on_refused`) with the TLS library's words."""
        detail = f"TLS handshake: {reason}"
        self.parts.audit.refuse("unknown", SIGN_IN, reason_of_handshake(reason), detail=detail)
