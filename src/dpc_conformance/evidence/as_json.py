"""How text that a product sent goes into files: JSON may name half a character (a lone surrogate), UTF-8 may not."""

AS_JSON = "backslashreplace"
"""For `errors`: in JSON this is the escape by which such a half was named, so that it is read back as it came."""
