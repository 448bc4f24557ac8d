"""Where the published text of a source can be read: official pages, for the links in the report."""

import re

_PAGES = (
    (r"SP 800-157r1 fpd", "https://csrc.nist.gov/pubs/sp/800/157/r1/fpd"),
    (r"SP 800-157r1", "https://csrc.nist.gov/pubs/sp/800/157/r1/ipd"),
    (r"SP 800-157", "https://csrc.nist.gov/pubs/sp/800/157/final"),
    (r"FIPS 201-3", "https://csrc.nist.gov/pubs/fips/201-3/final"),
    (r"SP 800-73pt1-5", "https://csrc.nist.gov/pubs/sp/800/73/pt1/5/final"),
    (r"SP 800-73pt2-5", "https://csrc.nist.gov/pubs/sp/800/73/pt2/5/final"),
    (r"SP 800-78-5", "https://csrc.nist.gov/pubs/sp/800/78/5/final"),
    (r"SP 800-63B-4", "https://csrc.nist.gov/pubs/sp/800/63/b/4/final"),
    (r"SP 800-79-2", "https://csrc.nist.gov/pubs/sp/800/79/2/final"),
    (r"SP 800-166", "https://csrc.nist.gov/pubs/sp/800/166/final"),
    (r"Common Policy.*Profiles", "https://www.idmanagement.gov/docs/fpki-x509-cert-profiles-common.pdf"),
    (r"Common Policy", "https://www.idmanagement.gov/docs/fpki-x509-cert-policy-common.pdf"),
)
_RFC = re.compile(r"RFC (\d+)")


def page_of(source: str) -> str | None:
    """Address of the first published document named in a requirement's `source`; None where it names none."""
    for part in source.split(";"):
        for pattern, page in _PAGES:
            if re.search(pattern, part):
                return page
        if found := _RFC.search(part):
            return f"https://www.rfc-editor.org/rfc/rfc{found[1]}"
    return None
