"""Requirements that scenarios are tagged with and that no seeded defect can turn red, each with the reason."""

WITHOUT_DEFECT = {
    "DPC-ISS-INPERSON-02": "a permission (MAY): whoever asks for a visit does nothing wrong",
    "DPC-ISS-LIMIT-01": "a permission (MAY): one credential for each card is allowed, too",
}
