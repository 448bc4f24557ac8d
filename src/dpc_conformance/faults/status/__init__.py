"""CRLs and OCSP responses with one defect each, and good ones."""
