"""What is in the air: which access point answers under which network's name."""

from dataclasses import dataclass, field

from dpc_conformance.roles.errors import Unreachable


@dataclass(frozen=True)
class AccessPoint:
    """An access point and the authentication server behind it (RADIUS, RFC 2865).

    `host` is an IPv4 address; `secret` is what access point and server share.
    """

    host: str
    port: int
    secret: str = field(repr=False)


class Air:
    """The access points in reach. Of two with the same name the nearer one answers: the last that came up."""

    def __init__(self) -> None:
        self._access_points: dict[str, list[AccessPoint]] = {}

    def come_up(self, ssid: str, access_point: AccessPoint) -> None:
        """From now on that access point answers under the name."""
        self._access_points.setdefault(ssid, []).append(access_point)

    def go_down(self, ssid: str, access_point: AccessPoint) -> None:
        """It answers no more."""
        self._access_points[ssid].remove(access_point)

    def nearest(self, ssid: str) -> AccessPoint:
        """Who answers under that name. Raises Unreachable."""
        if not self._access_points.get(ssid):
            raise Unreachable(ssid, "no such wireless network in reach")
        return self._access_points[ssid][-1]
