"""Rules on what says whether a certificate is revoked: CRLs and OCSP responses."""
