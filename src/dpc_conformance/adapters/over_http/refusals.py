"""Why a product refused: its audit log's word, or else what its clients were told, by the target's table."""

import json
from collections.abc import Sequence
from dataclasses import replace

from dpc_conformance.adapters.over_http.answer import pointed
from dpc_conformance.adapters.over_http.settings import RefusalRow
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TESTER, HttpExchange

REFUSED = 400


class RefusalsSeen:
    """What the clients of the product were refused in this scenario."""

    def __init__(self, rows: Sequence[RefusalRow], error_at: str, origins: Sequence[str], recorder: Recorder) -> None:
        """`origins` are the product's, such as https://issuer.agency.example:8443."""
        self._rows, self._error_at, self._recorder = rows, error_at, recorder
        self._origins = tuple(f"{each}/" for each in origins)

    def explain(self, records: Sequence[AuditRecord]) -> tuple[AuditRecord, ...]:
        """The records, where a refusal without a reason has the one that the client was told.

        Only where the log has exactly as many refusals as clients saw is it certain which is which; an answer that
        the table does not name gives no reason.
        """
        told = [self._reason(each) for each in self._recorder.of(HttpExchange) if self._is_refusal(each)]
        refused = [number for number, each in enumerate(records) if each.outcome == "refused"]
        if len(told) != len(refused):
            return tuple(records)
        reasons = dict(zip(refused, told, strict=True))
        return tuple(
            replace(each, reason=each.reason or reasons.get(number, "")) for number, each in enumerate(records)
        )

    def _is_refusal(self, exchange: HttpExchange) -> bool:
        theirs = exchange.url.startswith(self._origins)
        return theirs and exchange.client != TESTER and exchange.status >= REFUSED

    def _reason(self, exchange: HttpExchange) -> str:
        try:
            said = pointed(json.loads(exchange.response_body), self._error_at)
        except ValueError:
            said = None
        for row in self._rows:
            if row.status == exchange.status and row.error in (None, said):
                return row.reason.value
        return ""
