@epic:Card
Feature: The certificates on the card and their keys
  SP 800-73-5 part 1 §3.1.3, §3.1.4, §3.2 and table 5: what each certificate is for, whose key it names, and when the
  card uses that key. Field by field these certificates are judged in features/credential.

  Background:
    Given what the cardholder's card gives away

  Rule: PIV Authentication, key 9A

    @PIV-SRC-AUTHCERT-01
    Scenario: The PIV Authentication certificate is that of a PIV Card
      Then the card meets these requirements
        | requirement         | in words                                                                                                 |
        | PIV-SRC-AUTHCERT-01 | The PIV Authentication certificate has policy, purposes, names, OCSP and dates of a PIV Card, and a path |

    @PIV-SRC-AUTHCERT-02
    Scenario: The PIV Authentication key is that of its certificate
      Then the card meets these requirements
        | requirement         | in words                                                                          |
        | PIV-SRC-AUTHCERT-02 | What key 9A signs after the PIN verifies under the PIV Authentication certificate |

    @PIV-SRC-AUTHCERT-03
    Scenario: The PIV Authentication key does nothing before the PIN
      Then the card meets these requirements
        | requirement         | in words                                        |
        | PIV-SRC-AUTHCERT-03 | Key 9A answers 6982 before the PIN was verified |

  Rule: Card Authentication, key 9E

    @PIV-SRC-CARDAUTH-01
    Scenario: The Card Authentication certificate is about the card alone
      Then the card meets these requirements
        | requirement         | in words                                                                                                  |
        | PIV-SRC-CARDAUTH-01 | The Card Authentication certificate has policy, purpose, names and subject for the card alone, and a path |

    @PIV-SRC-CARDAUTH-02
    Scenario: The Card Authentication key answers anybody
      Then the card meets these requirements
        | requirement         | in words                                                                                          |
        | PIV-SRC-CARDAUTH-02 | Key 9E answers without the PIN, and its answer verifies under the Card Authentication certificate |

  Rule: Digital signature and key management, keys 9C and 9D

    @PIV-SRC-SIGCERT-01
    Scenario: Signature and key management certificates may be read to prepare derived ones
      Then the card meets these requirements
        | requirement        | in words                                                                                                  |
        | PIV-SRC-SIGCERT-01 | Signature and key management certificates, where they are, have usage and policy of theirs and their keys |
