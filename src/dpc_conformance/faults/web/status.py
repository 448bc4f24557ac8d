"""Web servers that do not ask for the status of certificates as they should."""

from dataclasses import replace
from datetime import timedelta

from dpc_conformance.faults.lenient_verifier import ENDED_CRLS, NONCES, lenient
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.relying_party.use_parts import HTTPD, NGINX_WITH_CRLS, NGINX_WITH_OCSP
from dpc_conformance.reference.relying_party.web.httpd import Httpd
from dpc_conformance.reference.relying_party.web.nginx import Nginx
from dpc_conformance.reference.scene import Scene

EACH_USE, INVALIDATED = "DPC-LC-RP-01", "DPC-LC-RP-02"
NO_STATUS, OF_THE_CA = "DPC-PATH-UNAVAIL-01", "DPC-PATH-CA-02"


@fault("nginx reads no CRLs", {EACH_USE, INVALIDATED, NO_STATUS, OF_THE_CA})
def without_crls(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_CRLS] = Nginx()


@fault("web servers fetch CRLs once a month", {EACH_USE, INVALIDATED, OF_THE_CA})
def old_crls(scene: Scene) -> None:
    scene.use.fetch_every = timedelta(days=30)


@fault("nginx takes CRLs that have ended", {EACH_USE, NO_STATUS})
def ended_crls(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_CRLS] = Nginx(crls=True, preload=lenient(scene, ENDED_CRLS))


@fault("nginx asks no responder", {EACH_USE, INVALIDATED, NO_STATUS, OF_THE_CA})
def without_responder(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_OCSP] = Nginx()


@fault("nginx remembers that a certificate was good", {EACH_USE, INVALIDATED, OF_THE_CA})
def remembered(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_OCSP] = Nginx(ocsp=True, remembers=True)


@fault("nginx asks for the status of the end certificate only", {OF_THE_CA})
def leaf_only(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_OCSP] = Nginx(ocsp=True, whom="leaf")


@fault("Apache httpd asks nobody for the status", {EACH_USE, INVALIDATED, NO_STATUS, OF_THE_CA, "DPC-OCSP-NONCE-01"})
def without_ocsp(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(whom="off")


@fault("Apache httpd does not compare the nonce", {"DPC-OCSP-NONCE-01"})
def any_nonce(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = replace(Httpd(), preload=lenient(scene, NONCES))
