@epic:Token
Feature: VERIFY the activation secret
  Tries, security status and what a secret may look like (SP 800-73-5 part 2 §3.2.1). In the tables n is the number of
  tries that were left when the scenario began.

  Background:
    Given the derived PIV application is selected

  Rule: Right and wrong secrets

    @DPC-APDU-VERIFY-01 @destructive
    Scenario: The right secret sets the security status and restores the tries
      Then the token answers
        | command                    | APDU                          | status word |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 63C(n-1)    |
        | VERIFY                     | 00 20 00 80 08 {secret}       | 9000        |
        | is the secret verified     | 00 20 00 80                   | 9000        |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 63C(n-1)    |

    @DPC-APDU-VERIFY-02 @destructive
    Scenario: A wrong secret costs a try and clears the security status
      Given the activation secret was verified
      Then the token answers
        | command                    | APDU                          | status word |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 63C(n-1)    |
        | sign with 9A               | {sign 9A}                     | 6982        |
        | how many tries are left    | 00 20 00 80                   | 63C(n-1)    |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 63C(n-2)    |

    @DPC-APDU-VERIFY-09 @destructive
    Scenario: There are ten tries at most
      Then the token answers
        | command                    | APDU                          | status word |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 63C0..63C9  |

    @DPC-APDU-VERIFY-07 @destructive
    Scenario: A blocked secret is not compared any more
      When a wrong activation secret is sent until no try is left
      Then the token answers
        | command                 | APDU                    | status word  |
        | VERIFY                  | 00 20 00 80 08 {secret} | 6983         |
        | how many tries are left | 00 20 00 80             | 63C0 or 6983 |
        | sign with 9A            | {sign 9A}               | 6982         |

  Rule: VERIFY without a secret

    @DPC-APDU-VERIFY-03 @destructive
    Scenario: Without data the command tells the tries and spends none
      Then the token answers
        | command                 | APDU                    | status word |
        | how many tries are left | 00 20 00 80             | 63C(n)      |
        | how many tries are left | 00 20 00 80             | 63C(n)      |
        | VERIFY                  | 00 20 00 80 08 {secret} | 9000        |
        | is the secret verified  | 00 20 00 80             | 9000        |
      When a wrong activation secret is sent until no try is left
      Then the token answers
        | command                          | APDU        | status word  |
        | how many tries a blocked one has | 00 20 00 80 | 63C0 or 6983 |

    @DPC-APDU-VERIFY-04 @destructive
    Scenario: P1 FF clears the security status and keeps the tries
      Given the activation secret was verified
      Then the token answers
        | command                    | APDU                          | status word |
        | VERIFY with P1 FF          | 00 20 FF 80                   | 9000        |
        | sign with 9A               | {sign 9A}                     | 6982        |
        | how many tries are left    | 00 20 00 80                   | 63C(n)      |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 63C(n-1)    |
        | VERIFY with P1 FF          | 00 20 FF 80                   | 9000        |
        | how many tries are left    | 00 20 00 80                   | 63C(n-1)    |

  Rule: Commands that are refused

    @DPC-APDU-VERIFY-05 @destructive
    Scenario: Another P1 is refused and changes nothing
      Then the token answers
        | command                              | APDU                          | status word |
        | VERIFY with P1 01                    | 00 20 01 80 08 {secret}       | 6A86        |
        | VERIFY with P1 02                    | 00 20 02 80 08 {secret}       | 6A86        |
        | VERIFY with P1 80                    | 00 20 80 80 08 {secret}       | 6A86        |
        | sign with 9A                         | {sign 9A}                     | 6982        |
        | VERIFY with P1 01 and a wrong secret | 00 20 01 80 08 {wrong secret} | 6A86        |
        | how many tries are left              | 00 20 00 80                   | 63C(n)      |
        | VERIFY                               | 00 20 00 80 08 {secret}       | 9000        |
        | VERIFY with P1 01 and a wrong secret | 00 20 01 80 08 {wrong secret} | 6A86        |
        | is the secret verified               | 00 20 00 80                   | 9000        |

    @DPC-APDU-VERIFY-06 @destructive
    Scenario: Another key reference is not found
      Then the token answers
        | command                                 | APDU                    | status word | where the token has |
        | VERIFY the Global PIN                   | 00 20 00 00 08 {secret} | 6A88        |                     |
        | VERIFY a primary finger                 | 00 20 00 96 08 {secret} | 6A88        |                     |
        | VERIFY a secondary finger               | 00 20 00 97 08 {secret} | 6A88        |                     |
        | VERIFY a pairing code that is not on it | 00 20 00 98 08 {secret} | 6A88        | no 5FC123           |
        | VERIFY the authentication key           | 00 20 00 9A 08 {secret} | 6A88        |                     |
        | VERIFY the reference FF                 | 00 20 00 FF 08 {secret} | 6A88        |                     |

    @DPC-APDU-VERIFY-08 @destructive
    Scenario: A badly formatted secret is refused, and counted or not as the status word says
      Then the token answers
        | command                    | APDU                                   | status word                            |
        | VERIFY with five digits    | 00 20 00 80 08 31 32 33 34 35 FF FF FF | 6A80 or 63C(n-1)                       |
        | how many tries are left    | 00 20 00 80                            | 63C(n) after 6A80, 63C(n-1) after 63Cx |
        | VERIFY                     | 00 20 00 80 08 {secret}                | 9000                                   |
        | VERIFY with FF inside      | 00 20 00 80 08 31 32 33 FF 35 36 37 38 | 6A80 or 63C(n-1)                       |
        | is the secret verified     | 00 20 00 80                            | 9000 after 6A80, 63C(n-1) after 63Cx   |
        | VERIFY                     | 00 20 00 80 08 {secret}                | 9000                                   |
        | VERIFY with an asterisk    | 00 20 00 80 08 31 32 33 2A 35 36 FF FF | 6A80 or 63C(n-1)                       |
        | is the secret verified     | 00 20 00 80                            | 9000 after 6A80, 63C(n-1) after 63Cx   |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret}          | 63C(m)                                 |
        | VERIFY with an asterisk    | 00 20 00 80 08 31 32 33 2A 35 36 FF FF | 6A80 or 63C(m-1)                       |
        | how many tries are left    | 00 20 00 80                            | 63C(m) after 6A80, 63C(m-1) after 63Cx |

    @DPC-APDU-VERIFY-13 @destructive
    Scenario: A secret of another length than eight bytes is refused
      Then the token answers
        | command                 | APDU                             | status word  |
        | VERIFY with six bytes   | 00 20 00 80 06 31 32 33 34 35 36 | 6A80 or 6700 |
        | VERIFY with nine bytes  | 00 20 00 80 09 {secret} FF       | 6A80 or 6700 |
        | sign with 9A            | {sign 9A}                        | 6982         |
        | how many tries are left | 00 20 00 80                      | 63C(n)       |

  Rule: Without contacts

    @DPC-APDU-VERIFY-10 @destructive
    Scenario: Over plain NFC nobody verifies the secret, nobody spends its tries
      When the token is held to a contactless reader
      Then the token answers
        | command                    | APDU                          | status word  |
        | VERIFY                     | 00 20 00 80 08 {secret}       | 6982 or 6A81 |
        | VERIFY with a wrong secret | 00 20 00 80 08 {wrong secret} | 6982 or 6A81 |
        | sign with 9A               | {sign 9A}                     | an error     |
      When the token is in a contact reader again
      Then the token answers
        | command                 | APDU        | status word |
        | how many tries are left | 00 20 00 80 | 63C(n)      |
        | sign with 9A            | {sign 9A}   | 6982        |
