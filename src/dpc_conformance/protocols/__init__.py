"""The client's side of each wire: TLS, HTTP, the card edge, the device grant, enrolment."""
