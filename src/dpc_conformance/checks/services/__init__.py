"""Rules on the services behind the URLs of certificates, over what was observed of them."""
