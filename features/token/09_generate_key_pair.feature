@epic:Token
Feature: GENERATE ASYMMETRIC KEY PAIR
  Who manages the token has it make new keys (SP 800-73-5 part 2 §3.3.2). The spare key is the one that the target lets
  tests replace; its certificate does not fit it any more afterwards, and nobody can bring the former key back.

  Background:
    Given the derived PIV application is selected

  Rule: Who may generate

    @DPC-APDU-GEN-01 @destructive
    Scenario: Only the administrator replaces a key
      Then the token answers
        | command                      | APDU                                                            | status word | answer                          |
        | GENERATE by nobody           | 00 47 00 {spare key} 05 AC 03 80 01 {algorithm of spare key} 00 | 6982        | nothing                         |
        | VERIFY                       | 00 20 00 80 08 {secret}                                         | 9000        |                                 |
        | GENERATE by the holder       | 00 47 00 {spare key} 05 AC 03 80 01 {algorithm of spare key} 00 | 6982        | nothing                         |
        | VERIFY                       | 00 20 00 80 08 {secret}                                         | 9000        |                                 |
        | the key is the one of before | {use spare key}                                                 | 9000        | from the key of its certificate |

    @DPC-APDU-GEN-05 @destructive
    Scenario: No key is generated over plain NFC
      When the token is held to a contactless reader
      And the token management key is tried there
      Then the token answers
        | command  | APDU                                      | status word  |
        | GENERATE | 00 47 00 {spare key} 05 AC 03 80 01 11 00 | 6A81 or 6982 |

  Rule: What is generated

    @DPC-APDU-GEN-02 @destructive @irreversible
    Scenario: The public key comes back
      Given the token management key was authenticated
      Then the token answers
        | command           | APDU                                      | status word | answer       | where the token has |
        | GENERATE P-256    | 00 47 00 {spare key} 05 AC 03 80 01 11 00 | 9000        | a public key | algorithm 11        |
        | GENERATE P-384    | 00 47 00 {spare key} 05 AC 03 80 01 14 00 | 9000        | a public key | algorithm 14        |
        | GENERATE RSA-2048 | 00 47 00 {spare key} 05 AC 03 80 01 07 00 | 9000        | a public key | algorithm 07        |
        | GENERATE RSA-3072 | 00 47 00 {spare key} 05 AC 03 80 01 05 00 | 9000        | a public key | algorithm 05        |

    @DPC-APDU-GEN-04 @destructive @irreversible
    Scenario: Each key is new and takes the place of the former one
      Given the token management key was authenticated
      Then the token answers
        | command            | APDU                                                            | status word | answer                      |
        | GENERATE           | 00 47 00 {spare key} 05 AC 03 80 01 {algorithm of spare key} 00 | 9000        | another public key          |
        | GENERATE           | 00 47 00 {spare key} 05 AC 03 80 01 {algorithm of spare key} 00 | 9000        | another public key          |
        | VERIFY             | 00 20 00 80 08 {secret}                                         | 9000        |                             |
        | use of the new key | {use spare key}                                                 | 9000        | from the key generated last |

  Rule: What is not generated

    @DPC-APDU-GEN-03 @destructive @irreversible
    Scenario: An RSA key of 1024 bits is refused
      Many a card makes one, and then the former key is lost.
      Given the token management key was authenticated
      Then the token answers
        | command           | APDU                                      | status word | answer  |
        | GENERATE RSA-1024 | 00 47 00 {spare key} 05 AC 03 80 01 06 00 | 6A80        | nothing |

    @DPC-APDU-GEN-03 @destructive
    Scenario: Unknown mechanisms and references are refused
      Given the token management key was authenticated
      Then the token answers
        | command                          | APDU                                                      | status word | answer  | where the token has |
        | GENERATE by an unknown mechanism | 00 47 00 {spare key} 05 AC 03 80 01 99 00                 | 6A80        | nothing |                     |
        | GENERATE a retired key           | 00 47 00 {absent key} 05 AC 03 80 01 {algorithm of 9A} 00 | 6A86        | nothing | absent key          |

    @DPC-APDU-GEN-06 @destructive
    Scenario: Retired keys are not generated on the token
      References that hold a key are left alone: who generates there destroys a key that somebody needs.
      Given the token management key was authenticated
      Then the token answers
        | command                | APDU                                                           | status word  | answer  | where the token has |
        | GENERATE a retired key | 00 47 00 {each absent key} 05 AC 03 80 01 {algorithm of 9A} 00 | 6A86 or 6A88 | nothing | absent key          |
