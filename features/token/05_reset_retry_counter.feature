@epic:Token
Feature: RESET RETRY COUNTER
  The unblocking key gives the activation secret a new value and all its tries (SP 800-73-5 part 2 §3.2.3). In the tables
  n is the number of tries of the secret when the scenario began, p what the unblocking key had left after a wrong one.

  Background:
    Given the derived PIV application is selected

  Rule: With the right unblocking key

    @DPC-APDU-RRC-01 @destructive
    Scenario: A blocked secret gets a new value and all its tries
      Given the activation secret is blocked
      Then the token answers
        | command                 | APDU                              | status word |
        | RESET RETRY COUNTER     | 00 2C 00 80 10 {PUK} {new secret} | 9000        |
        | reset and SELECT        | {reset}                           | 9000        |
        | how many tries are left | 00 20 00 80                       | 63C(n)      |
        | VERIFY the new secret   | 00 20 00 80 08 {new secret}       | 9000        |
        | VERIFY the old secret   | 00 20 00 80 08 {secret}           | 63C(n-1)    |

    @DPC-APDU-RRC-02 @destructive
    Scenario: The security status of the secret stays as it was
      Then the token answers
        | command                | APDU                              | status word |
        | sign with 9A           | {sign 9A}                         | 6982        |
        | RESET RETRY COUNTER    | 00 2C 00 80 10 {PUK} {new secret} | 9000        |
        | sign with 9A           | {sign 9A}                         | 6982        |
        | is the secret verified | 00 20 00 80                       | 63C(n)      |

    @DPC-APDU-RRC-04 @destructive
    Scenario: A new secret of five digits is refused, and all counters stay
      Given the unblocking key has all its tries
      And the activation secret is blocked
      Then the token answers
        | command                              | APDU                                         | status word  |
        | RESET RETRY COUNTER with a wrong key | 00 2C 00 80 10 {wrong PUK} {new secret}      | 63C(p)       |
        | RESET RETRY COUNTER to five digits   | 00 2C 00 80 10 {PUK} 31 32 33 34 35 FF FF FF | 6A80         |
        | how many tries the secret has left   | 00 20 00 80                                  | 63C0 or 6983 |
        | RESET RETRY COUNTER with a wrong key | 00 2C 00 80 10 {wrong PUK} {new secret}      | 63C(p-1)     |

    @DPC-APDU-RRC-06 @destructive
    Scenario: The unblocking key may be any eight bytes
      Given the unblocking key has all its tries
      Then the token answers
        | command                                     | APDU                              | status word          |
        | CHANGE REFERENCE DATA of the unblocking key | 00 24 00 81 10 {PUK} {new PUK}    | 9000, open when 6A88 |
        | RESET RETRY COUNTER                         | 00 2C 00 80 10 {new PUK} {secret} | 9000                 |
        | CHANGE REFERENCE DATA of the unblocking key | 00 24 00 81 10 {new PUK} {PUK}    | 9000                 |
        | RESET RETRY COUNTER                         | 00 2C 00 80 10 {PUK} {secret}     | 9000                 |

  Rule: With a wrong unblocking key

    @DPC-APDU-RRC-03 @destructive
    Scenario: A wrong unblocking key costs one of its own tries
      Given the unblocking key has all its tries
      Then the token answers
        | command                              | APDU                                    | status word |
        | VERIFY with a wrong secret           | 00 20 00 80 08 {wrong secret}           | 63C(n-1)    |
        | RESET RETRY COUNTER with a wrong key | 00 2C 00 80 10 {wrong PUK} {new secret} | 63C(p)      |
        | RESET RETRY COUNTER with a wrong key | 00 2C 00 80 10 {wrong PUK} {new secret} | 63C(p-1)    |
        | how many tries the secret has left   | 00 20 00 80                             | 63C(n-1)    |
        | VERIFY the old secret                | 00 20 00 80 08 {secret}                 | 9000        |

    @DPC-APDU-RRC-03 @destructive @irreversible
    Scenario: An exhausted unblocking key is not compared any more
      When a wrong unblocking key is sent until no try is left
      Then the token answers
        | command               | APDU                              | status word |
        | RESET RETRY COUNTER   | 00 2C 00 80 10 {PUK} {new secret} | 6983        |
        | VERIFY the old secret | 00 20 00 80 08 {secret}           | 9000        |

  Rule: Where it is not allowed

    @DPC-APDU-RRC-05 @destructive
    Scenario: Only the activation secret, and only with contacts
      Then the token answers
        | command                               | APDU                              | status word |
        | RESET RETRY COUNTER of the key itself | 00 2C 00 81 10 {PUK} {new secret} | 6A88        |
        | RESET RETRY COUNTER of the Global PIN | 00 2C 00 00 10 {PUK} {new secret} | 6A88        |
      When the token is held to a contactless reader
      Then the token answers
        | command             | APDU                              | status word  |
        | RESET RETRY COUNTER | 00 2C 00 80 10 {PUK} {new secret} | 6A81 or 6982 |
      When the token is in a contact reader again
      Then the token answers
        | command               | APDU                    | status word |
        | VERIFY the old secret | 00 20 00 80 08 {secret} | 9000        |
