"""Every page of a system, as a browser gets it in one language."""

from dataclasses import dataclass, field

from dpc_conformance.casting_served import CONSOLE

MOBILE, COUNTER = "Activate with a mobile credential", "Collect a smart card at the counter"
SIGN_IN = 8443


@dataclass
class Visitor:
    """Keeps cookies by host, over both ports, as browsers do; `language` is what it would like to read."""

    system: object
    language: str
    cookies: dict = field(default_factory=dict)

    def __post_init__(self):
        self.clients = {each.address: each.app.test_client(use_cookies=False) for each in self.system.applications}

    def get(self, origin, path, **options):
        return self._ask("get", origin, path, **options)

    def post(self, origin, path, **form):
        return self._ask("post", origin, path, data=form)

    def with_card(self, origin, path):
        """With the card's certificate, as the handshake leaves it."""
        own = self.system.cast.card_certificate
        return self._ask(
            "get", origin, path, environ_overrides={"dpc.client_certificate": own, "dpc.client_chain": [own]}
        )

    def _ask(self, method, origin, path, **options):
        host = origin.split("/")[2].partition(":")[0]
        kept = self.cookies.setdefault(host, {})
        headers = {"Accept-Language": self.language, "Cookie": "; ".join(f"{name}={kept[name]}" for name in kept)}
        answer = getattr(self.clients[origin], method)(path, base_url=origin, headers=headers, **options)
        for line in answer.headers.getlist("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            kept[name] = value
        return answer


def pages_in(system, language):
    """Each page by a name of its own."""
    visitor = Visitor(system, language)
    return dict([*kiosk(visitor), *sign_in(visitor), *others(visitor), *console(system, language)])


def kiosk(visitor):
    issuer, asking = "https://issuer.dpc.example", "https://issuer.dpc.example:8443"
    yield "kiosk start", visitor.get(issuer, "/")
    yield "kiosk signed out", visitor.get(issuer, "/home")
    yield "kiosk without a certificate", visitor.get(asking, "/sign-in")
    visitor.with_card(asking, "/sign-in")
    visitor.get(issuer, "/signed-in")
    for name in ("home", "request", "lost-phone", "reset", "authenticators", "authenticators/password", "restoration"):
        yield f"kiosk {name}", visitor.get(issuer, f"/{name}")
    yield "kiosk no obligations", visitor.post(issuer, "/request", profile=MOBILE)
    yield "kiosk QR code", visitor.post(issuer, "/request", profile=MOBILE, obligations="yes")
    yield "kiosk counter", visitor.post(issuer, "/request", profile=COUNTER, obligations="yes")


def sign_in(visitor):
    provider, asking = "https://idp.dpc.example", "https://idp.dpc.example:8443"
    yield "code", visitor.get(provider, "/devicelogin")
    yield "wrong code", visitor.post(provider, "/devicelogin", user_code="NO-SUCH-CODE")
    yield "lost sign-in", visitor.get(provider, "/confirm")
    yield "authenticator", visitor.get(provider, "/authenticator")
    waiting = visitor.post(provider, "/device_authorization", client_id="company-portal").get_json()
    yield "sign in", visitor.post(provider, "/devicelogin", user_code=waiting["user_code"])
    visitor.with_card(asking, "/sign-in")
    yield "confirmation", visitor.get(provider, "/confirm")
    yield "signed in", visitor.post(provider, "/confirm", decision="continue")


def others(visitor):
    yield "help", visitor.get("https://mdm.dpc.example", "/help/derived-credentials")
    yield "open on the phone", visitor.get("https://mdm.dpc.example", "/smart-card")
    yield "instructions", visitor.get("https://help.dpc.example", "/smart-card")
    yield "no such page", visitor.get("https://issuer.dpc.example", "/no-such-page")
    yield "application", visitor.get("https://app.dpc.example:8443", "/")


def console(system, language):
    client, origin = system.console.test_client(), f"http://127.0.0.1:{system.places[CONSOLE]}"
    for path in ("/", "/administration", "/phone", "/phone/android"):
        yield f"console {path}", client.get(path, base_url=origin, headers={"Accept-Language": language})
