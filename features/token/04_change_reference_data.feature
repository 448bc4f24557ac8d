@epic:Token
Feature: CHANGE REFERENCE DATA
  The cardholder chooses another activation secret (SP 800-73-5 part 2 §3.2.2); the application holds it to the format
  (SP 800-157 B.2.1). In the tables n is the number of tries that were left when the scenario began.

  Background:
    Given the derived PIV application is selected

  Rule: The change

    @DPC-APDU-CRD-01 @destructive
    Scenario: The old secret and a new one change the secret
      Then the token answers
        | command                | APDU                                 | status word |
        | CHANGE REFERENCE DATA  | 00 24 00 80 10 {secret} {new secret} | 9000        |
        | is the secret verified | 00 20 00 80                          | 9000        |
        | VERIFY the new secret  | 00 20 00 80 08 {new secret}          | 9000        |
        | VERIFY the old secret  | 00 20 00 80 08 {secret}              | 63C(n-1)    |

    @DPC-APDU-CRD-02 @destructive
    Scenario: A new secret of five digits is refused, and the old one stays
      Then the token answers
        | command                              | APDU                                            | status word |
        | CHANGE REFERENCE DATA to five digits | 00 24 00 80 10 {secret} 31 32 33 34 35 FF FF FF | 6A80        |
        | how many tries are left              | 00 20 00 80                                     | 63C(n)      |
        | VERIFY the old secret                | 00 20 00 80 08 {secret}                         | 9000        |

    @DPC-APDU-CRD-03 @destructive
    Scenario: A wrong old secret costs a try
      Then the token answers
        | command                                   | APDU                                       | status word |
        | CHANGE REFERENCE DATA with a wrong secret | 00 24 00 80 10 {wrong secret} {new secret} | 63C(n-1)    |
        | how many tries are left                   | 00 20 00 80                                | 63C(n-1)    |
        | VERIFY the old secret                     | 00 20 00 80 08 {secret}                    | 9000        |

    @DPC-APDU-CRD-04 @destructive
    Scenario: A blocked secret cannot be changed
      Given the activation secret is blocked
      Then the token answers
        | command                 | APDU                                 | status word  |
        | CHANGE REFERENCE DATA   | 00 24 00 80 10 {secret} {new secret} | 6983         |
        | how many tries are left | 00 20 00 80                          | 63C0 or 6983 |

    @DPC-APDU-CRD-05 @destructive
    Scenario: Another key reference is not found
      Then the token answers
        | command                                | APDU                                 | status word |
        | CHANGE REFERENCE DATA of a retired key | 00 24 00 82 10 {secret} {new secret} | 6A88        |

    @DPC-APP-PAIR-02 @destructive
    Scenario: The holder cannot change the pairing code
      Given the activation secret was verified
      Then the token answers
        | command                                   | APDU                                                           | status word  |
        | CHANGE REFERENCE DATA of the pairing code | 00 24 00 98 10 31 32 33 34 35 36 37 38 38 37 36 35 34 33 32 31 | 6A88 or 6982 |

    @DPC-APDU-CRD-06 @destructive
    Scenario: Nothing is changed over plain NFC
      When the token is held to a contactless reader
      Then the token answers
        | command                                     | APDU                                 | status word          |
        | CHANGE REFERENCE DATA of the secret         | 00 24 00 80 10 {secret} {new secret} | 6982 or 6A81         |
        | CHANGE REFERENCE DATA of the unblocking key | 00 24 00 81 10 {PUK} {new PUK}       | 6982 or 6A81 or 6A88 |
      When the token is in a contact reader again
      Then the token answers
        | command             | APDU                          | status word |
        | VERIFY              | 00 20 00 80 08 {secret}       | 9000        |
        | RESET RETRY COUNTER | 00 2C 00 80 10 {PUK} {secret} | 9000        |

  Rule: What a secret may look like

    @DPC-ACT-LEN-03 @destructive
    Scenario: A secret has six to eight bytes, padded to eight
      Then the token answers
        | command                                           | APDU                                               | status word      |
        | CHANGE REFERENCE DATA to five characters          | 00 24 00 80 10 {secret} 61 62 63 64 65 FF FF FF    | 6A80 or 63C(n-1) |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | CHANGE REFERENCE DATA to nothing but padding      | 00 24 00 80 10 {secret} FF FF FF FF FF FF FF FF    | 6A80 or 63C(n-1) |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | CHANGE REFERENCE DATA with FF inside              | 00 24 00 80 10 {secret} 31 32 33 34 35 36 FF 38    | 6A80 or 63C(n-1) |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | CHANGE REFERENCE DATA with an unpadded new secret | 00 24 00 80 0E {secret} 31 32 33 34 35 36          | 6A80 or 63C(n-1) |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | CHANGE REFERENCE DATA to nine characters          | 00 24 00 80 11 {secret} 31 32 33 34 35 36 37 38 39 | 6A80 or 63C(n-1) |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | RESET RETRY COUNTER to five characters            | 00 2C 00 80 10 {PUK} 61 62 63 64 65 FF FF FF       | 6A80             |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | RESET RETRY COUNTER with FF inside                | 00 2C 00 80 10 {PUK} 31 32 33 34 35 36 FF 38       | 6A80             |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | RESET RETRY COUNTER with an unpadded new secret   | 00 2C 00 80 0E {PUK} 31 32 33 34 35 36             | 6A80             |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |
        | RESET RETRY COUNTER to nine characters            | 00 2C 00 80 11 {PUK} 31 32 33 34 35 36 37 38 39    | 6A80             |
        | VERIFY the old secret                             | 00 20 00 80 08 {secret}                            | 9000             |

    @DPC-ACT-CHARS-01 @destructive
    Scenario: A secret is made of digits and letters
      Then the token answers
        | command                                     | APDU                                                           | status word      |
        | CHANGE REFERENCE DATA with an asterisk      | 00 24 00 80 10 {secret} 31 32 33 2A 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with a byte 00        | 00 24 00 80 10 {secret} 31 32 33 34 35 36 00 FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with 2F, before the 0 | 00 24 00 80 10 {secret} 31 32 33 2F 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with 3A, behind the 9 | 00 24 00 80 10 {secret} 31 32 33 3A 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with 40, before the A | 00 24 00 80 10 {secret} 31 32 33 40 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with 5B, behind the Z | 00 24 00 80 10 {secret} 31 32 33 5B 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with 60, before the a | 00 24 00 80 10 {secret} 31 32 33 60 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with 7B, behind the z | 00 24 00 80 10 {secret} 31 32 33 7B 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA with a byte above 7F  | 00 24 00 80 10 {secret} 31 32 33 E9 35 36 FF FF                | 6A80 or 63C(n-1) |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | RESET RETRY COUNTER with an asterisk        | 00 2C 00 80 10 {PUK} 31 32 33 2A 35 36 FF FF                   | 6A80             |
        | VERIFY the old secret                       | 00 20 00 80 08 {secret}                                        | 9000             |
        | CHANGE REFERENCE DATA to Part21             | 00 24 00 80 10 {secret} 50 61 72 74 32 31 FF FF                | 9000             |
        | VERIFY Part21                               | 00 20 00 80 08 50 61 72 74 32 31 FF FF                         | 9000             |
        | CHANGE REFERENCE DATA to zZaA09             | 00 24 00 80 10 50 61 72 74 32 31 FF FF 7A 5A 61 41 30 39 FF FF | 9000             |
        | VERIFY zZaA09                               | 00 20 00 80 08 7A 5A 61 41 30 39 FF FF                         | 9000             |
