"""What a managed phone asks for besides its configuration."""

import pytest
from example_tenant import ALEX, MDM

from dpc_conformance.protocols.device_management import ManagementRefused
from dpc_conformance.roles.device_manager import ManagedApp
from dpc_conformance.roles.people import Person


def test_apps_are_offered_to_people(manager, enrolled):
    manager.offer_app(ManagedApp("Travel", "https://travel.example/"), ALEX)
    manager.offer_app(ManagedApp("Payroll", "https://payroll.example/"), Person("acct-blake", "B", "B", "b", "b"))
    assert enrolled.apps() == (ManagedApp("Travel", "https://travel.example/"),)


def test_a_user_ends_the_management(manager, enrolled):
    enrolled.unenrol()
    assert manager.devices_of(ALEX)[0].state == "retired"
    with pytest.raises(ManagementRefused, match="device-not-registered"):
        enrolled.check_in({})


@pytest.mark.parametrize(
    "content",
    [{}, {"certificates": []}, {"certificates": {"authentication": 1}}, {"certificates": {"authentication": "!"}}]
    + [{"certificates": {"authentication": "AAAA"}}],
)
def test_a_malformed_check_in_is_refused(manager, enrolled, content):
    with pytest.raises(ManagementRefused) as refused:
        enrolled._call("POST", "/check-ins", content)
    assert refused.value.status == 400
    assert manager.audit()[-1].reason == "request-malformed"
    assert not manager.parts.held.holds(enrolled.device_id, b"\0\0\0")


def test_the_link_of_a_policy_message_is_open_to_everybody(http):
    assert http.get(f"{MDM}/company-portal").status_code == 200
