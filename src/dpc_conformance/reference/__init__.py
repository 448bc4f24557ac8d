"""The embedded reference implementation of every role, and the test PKI under them."""
