"""What was found in certificates, CRLs and OCSP responses: for a person, and for programs."""
