"""The virtual removable token: a derived PIV application beside another one, right in every respect."""
