"""Signs the Security Object again when objects of a finished card have changed (SP 800-73-5 part 1 §3.1.7)."""

from collections.abc import Iterable

from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.wire import objects_in

MAPPING = b"\xba"
ENTRY_BYTES = 3


def listed(objects: DataObjects) -> tuple[Container, ...]:
    """The containers that the Security Object on the card lists, in its order."""
    mapping = objects_in(objects.content(containers.SECURITY_OBJECT))[MAPPING]
    numbers = [int.from_bytes(mapping[at + 1 : at + ENTRY_BYTES], "big") for at in range(0, len(mapping), ENTRY_BYTES)]
    return tuple(found for number in numbers if (found := containers.by_id(number)) is not None)


def seal(objects: DataObjects, signer: ContentSigner, chosen: Iterable[Container] | None = None) -> None:
    """Put a Security Object with the hashes of those containers as they are now, by default of the same as before."""
    contents = {each: objects.content(each) for each in (listed(objects) if chosen is None else chosen)}
    objects.put(containers.SECURITY_OBJECT, card_data.security_object(contents, signer))
