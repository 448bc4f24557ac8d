"""Revocations, holds and their end as CRLs and OCSP show them over time (Common Policy CP 4.9.1, 4.9.5 and 4.9.15)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import service_check
from dpc_conformance.checks.services.context import answered, crls_seen, this_update
from dpc_conformance.evidence.observations import Change, Observations, StatusChanged
from dpc_conformance.formats.crl import CrlView
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.ocsp import GOOD, read_ocsp

TOO_LATE_FOR_THE_NEXT: Final = timedelta(hours=2)
HOLD: Final = 6
REMOVE_FROM_CRL: Final = 8
NO_REQUEST: Final = DoesNotApply("nothing was revoked while the service was observed")
NO_LATER_CRL: Final = CannotTell("no CRL was seen that had to show the change")


def _changes(observations: Observations, *kinds: Change) -> list[StatusChanged]:
    return [one for one in observations if isinstance(one, StatusChanged) and one.change in kinds]


def _due(observations: Observations, asked: datetime) -> CrlView | None:
    """The CRL that has to show a change asked for at that moment: the next, or the one after when that was near."""
    later = [crl for _, crl in crls_seen(observations) if this_update(crl) > asked]
    if not later:
        return None
    if this_update(later[0]) - asked > TOO_LATE_FOR_THE_NEXT:
        return later[0]
    return later[1] if len(later) > 1 else None


@service_check("DPC-LC-REVTIME-01")
def revocations_are_on_the_next_crl(observations: Observations) -> Answer:
    """A revocation asked for is on the next CRL, or on the one after if that was less than two hours away."""
    asked = _changes(observations, "revoke", "hold")
    if not asked:
        return NO_REQUEST
    restored, judged = _changes(observations, "restore"), False
    for one in asked:
        crl = _due(observations, one.at)
        if crl is None or _superseded(one, restored, this_update(crl)):
            continue
        judged = True
        if one.serial not in crl.serials:
            return missing(f"CRL of {this_update(crl)}", f"serial {one.serial}, revoked on {one.at}", "no such entry")
    return None if judged else NO_LATER_CRL


def _said_good(observations: Observations, serial: int) -> Iterator[datetime]:
    for one in answered(observations, "ocsp"):
        try:
            response = read_ocsp(one.body)
        except DerError:
            continue
        for single in response.responses:
            if single.cert_id.serial == serial and single.status == GOOD and single.this_update.moment is not None:
                yield single.this_update.moment


@service_check("DPC-LC-REVLIST-01")
def revocations_stay(observations: Observations) -> Answer:
    """A revoked certificate stays on every CRL, and revoked by OCSP, until it expires."""
    asked, judged = _changes(observations, "revoke"), False
    for one in asked:
        listed: datetime | None = None
        for crl in (crl for _, crl in crls_seen(observations) if this_update(crl) >= one.at):
            if one.expires is not None and this_update(crl) > one.expires:
                break
            if one.serial in crl.serials:
                listed = listed or this_update(crl)
            elif listed is not None:
                return missing(
                    f"CRL of {this_update(crl)}", f"serial {one.serial}, listed since {listed}", "no such entry"
                )
        judged = judged or listed is not None
        for moment in _said_good(observations, one.serial):
            if listed is not None and moment >= listed and (one.expires is None or moment <= one.expires):
                return unexpected(f"OCSP response of {moment}", f"serial {one.serial} revoked", GOOD)
    if not asked:
        return NO_REQUEST
    return None if judged else CannotTell("the certificate was seen on no CRL, which the rule on when it is reports")


@service_check("DPC-LC-SUSP-01")
def holds_come_and_go(observations: Observations) -> Answer:
    """A held certificate is on the CRL with certificateHold, and a restored one on no full CRL after."""
    changes = _changes(observations, "hold", "restore")
    all_changes = _changes(observations, "hold", "restore", "revoke")
    judged = False
    for one in changes:
        crl = _due(observations, one.at)
        if crl is None or _superseded(one, all_changes, this_update(crl)):
            continue
        judged, where = True, f"CRL of {this_update(crl)}"
        entry = next((entry for entry in crl.entries or () if entry.serial == one.serial), None)
        if one.change == "restore" and entry is not None:
            return unexpected(
                where, f"no entry for serial {one.serial}, restored on {one.at}", f"reason {entry.reason}"
            )
        if one.change == "hold" and (entry is None or entry.reason != HOLD):
            actual = "no entry" if entry is None else f"reason {entry.reason}"
            return missing(where, f"serial {one.serial} with reason certificateHold (6)", actual)
    for _, crl in crls_seen(observations) if changes else ():
        if any(entry.reason == REMOVE_FROM_CRL for entry in crl.entries or ()):
            return unexpected(f"CRL of {this_update(crl)}", "no removeFromCRL in a full CRL", "reason 8")
    if not changes:
        return DoesNotApply("nothing was held while the service was observed")
    return None if judged else NO_LATER_CRL


def _superseded(one: StatusChanged, changes: list[StatusChanged], until: datetime) -> bool:
    return any(later.serial == one.serial and one.at < later.at <= until for later in changes)
