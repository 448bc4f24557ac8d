"""The page that people get when their organisation published no instructions of its own."""

HELP_PATH = "/help/derived-credentials"
HELP_TITLE = "Set up mobile smart card access"
HELP_PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{HELP_TITLE}</title></head>
<body><h1>{HELP_TITLE}</h1>
<p>You need your smart card, a computer or kiosk where you can use it, and this phone.</p>
<ol>
<li>In Company Portal, tap Begin.</li>
<li>At the computer or kiosk, sign in to your organization's credential issuer with your smart card.</li>
<li>Ask for an ID that is activated with a mobile credential. A QR code appears.</li>
<li>On the phone, tap Continue, then Use Camera, and scan the QR code.</li>
<li>Choose an activation secret and wait until Company Portal has finished.</li>
</ol>
</body></html>
"""
OPEN_ON_PHONE_PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{HELP_TITLE}</title></head>
<body><h1>{HELP_TITLE}</h1><p>Open this link on the phone on which Company Portal is installed.</p></body></html>
"""
