"""The phone's screens are drawn in the browser, and stand beside those of the workstation in the report."""

import io

from PIL import Image

from dpc_conformance.evidence.records import Screenshot, ScreenShown
from dpc_conformance.reporting.records.attachments import attachments_of
from dpc_conformance.roles.captions import IOS


def pictures_of(visit, act):
    """What a phone's screen leaves in the records."""
    before = len(visit.recorder.timeline())
    act()
    return visit.recorder.timeline()[before:]


def test_each_screen_is_drawn_and_named_as_a_drawing(visit):
    records = pictures_of(visit, visit.cast.phone.open_company_portal)
    [shown] = [each for each in records if isinstance(each, ScreenShown)]
    [drawn] = [each for each in records if isinstance(each, Screenshot)]
    assert shown.title == IOS.app
    assert records.index(drawn) == records.index(shown) + 1
    assert drawn.device == "phone, as the suite draws it"
    with Image.open(io.BytesIO(drawn.picture)) as image:
        assert image.width == 420
        assert len(image.convert("RGB").getcolors(1 << 20)) > 10  # not an empty page
    assert "screenshot of the phone, as the suite draws it" in [each.name for each in attachments_of(records)]


def test_the_same_screen_is_drawn_once(visit):
    records = [pictures_of(visit, visit.cast.phone.open_company_portal) for _ in range(2)]
    [first, again] = [each.picture for both in records for each in both if isinstance(each, Screenshot)]
    assert first is again
