"""`adapter = "http"` for the role issuer: an issuer reachable over HTTPS."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
from cryptography import x509

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.adapters.over_http.connection import Access, Connection, pem_certificates
from dpc_conformance.adapters.over_http.crl import CrlSource, crl_sources
from dpc_conformance.adapters.over_http.enrolment import EstRenewal, EstWire, Terms, check_enrolment
from dpc_conformance.adapters.over_http.player import Player
from dpc_conformance.adapters.over_http.product import Product, described, keeping, origin_of
from dpc_conformance.adapters.over_http.programs import CmpWire
from dpc_conformance.adapters.over_http.refusals import RefusalsSeen
from dpc_conformance.adapters.over_http.scep import ScepWire
from dpc_conformance.adapters.over_http.settings import IssuerSettings
from dpc_conformance.adapters.over_http.settling import Settling
from dpc_conformance.casting_players import Absent
from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.reference.hostile_parts import HostileParts
from dpc_conformance.reference.impostor import ReferenceImpostor
from dpc_conformance.reference.phone.keys import DeviceKeys
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.stage import HTTPS, SIGN_IN
from dpc_conformance.roles.issuer import Issuer
from dpc_conformance.roles.people import Person
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

ROLE = "issuer"
WIRES: Mapping[str, type[EstWire] | type[CmpWire] | type[ScepWire]] = {"est": EstWire, "cmp": CmpWire, "scep": ScepWire}
ADDRESSES = ("kiosk_address", "sign_in_address", "enrolment_address", "restoration_page", "restoration_address")


@dataclass(frozen=True)
class HttpIssuer:
    """Puts the product into the role, has the phone enrol there, and the judge believe its authorities."""

    product: Product
    settings: IssuerSettings
    anchors: tuple[x509.Certificate, ...]
    authorities: tuple[x509.Certificate, ...]
    crls: tuple[CrlSource, ...]

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "HttpIssuer":
        """Read and check everything that the table names. TargetError: target file, key, problem."""
        file, folder = target.file, target.file.parent
        wanted = fit(settings, IssuerSettings, f"{file}: roles.{ROLE}.", TargetError)
        wrong = keeping(TargetError, file, ROLE)
        if wanted.enrolment is not None:
            check_enrolment(wanted.enrolment, "enrolment", wrong)
        urls = [getattr(wanted, name) for name in ADDRESSES if getattr(wanted, name)]
        urls += [each for each in wanted.crls if each.startswith("http")]
        urls += [wanted.enrolment.url] if wanted.enrolment else []
        product = described(ROLE, Issuer, wanted, Access.read(wanted, folder, tuple(urls), wrong), wrong)
        authorities = wanted.authorities
        made = cls(
            product,
            wanted,
            pem_certificates(folder / wanted.anchors, "anchors", wrong),
            pem_certificates(folder / authorities, "authorities", wrong) if authorities else (),
            crl_sources(wanted.crls, folder, wrong),
        )
        product.access.expect_there(wrong)
        return made

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        connection = self.product.take_part(scene)
        scene.test_pki = scene.test_pki or self.settings.test_pki
        scene.more_anchors += self.anchors
        scene.more_authorities += self.authorities
        scene.crl_sources += [each.opened(scene.server_http) for each in self.crls]
        scene.device_manager.deployed_roots += self.anchors
        if self.settings.enrolment is not None:
            scene.on_phone.append(lambda parts: self._enrol_at_product(scene, parts))
            if self.settings.enrolment.protocol == "est" and self.settings.enrolment.redeem is not None:
                scene.on_hostile_phone.append(lambda parts: self._attack_product(scene, parts))
            else:  # nobody sends malformed requests over the other protocols
                scene.players["hostile_phone"] = lambda: Absent("hostile phone")
        scene.players["impostor"] = lambda: partial(self._impostor, scene)
        settle = scene.mailboxes.before_reading = Settling(self.settings.settles_in, scene.recorder, scene.clock)
        records = SinceTheStart(self._player(connection, {}), settle)
        player = self._player(connection, records.verbs(self._seen(scene)))
        scene.on_card.append(lambda person, certificate: self._open_account(records, person, certificate))
        scene.players[ROLE] = lambda: player

    def _player(self, connection: Connection, more: Mapping[str, Any]) -> Player:
        addresses = {name: getattr(self.settings, name) for name in ADDRESSES if getattr(self.settings, name)}
        return Player(ROLE, connection, self.product.verbs, {**addresses, **more})

    def _seen(self, scene: Scene) -> RefusalsSeen:
        urls = (self.settings.base_url, *(getattr(self.settings, name) or "" for name in ADDRESSES))
        urls = (*urls, self.settings.enrolment.url if self.settings.enrolment else "")
        origins = {origin_of(url) for url in urls if url}
        return RefusalsSeen(self.settings.refusals, self.settings.error_at, sorted(origins), scene.recorder)

    def _open_account(self, records: "SinceTheStart", person: Person, certificate: bytes) -> None:
        """The account of whoever holds a card, where the product has a request for that; else the tester opened it."""
        records.forget(person)
        if "open_account" in self.product.verbs:
            records.player.open_account(person, certificate)

    def _enrol_at_product(self, scene: Scene, parts: PhoneParts) -> None:
        terms = self._terms(scene)
        made = WIRES[terms.table.protocol]
        parts.wire = lambda http: made(terms, http, lambda: parts.management.device_id)
        parts.renewal = lambda _: EstRenewal(terms)
        parts.keys = DeviceKeys(parts.entropy.branch("keys for the product"), scene.pool, terms.table.key)

    def _attack_product(self, scene: Scene, parts: HostileParts) -> None:
        terms = self._terms(scene)
        parts.wire = lambda http: EstWire(terms, http, lambda: parts.management.device_id)

    def _terms(self, scene: Scene) -> Terms:
        assert self.settings.enrolment is not None
        authorities = (*self.authorities, *self.anchors)
        return Terms(self.settings.enrolment, self.product.access.base_url, authorities, scene.recorder, scene.clock)

    def _impostor(self, scene: Scene, port: int) -> ReferenceImpostor:
        """A stranger's server where the product asks for a certificate, or where phones enrol."""
        asks = port == SIGN_IN
        url = httpx.URL(self.settings.sign_in_address if asks else self.settings.enrolment_address)
        authority, names = scene.stage.impostor_authority, scene.stage.names
        stranger = ReferenceImpostor(names, url.host, url.port or HTTPS, authority, scene.clock, asks)
        scene.on_close.append(stranger.leave)
        return stranger


class SinceTheStart:
    """Takes what the product had on record before the scenario out of what it has now.

    Logs show the newest first, or only so many records: neither their number nor their place tells which are new.
    """

    def __init__(self, player: Player, settle: Callable[[], None]) -> None:
        """`settle` waits until the records show what the product has done."""
        self.player, self._settle = player, settle
        settle()
        self._before: tuple[AuditRecord, ...] = player.audit() if hasattr(player, "audit") else ()
        self._held: set[bytes] = set()
        self._accounts: set[str] = set()

    def forget(self, person: Person) -> None:
        """What the person holds now was issued before; that somebody approved the account still holds."""
        self._accounts.add(person.account)
        if hasattr(self.player, "credentials_of"):
            self._held |= {each.certificate for each in self._all_of(person)}

    def verbs(self, seen: RefusalsSeen) -> dict[str, Callable[..., Any]]:
        """The two verbs that tell of records, as far as the product has them."""

        def audit() -> tuple[AuditRecord, ...]:
            return seen.explain(self._new())

        def credentials_of(person: Person) -> tuple[IssuedCredential, ...]:
            return tuple(each for each in self._all_of(person) if each.certificate not in self._held)

        return {each.__name__: each for each in (audit, credentials_of) if hasattr(self.player, each.__name__)}

    def _new(self) -> tuple[AuditRecord, ...]:
        self._settle()
        records: tuple[AuditRecord, ...] = self.player.audit()
        before, new = Counter(self._before), list[AuditRecord]()
        if before - Counter(records):  # Some are shown no more. A new one may equal one of those: its place tells.
            at_the_end, at_the_front = _overlap(self._before, records), _overlap(self._before[::-1], records[::-1])
            records = records if at_the_end >= at_the_front else records[::-1]
            before = Counter(records[: max(at_the_end, at_the_front)])
        elif records and records[0].at > records[-1].at:
            records = records[::-1]
        for each in records:
            holds_still = each.action == "approve" and each.subject in self._accounts
            if before[each] and not holds_still:
                before[each] -= 1
            else:
                new.append(each)
        return tuple(sorted(new, key=lambda record: record.at))

    def _all_of(self, person: Person) -> tuple[IssuedCredential, ...]:
        self._settle()
        try:
            found: tuple[IssuedCredential, ...] = self.player.credentials_of(person)
        except LookupError:
            return ()
        return found


def _overlap(before: tuple[AuditRecord, ...], now: tuple[AuditRecord, ...]) -> int:
    """How many of the records that are shown first now are the last of those before."""
    most = min(len(before), len(now))
    return next((count for count in range(most, 0, -1) if before[-count:] == now[:count]), 0)


ADAPTER = Adapter(ROLE, "http", "An issuer whose requests the target describes.", IssuerSettings, HttpIssuer.read)
