"""What a kit publishes: CRLs, CA certificates and OCSP answers, below the path of its URL on whatever host."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from dpc_conformance.reference.kit.kit import Kit
from dpc_conformance.reference.pki.crl_maker import CrlMaker
from dpc_conformance.reference.pki.ocsp_answerer import OcspAnswerer
from dpc_conformance.reference.pki.ocsp_requests import in_address, posted
from dpc_conformance.reference.pki.repository import Repository
from dpc_conformance.reference.pki.status import PLAIN, STATUS_LINES, Answer


class Publishing:
    """A web application; `now` is the time by which CRLs and answers are current."""

    def __init__(self, kit: Kit, now: Callable[[], datetime]) -> None:
        self._path, self._now = kit.url.path, now
        revocations = kit.revocations()
        self._crls = CrlMaker(revocations)
        self._ocsp = OcspAnswerer(kit.authorities, revocations, kit.responders().of)
        self._repository = Repository(kit.authorities)
        self._authorities = {f"/{each.name}.crl": each for each in kit.authorities}

    def app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The WSGI application; also the target of a client that takes it for its HTTP proxy."""
        status, media_type, body = self._answer(environ)
        headers = [("Content-Type", media_type), ("Content-Length", str(len(body)))]
        start_response(STATUS_LINES[status], headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        path: str = environ["PATH_INFO"]
        service, separator, name = path.removeprefix(self._path).lstrip("/").partition("/")
        if not path.startswith(f"{self._path}/") or not separator:
            return 404, PLAIN, b"no such file\n"
        if service == "ocsp":
            return self._asked(environ, name)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return 405, PLAIN, b"files are fetched with GET\n"
        if service == "crls" and (authority := self._authorities.get(f"/{name}")):
            return 200, "application/pkix-crl", self._crls.crl(authority, self._now())
        if service == "certificates" and (bundle := self._repository.p7c(f"/{name}")):
            return 200, "application/pkcs7-mime", bundle
        return 404, PLAIN, b"no such file\n"

    def _asked(self, environ: dict[str, Any], path: str) -> Answer:
        try:
            request = posted(environ) if environ["REQUEST_METHOD"] == "POST" else in_address(path)
        except ValueError:
            return 400, PLAIN, b"that is not an OCSP request\n"
        return 200, "application/ocsp-response", self._ocsp.answer(request, self._now())
