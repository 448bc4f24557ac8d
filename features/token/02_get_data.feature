@epic:Token
Feature: GET DATA
  How data objects are asked for and how they come back, in parts where they are long (SP 800-73-5 part 2 §3.1.2).

  Background:
    Given the derived PIV application is selected

  Rule: One object at a time

    @DPC-APDU-GET-01
    Scenario: Each object comes back under its tag
      Then the token answers
        | command                     | APDU                             | status word | answer          | where the token has |
        | GET DATA 5FC105             | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | one object 53   |                     |
        | GET DATA Discovery          | 00 CB 3F FF 03 5C 01 7E 00       | 9000        | one object 7E   | 7E                  |
        | GET DATA BIT group template | 00 CB 3F FF 04 5C 02 7F 61 00    | 9000        | one object 7F61 | 7F61                |
        | GET DATA Key History        | 00 CB 3F FF 05 5C 03 5F C1 0C 00 | 9000        | one object 53   | 5FC10C              |

    @DPC-APDU-GET-02
    Scenario: An object that is not there is not found
      Then the token answers
        | command                       | APDU                             | status word | answer  |
        | GET DATA of an unassigned tag | 00 CB 3F FF 05 5C 03 5F C1 7F 00 | 6A82        | nothing |

    @DPC-APDU-GET-05
    Scenario: Other parameters are refused
      Then the token answers
        | command                 | APDU                             | status word          | answer  |
        | GET DATA with P1P2 0000 | 00 CB 00 00 05 5C 03 5F C1 05 00 | 6A86 or 6A81 or 6B00 | nothing |

  Rule: Access

    @DPC-APDU-GET-03 @destructive
    Scenario: An object that takes the activation secret is not read without it
      Given the token holds a pairing code
      Then the token answers
        | command                   | APDU                             | status word | answer        |
        | GET DATA the pairing code | 00 CB 3F FF 05 5C 03 5F C1 23 00 | 6982        | nothing       |
        | VERIFY                    | 00 20 00 80 08 {secret}          | 9000        |               |
        | GET DATA the pairing code | 00 CB 3F FF 05 5C 03 5F C1 23 00 | 9000        | one object 53 |

  Rule: Long objects

    @DPC-APDU-GET-04 @destructive
    Scenario: A long object comes back complete, whatever its size
      Given the token management key was authenticated
      Then objects of these sizes in 5FC120 come back complete
        | bytes |
        | 100   |
        | 252   |
        | 253   |
        | 508   |
        | 509   |
        | 768   |
        | 1500  |

    @DPC-APDU-GETRESP-01
    Scenario: GET RESPONSE gives nothing when nothing is left
      Given the activation secret was verified
      Then the token answers
        | command                            | APDU                             | status word          | answer  |
        | GET RESPONSE after VERIFY          | 00 C0 00 00 00                   | 6985 or 6D00 or 6F00 | nothing |
        | sign with 9A                       | {sign 9A}                        | 9000                 |         |
        | GET RESPONSE after the signature   | 00 C0 00 00 00                   | 6985 or 6D00 or 6F00 | nothing |
        | GET DATA 5FC105                    | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000                 |         |
        | GET RESPONSE after the certificate | 00 C0 00 00 00                   | 6985 or 6D00 or 6F00 | nothing |
        | GET DATA of nothing                | 00 CB 3F FF 05 5C 03 5F C1 7F 00 | an error             | nothing |
        | GET RESPONSE after the refusal     | 00 C0 00 00 00                   | 6985 or 6D00 or 6F00 | nothing |
