@epic:Card
Feature: The Cardholder Unique Identifier
  SP 800-73-5 part 1 §3.1.2 and §3.4.1: container 5FC102, who the card is, until when, and who says so.

  Background:
    Given what the cardholder's card gives away

  Rule: Its elements

    @PIV-SRC-CHUID-01
    Scenario: The CHUID has its elements in their order
      Then the card meets these requirements
        | requirement      | in words                                                                                                 |
        | PIV-SRC-CHUID-01 | The CHUID is there with FASC-N, GUID, expiration date, signature and end, in that order and nothing else |

    @PIV-SRC-CHUID-02
    Scenario: The FASC-N is well formed
      Then the card meets these requirements
        | requirement      | in words                                                                                                 |
        | PIV-SRC-CHUID-02 | The FASC-N has its sentinels, odd parity and check character, and names an agency, system and credential |

    @PIV-SRC-CHUID-03
    Scenario: The card has not expired
      Then the card meets these requirements
        | requirement      | in words                                                                 |
        | PIV-SRC-CHUID-03 | The expiration date is a day of the calendar as YYYYMMDD, today or later |

  Rule: One card, one name

    @PIV-SRC-CHUID-04
    Scenario: The GUID is the Card UUID of the certificates
      Then the card meets these requirements
        | requirement      | in words                                                                                 |
        | PIV-SRC-CHUID-04 | The GUID is a UUID of version 1, 4 or 5, and that of the two authentication certificates |

    @PIV-SRC-CHUID-07
    Scenario: Every object carries the same FASC-N
      Then the card meets these requirements
        | requirement      | in words                                                                                                    |
        | PIV-SRC-CHUID-07 | The FASC-N of the CHUID is that of the authentication certificates and of every biometric and its signature |

  Rule: Its signature

    @PIV-SRC-CHUID-05
    Scenario: The CHUID is as it was signed
      Then the card meets these requirements
        | requirement      | in words                                                                                                  |
        | PIV-SRC-CHUID-05 | The CHUID is signed over all it holds: SignedData version 3 with one signer, its certificate and its name |

    @PIV-SRC-CHUID-06
    Scenario: The CHUID was signed by a content signer
      Then the card meets these requirements
        | requirement      | in words                                                                                                 |
        | PIV-SRC-CHUID-06 | The signer's certificate is for PIV content signing, validates, and outlives the Card Authentication one |
