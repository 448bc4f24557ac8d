@epic:Token
Feature: Select the derived PIV application
  SELECT by the AID that the edition wants, by an AID without its version, and what selecting does to the security
  status (SP 800-73-5 part 2 §3.1.1).

  Rule: The application identifier

    Background:
      Given the token is in the reader, and nothing is selected yet

    @DPC-APP-AID-01
    Scenario: The derived PIV AID selects the application
      Given the edition still asks for the derived PIV AID
      Then the token answers
        | command                   | APDU                                               | status word | answer                    |
        | SELECT by the derived AID | 00 A4 04 00 0B A0 00 00 03 08 00 00 20 00 01 00 00 | 9000        | names the derived PIV AID |
        | GET DATA 5FC105           | 00 CB 3F FF 05 5C 03 5F C1 05 00                   | 9000        | one object 53             |

    @DPC-APP-AID-02
    Scenario: The PIV AID or the deprecated derived AID selects the application
      Then the application is selected by the PIV AID or by the derived one

    @DPC-APP-AID-03
    Scenario: No other AID leads to the objects of the application
      Then the token answers
        | command                              | APDU                                               | status word |
        | SELECT another application           | 00 A4 04 00 {length of other AID} {other AID} 00   | 9000        |
        | GET DATA 5FC105 there                | 00 CB 3F FF 05 5C 03 5F C1 05 00                   | an error    |
        | SELECT an AID of a vendor            | 00 A4 04 00 07 A0 00 00 05 27 20 01 00             | any         |
        | GET DATA 5FC105 there                | 00 CB 3F FF 05 5C 03 5F C1 05 00                   | an error    |
        | SELECT another application           | 00 A4 04 00 {length of other AID} {other AID} 00   | 9000        |
        | SELECT another AID of the PIV family | 00 A4 04 00 0B A0 00 00 03 08 00 00 30 00 01 00 00 | any         |
        | GET DATA 5FC105 there                | 00 CB 3F FF 05 5C 03 5F C1 05 00                   | an error    |

    @DPC-APP-AID-04
    Scenario: The AID without its version selects the application
      Then the token answers
        | command                    | APDU                                                                 | status word | answer              |
        | SELECT without the version | 00 A4 04 00 {length of AID without version} {AID without version} 00 | 9000        | names the whole AID |
        | GET DATA 5FC105            | 00 CB 3F FF 05 5C 03 5F C1 05 00                                     | 9000        | one object 53       |

  Rule: Selecting and the security status

    Background:
      Given the derived PIV application is selected

    @DPC-APP-SEL-01
    Scenario: Selecting the application once more keeps the security status
      Given the activation secret was verified
      Then the token answers
        | command                     | APDU        | status word |
        | SELECT the same application | {select}    | 9000        |
        | is the secret verified      | 00 20 00 80 | 9000        |
        | sign with 9A                | {sign 9A}   | 9000        |

    @DPC-APP-SEL-02 @DPC-APDU-GA-13
    Scenario: Selecting another application clears the security status
      Given the activation secret was verified
      When another application on the token is selected
      And the derived PIV application is selected again
      Then the token answers
        | command                           | APDU                    | status word | requirement    |
        | sign with 9A                      | {sign 9A}               | 6982        | DPC-APP-SEL-02 |
        | is the secret verified            | 00 20 00 80             | 63C(n)      | DPC-APP-SEL-02 |
        | sign with 9A without a new VERIFY | {sign 9A}               | 6982        | DPC-APDU-GA-13 |
        | VERIFY                            | 00 20 00 80 08 {secret} | 9000        | DPC-APDU-GA-13 |
        | sign with 9A                      | {sign 9A}               | 9000        | DPC-APDU-GA-13 |

    @DPC-APP-SEL-03
    Scenario: Selecting an unknown application changes nothing
      Given the activation secret was verified
      Then the token answers
        | command                | APDU                             | status word | answer        |
        | SELECT an unknown AID  | 00 A4 04 00 05 A0 00 00 00 99 00 | 6A82        |               |
        | GET DATA 5FC105        | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | one object 53 |
        | is the secret verified | 00 20 00 80                      | 9000        |               |
        | sign with 9A           | {sign 9A}                        | 9000        |               |

    @DPC-APP-SEL-04
    Scenario: After a reset some application is there
      When the power is cut and restored
      Then the token answers
        | command                | APDU                       | status word |
        | GET DATA before SELECT | 00 CB 3F FF 03 5C 01 7E 00 | any         |
        | SELECT                 | {select}                   | 9000        |

    @DPC-APP-SEL-05
    Scenario: A reset clears the security status
      Given the activation secret was verified
      Then the token answers
        | command                | APDU        | status word |
        | reset and SELECT       | {reset}     | 9000        |
        | sign with 9A           | {sign 9A}   | 6982        |
        | is the secret verified | 00 20 00 80 | 63C(n)      |

  Rule: The commands there are

    Background:
      Given the derived PIV application is selected

    @DPC-APP-CMDSET-01 @destructive
    Scenario: All eight commands are implemented
      Commands without data: they cannot do anything, whatever the token thinks of them.
      Then the token answers
        | command                      | APDU                             | status word      |
        | SELECT                       | {select}                         | not 6D00 or 6E00 |
        | GET DATA                     | 00 CB 3F FF 05 5C 03 5F C1 05 00 | not 6D00 or 6E00 |
        | VERIFY                       | 00 20 00 80                      | not 6D00 or 6E00 |
        | CHANGE REFERENCE DATA        | 00 24 00 80                      | not 6D00 or 6E00 |
        | RESET RETRY COUNTER          | 00 2C 00 80                      | not 6D00 or 6E00 |
        | GENERAL AUTHENTICATE         | 00 87 {algorithm of 9A} 9A       | not 6D00 or 6E00 |
        | PUT DATA                     | 00 DB 3F FF                      | not 6D00 or 6E00 |
        | GENERATE ASYMMETRIC KEY PAIR | 00 47 00 {spare key}             | not 6D00 or 6E00 |

    @DPC-APP-CMDSET-02 @destructive
    Scenario: What is no command of the application is refused and does nothing
      Given the activation secret was verified
      When commands that the application does not have are sent
      Then each is refused as unknown or not allowed
      And the token answers
        | command                | APDU                             | status word | answer    |
        | is the secret verified | 00 20 00 80                      | 9000        |           |
        | sign with 9A           | {sign 9A}                        | 9000        |           |
        | VERIFY a wrong secret  | 00 20 00 80 08 {wrong secret}    | 63C(n-1)    |           |
        | GET DATA 5FC105        | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | as it was |

    @DPC-APDU-READKEY-01 @destructive
    Scenario: No command gives a private key or a secret away
      Given the activation secret was verified
      When objects that the application does not have are read
      And commands that the application does not have are sent
      Then no answer holds a private key, the activation secret or the unblocking key
