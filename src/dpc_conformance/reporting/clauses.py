"""From the source of a requirement to documents and clauses, as an assessor looks them up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OTHER = "Other sources"
_DOCUMENTS = (
    (r"SP 800-157r1", "NIST SP 800-157r1 (drafts)"),
    (r"SP 800-157\b", "NIST SP 800-157 (2014)"),
    (r"Cert & CRL Profiles", "Common Policy: certificate and CRL profiles"),
    (r"Common Policy", "Common Policy"),
    (r"FIPS 201-3", "FIPS 201-3"),
    (r"SP 800-73pt1-5", "NIST SP 800-73-5 part 1"),
    (r"SP 800-73pt2-5", "NIST SP 800-73-5 part 2"),
    (r"SP 800-78-5", "NIST SP 800-78-5"),
    (r"SP 800-63B-4", "NIST SP 800-63B-4"),
    (r"SP 800-79-2", "NIST SP 800-79-2"),
    (r"SP 800-166", "NIST SP 800-166"),
)
_RFC = re.compile(r"RFC \d+")
_PARTS = re.compile(r";(?![^(]*\))|->")
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_CLAUSE = re.compile(r"§\d+(?:\.\d+)*|App\. [A-Z](?:\.\d+)*|WS\d+|Tables? \d+")


@dataclass(frozen=True)
class Clause:
    """A clause of a document; `name` is empty where the source names no clause."""

    document: str
    name: str

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        """The order of a table of contents: §3.2 before §3.10."""
        parts = re.findall(r"\d+|\D+", self.name)
        return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def clauses_of(source: str) -> tuple[Clause, ...]:
    """Every clause that a requirement's `source` names, each once, in the order of the text."""
    return tuple(dict.fromkeys(clause for part in _PARTS.split(source) for clause in _in(part)))


def place_of(document: str) -> tuple[int, str]:
    """The order in which a report lists documents; RFCs and other sources follow those that have a place."""
    known = [name for _, name in _DOCUMENTS]
    return (known.index(document) if document in known else len(known) + (document == OTHER), document)


def _in(part: str) -> Iterator[Clause]:
    document = _document(part)
    for name in _CLAUSE.findall(_ASIDE.sub("", part)) or [""]:
        yield Clause(document, name)


def _document(part: str) -> str:
    for pattern, name in _DOCUMENTS:
        if re.search(pattern, part):
            return name
    found = _RFC.search(part)
    return found[0] if found else OTHER
