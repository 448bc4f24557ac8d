"""Web servers that take certificates which are not for them, or refuse those that are."""

from dpc_conformance.faults.lenient_verifier import (
    CRITICAL_EXTENSIONS,
    DATES,
    NO_OTHER_EXPONENTS,
    PURPOSES,
    lenient,
)
from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import oids
from dpc_conformance.reference.relying_party.use_parts import HTTPD, HTTPD_AAL3, NGINX_WITH_CRLS, NGINX_WITH_OCSP
from dpc_conformance.reference.relying_party.web.httpd import COMMON_NAME, Httpd
from dpc_conformance.reference.relying_party.web.nginx import Nginx
from dpc_conformance.reference.scene import Scene


@fault("nginx lets in whoever shows no certificate", {"DPC-LC-RP-01"})
def without_certificate(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_CRLS] = Nginx(crls=True, verify="optional", otherwise="guest")


@fault("Apache httpd lets in whoever shows no certificate", {"DPC-LC-RP-01"})
def guests(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(guests=True)


@fault("Apache httpd does not look at dates", {"DPC-LC-RP-01", "DPC-PATH-TIME-01"})
def any_time_at_httpd(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(preload=lenient(scene, DATES))


@fault("nginx does not look at dates", {"DPC-LC-RP-01", "DPC-PATH-TIME-01"})
def any_time(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_OCSP] = Nginx(ocsp=True, preload=lenient(scene, DATES))


@fault("nginx does not look at what a certificate is for", {"DPC-PATH-EKU-01", "DPC-KM-USE-01"})
def any_purpose(scene: Scene) -> None:
    scene.use.web_software[NGINX_WITH_CRLS] = Nginx(crls=True, preload=lenient(scene, PURPOSES))


@fault("Apache httpd passes over critical extensions", {"DPC-PATH-CRIT-01"})
def any_extension(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(preload=lenient(scene, CRITICAL_EXTENSIONS))


@fault("Apache httpd accepts any policy", {"DPC-PATH-POLICY-01"})
def any_policy(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(policies=())


@fault("Apache httpd demands a policy of PIV Cards", {"DPC-PATH-POLICY-01"})
def policy_of_cards(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(policies=(oids.COMMON_AUTHENTICATION,))


@fault("Apache httpd takes the High policy for that of hardware credentials", {"DPC-LC-RP-03"})
def high_is_hardware(scene: Scene) -> None:
    scene.use.web_software[HTTPD_AAL3] = Httpd(policies=(oids.DERIVED_PIV_AUTH_HARDWARE, oids.COMMON_HIGH))


@fault("Apache httpd lets software credentials in where AAL3 is demanded", {"DPC-LC-RP-03"})
def software_for_hardware(scene: Scene) -> None:
    scene.use.web_software[HTTPD_AAL3] = Httpd()


@fault("Apache httpd finds accounts by the common name", {"DPC-PATH-MAP-01"})
def by_name(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(known_by=COMMON_NAME)


@fault("Apache httpd refuses RSA keys with an unusual exponent", {"DPC-CRY-EXP-02"})
def usual_exponents(scene: Scene) -> None:
    scene.use.web_software[HTTPD] = Httpd(preload=lenient(scene, NO_OTHER_EXPONENTS))


@fault("web servers are told to trust another root", {"DPC-PATH-ANCHOR-01"})
def another_root(scene: Scene) -> None:
    scene.use.anchor = scene.stage.pki.foreign_authority.certificate
