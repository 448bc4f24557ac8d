"""What OpenAPI says of the body of a request and of its answer."""

from dataclasses import dataclass
from typing import Any

JSON, FORM, PAGE = "application/json", "application/x-www-form-urlencoded", "text/html"
REFUSAL = {
    "description": "A redirection, or a refusal: a page for a person; for a program the reason and a sentence.",
    "content": {
        JSON: {
            "schema": {
                "type": "object",
                "properties": {"error": {"type": "string"}, "message": {"type": "string"}},
                "required": ["error"],
            }
        },
        PAGE: {"schema": {"type": "string"}},
    },
}


@dataclass(frozen=True)
class Body:
    """JSON Schema of a request's body and of its answer's; None where there is no body, and for a page."""

    asks: dict[str, Any] | None = None
    takes: str = JSON
    answers: dict[str, Any] | None = None
    gives: str = JSON

    def described(self) -> dict[str, Any]:
        """The parts of an operation that are about bodies."""
        answer = {self.gives: {"schema": self.answers}} if self.answers else {PAGE: {"schema": {"type": "string"}}}
        said: dict[str, Any] = {"responses": {"200": {"description": "What was asked for.", "content": answer}}}
        said["responses"]["default"] = REFUSAL
        if self.asks is not None:
            said["requestBody"] = {"required": True, "content": {self.takes: {"schema": self.asks}}}
        return said
