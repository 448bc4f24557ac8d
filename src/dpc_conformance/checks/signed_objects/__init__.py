"""Rules on the signed objects of cards and tokens: CHUID, biometrics and Security Object."""
