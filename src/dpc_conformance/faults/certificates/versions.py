"""Certificates of earlier profile versions: what was right in its day, and what was not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.algorithms import SHA384
from dpc_conformance.faults.certificates.encoding import boolean, octets, sequence, utc_time
from dpc_conformance.faults.certificates.material import CA, NOT_AFTER, ca_template, good, purposes, with_key
from dpc_conformance.faults.certificates.signers import Signer, ec_key, rsa_pkcs1, rsa_spki, spki
from dpc_conformance.faults.certificates.template import Template
from dpc_conformance.faults.mutants import golden, mutant
from dpc_conformance.formats import oids

IN_2018 = datetime(2018, 2, 1, tzinfo=UTC)
IN_2019 = datetime(2019, 10, 1, tzinfo=UTC)
IN_2020 = datetime(2020, 11, 2, tzinfo=UTC)
IN_2021 = datetime(2021, 6, 1, tzinfo=UTC)


def _then(day: datetime, signer: Signer = CA) -> dict[str, Any]:
    """A CA and card of that time, judged a day after issue; of its CRLs nothing is left."""
    issuer = replace(ca_template(signer), not_before=utc_time(day - timedelta(days=365)))
    return {
        "issuer": issuer.signed(),
        "moment": day + timedelta(days=1),
        "card_expiry": day + timedelta(days=1096),
        "crls": (),
    }


def _issued(day: datetime, signer: Signer = CA) -> Template:
    return good(signer).lasting(day, day + timedelta(days=1095)).adding(oids.PIV_NACI, boolean(True))


@golden(
    "of 2018, by profile 1.8: purposes absent, issuer alternative name",
    lambda: _then(IN_2018),
    accepts={"DPC-LC-REMAIN-01"},
)
def of_2018() -> bytes:
    template = _issued(IN_2018).without(oids.EXTENDED_KEY_USAGE)
    return template.adding(oids.ISSUER_ALT_NAME, sequence(names.mail())).signed()


@golden("of October 2019, by profile 1.9: PKINIT client purpose", lambda: _then(IN_2019))
def of_2019() -> bytes:
    value = purposes(oids.CLIENT_AUTH, oids.PKINIT_CLIENT_AUTH)
    return _issued(IN_2019).with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@golden("of 2020, by profile 2.0: P-384 key", lambda: _then(IN_2020))
def of_2020() -> bytes:
    return with_key(_issued(IN_2020), spki(ec_key("phone-384", ec.SECP384R1))).signed()


@golden("of 2021, by profile 2.1: policies critical, which it leaves open", lambda: _then(IN_2021))
def of_2021() -> bytes:
    return _issued(IN_2021).with_criticality(oids.CERTIFICATE_POLICIES).signed()


@golden("of 2018 with a P-384 key, by profile 2.2 at the user's wish", lambda: _then(IN_2018), profile_version="2.2")
def judged_by_2_2() -> bytes:
    return with_key(_issued(IN_2018), spki(ec_key("phone-384", ec.SECP384R1))).signed()


@golden(
    "outlives the PIV Card, as profiles since 2.0 allow",
    card_expiry=NOT_AFTER - timedelta(days=400),
    accepts={"DPC-LC-EXPIRY-01"},
)
def outlives_the_card() -> bytes:
    return good().signed()


@mutant("of 2018 with a P-384 key", {"DPC-CERT-SPKI-03"}, lambda: _then(IN_2018))
def p384_in_2018() -> bytes:
    return with_key(_issued(IN_2018), spki(ec_key("phone-384", ec.SECP384R1))).signed()


@mutant("of 2018 with an RSA-3072 key", {"DPC-CERT-SPKI-02"}, lambda: _then(IN_2018))
def rsa_3072_in_2018() -> bytes:
    return with_key(_issued(IN_2018), rsa_spki(3072)).signed()


@mutant("of 2018, signed with SHA-384 and RSA", {"DPC-CERT-SIGALG-01"}, lambda: _then(IN_2018, rsa_pkcs1()))
def sha384_in_2018() -> bytes:
    return replace(_issued(IN_2018, rsa_pkcs1()), signer=rsa_pkcs1(SHA384, hashes.SHA384)).signed()


@mutant("of 2018 with a key identifier by SHA-256", {"DPC-CERT-SKI-01"}, lambda: _then(IN_2018))
def sha256_ski_in_2018() -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(_issued(IN_2018).public_key[-65:])
    return _issued(IN_2018).with_value(oids.SUBJECT_KEY_IDENTIFIER, octets(digest.finalize()[:20])).signed()


@mutant("of 2021 without NACI, which profile 2.1 demanded", {"DPC-CERT-NACI-01"}, lambda: _then(IN_2021))
def no_naci_in_2021() -> bytes:
    return _issued(IN_2021).without(oids.PIV_NACI).signed()


@mutant("of 2020 without purposes", {"DPC-CERT-EKU-01"}, lambda: _then(IN_2020))
def no_purposes_in_2020() -> bytes:
    return _issued(IN_2020).without(oids.EXTENDED_KEY_USAGE).signed()


@mutant("issuer alternative name in 2020", {"DPC-CERT-EXT-01"}, lambda: _then(IN_2020))
def issuer_name_in_2020() -> bytes:
    return _issued(IN_2020).adding(oids.ISSUER_ALT_NAME, sequence(names.mail())).signed()
