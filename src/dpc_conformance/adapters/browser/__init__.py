"""`adapter = "browser"`: Chromium with the cardholder's card behind PC/SC and a PKCS #11 module."""
