"""The reference workstation: a browser with a card reader."""
