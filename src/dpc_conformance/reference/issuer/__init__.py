"""The reference issuer: kiosk, enrolment, EST, records; composed of small parts that a test can swap."""
