"""The data objects of the card and how much each container holds (SP 800-73-5 part 1 Appendix A)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dpc_conformance.formats import containers, status_words
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card.wire import Refused, objects_in, tlv

CAPACITIES: Mapping[bytes, int] = {container.tag: container.capacity for container in containers.CONTAINERS}


@dataclass
class DataObjects:
    """What GET DATA answers, by tag: with its wrapper 53, or for Discovery with its own tag.

    `capacities` are bytes of content by tag; a tag that is not among them cannot be written.
    """

    stored: dict[bytes, bytes] = field(default_factory=dict)
    capacities: dict[bytes, int] = field(default_factory=lambda: dict(CAPACITIES))

    def put(self, container: Container, content: bytes) -> None:
        """Store the content of a container, given without wrapper and without own tag, whatever its size."""
        self.stored[container.tag] = tlv(_outer(container.tag), content)

    def content(self, container: Container) -> bytes:
        """What stands inside the wrapper or the own tag; empty when there is no such object."""
        stored = self.stored.get(container.tag)
        return b"" if stored is None else objects_in(stored)[_outer(container.tag)]

    def remove(self, container: Container) -> None:
        """Take the object off the card; nothing happens when there is none."""
        self.stored.pop(container.tag, None)

    def read(self, tag: bytes) -> bytes:
        """The stored object; Refused (6A82) where there is none."""
        if tag not in self.stored:
            raise Refused(status_words.NOT_FOUND)
        return self.stored[tag]

    def write(self, tag: bytes, content: bytes) -> None:
        """Replace the content, an empty one clears the object. Refused with 6A82 for a tag that the card has not, 6A84.

        A refused write leaves the old content.
        """
        if tag not in self.capacities:
            raise Refused(status_words.NOT_FOUND)
        if len(content) > self.capacities[tag]:
            raise Refused(status_words.NOT_ENOUGH_MEMORY)
        self.stored[tag] = tlv(_outer(tag), content)


def _outer(tag: bytes) -> bytes:
    # Discovery and the BIT group template answer under their own short tags, everything else inside 53.
    return tag if len(tag) < 3 else containers.WRAPPER
