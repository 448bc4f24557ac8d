"""Requirements that scenarios are tagged with and that no seeded defect can turn red, each with the reason."""

WITHOUT_DEFECT = {
    "DPC-ISS-INPERSON-02": "a permission (MAY): whoever asks for a visit does nothing wrong",
}
