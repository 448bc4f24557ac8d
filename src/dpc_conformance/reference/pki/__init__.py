"""The test PKI: authorities, certificate profiles, keys, and the status services behind the URLs in certificates."""
