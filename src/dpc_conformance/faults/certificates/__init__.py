"""Certificates with one defect each, and good ones, all complete DER objects that are judged as files."""
