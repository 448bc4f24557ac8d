@epic:Card
Feature: The Security Object
  SP 800-73-5 part 1 §3.1.7: container 5FC106, the signed list of hashes that holds the objects of one card together.

  Background:
    Given what the cardholder's card gives away

  Rule: Its signature

    @PIV-SRC-SO-01
    Scenario: The Security Object was signed by the signer of the CHUID
      Then the card meets these requirements
        | requirement   | in words                                                                                       |
        | PIV-SRC-SO-01 | The Security Object is there, without a certificate, signed with the key that signed the CHUID |

    @DPC-CRY-SO-01
    Scenario: The hashes are as strong as the signature over them
      Then the card meets these requirements
        | requirement   | in words                                                                                 |
        | DPC-CRY-SO-01 | The Security Object hashes containers with the hash of its signature, SHA-256 or SHA-384 |

    @DPC-CRY-SIG-02
    Scenario: Signatures of the card's objects name their algorithm as SP 800-78 demands
      Then the card meets these requirements
        | requirement    | in words                                                                             |
        | DPC-CRY-SIG-02 | A PKCS#1 v1.5 signature of a card object is named rsaEncryption with NULL parameters |

  Rule: What it vouches for

    @PIV-SRC-SO-02
    Scenario: Unsigned objects are listed, and every hash is right
      Then the card meets these requirements
        | requirement   | in words                                                                                          |
        | PIV-SRC-SO-02 | Every unsigned object on the card is listed in the Security Object, and every hash in it is right |

    @PIV-SRC-SO-03
    Scenario: Signed objects are listed too
      Then the card meets these requirements
        | requirement   | in words                                                                                               |
        | PIV-SRC-SO-03 | CHUID and biometrics are listed in the Security Object too, so that nobody combines those of two cards |
