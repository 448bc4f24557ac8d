"""Audit records, in the shape every server role hands them out."""

from dpc_conformance.evidence.decisions import AuditRecord

__all__ = ["AuditRecord"]
