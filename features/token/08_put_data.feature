@epic:Token
Feature: PUT DATA
  Who manages the token writes its data objects (SP 800-73-5 part 2 §3.3.1). What was there is written back afterwards.

  Background:
    Given the derived PIV application is selected

  Rule: Who may write

    @DPC-APDU-PUT-01 @destructive
    Scenario: Only the administrator replaces the certificate
      Then the token answers
        | command                                    | APDU                             | status word | answer    | where the token has |
        | PUT DATA 5FC105 by nobody                  | {put 5FC105 with 20 bytes}       | 6982        | nothing   |                     |
        | PUT DATA 5FC120 in two parts by nobody     | {put 5FC120 with 300 bytes}      | 6982        | nothing   |                     |
        | PUT DATA Discovery by nobody               | {put Discovery as it is}         | 6982        | nothing   | 7E                  |
        | GET DATA 5FC105                            | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | as it was |                     |
        | VERIFY                                     | 00 20 00 80 08 {secret}          | 9000        |           |                     |
        | PUT DATA 5FC105 by the holder              | {put 5FC105 with 20 bytes}       | 6982        | nothing   |                     |
        | PUT DATA 5FC120 in two parts by the holder | {put 5FC120 with 300 bytes}      | 6982        | nothing   |                     |
        | PUT DATA Discovery by the holder           | {put Discovery as it is}         | 6982        | nothing   | 7E                  |
        | GET DATA 5FC105                            | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | as it was |                     |

    @DPC-APDU-PUT-04 @destructive
    Scenario: Nothing is written over plain NFC
      Given the token management key was authenticated
      When the token is held to a contactless reader
      And the token management key is tried there
      Then the token answers
        | command         | APDU                       | status word  |
        | PUT DATA 5FC120 | {put 5FC120 with 20 bytes} | 6A81 or 6982 |
      When the token is in a contact reader again
      Then the token answers
        | command         | APDU                             | status word  | answer    |
        | GET DATA 5FC120 | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000 or 6A82 | as it was |

  Rule: What is written

    @DPC-APDU-PUT-02 @destructive
    Scenario: Long objects are written in a chain, Discovery as it is
      Given the token management key was authenticated
      Then the token answers
        | command                       | APDU                             | status word | answer           | where the token has |
        | PUT DATA 5FC120 in two parts  | {put 5FC120 with 300 bytes}      | 9000        |                  |                     |
        | GET DATA 5FC120               | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000        | what was written |                     |
        | PUT DATA 5FC120 in five parts | {put 5FC120 with 1200 bytes}     | 9000        |                  |                     |
        | GET DATA 5FC120               | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000        | what was written |                     |
        | PUT DATA Discovery            | {put Discovery as it is}         | 9000        |                  | 7E                  |
        | GET DATA Discovery            | 00 CB 3F FF 03 5C 01 7E 00       | 9000        | what was written | 7E                  |

    @DPC-APP-PUTREAD-01 @destructive
    Scenario: A shorter object replaces the whole of a longer one
      Given the token management key was authenticated
      Then the token answers
        | command         | APDU                             | status word | answer           |
        | PUT DATA 5FC120 | {put 5FC120 with 200 bytes}      | 9000        |                  |
        | GET DATA 5FC120 | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000        | what was written |
        | PUT DATA 5FC120 | {put 5FC120 with 20 bytes}       | 9000        |                  |
        | GET DATA 5FC120 | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000        | what was written |

    @DPC-APDU-PUT-05 @destructive
    Scenario: An empty object clears what was there
      Given the token management key was authenticated
      Then the token answers
        | command                | APDU                             | status word  | answer           |
        | PUT DATA 5FC120        | {put 5FC120 with 20 bytes}       | 9000         |                  |
        | GET DATA 5FC120        | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000         | what was written |
        | PUT DATA 5FC120, empty | {put 5FC120 empty}               | 9000         |                  |
        | GET DATA 5FC120        | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000 or 6A82 | an empty object  |

    @DPC-APP-UNUSED-01 @destructive
    Scenario: Objects that are not in use hold nothing
      Given the token management key was authenticated
      And the activation secret was verified
      When an object is created and not used
      Then each object is absent, empty or in use

  Rule: How much fits

    @DPC-APP-OBJ-CAP-01 @destructive
    Scenario: Each container holds what the standard guarantees
      Given the token management key was authenticated
      Then the token answers
        | command                                  | APDU                             | status word | answer           | where the token has |
        | PUT DATA authentication certificate      | {put 5FC105 with 1857 bytes}     | 9000        |                  |                     |
        | GET DATA authentication certificate      | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | what was written |                     |
        | PUT DATA signature certificate           | {put 5FC10A with 1857 bytes}     | 9000        |                  | 5FC10A              |
        | GET DATA signature certificate           | 00 CB 3F FF 05 5C 03 5F C1 0A 00 | 9000        | what was written | 5FC10A              |
        | PUT DATA key management certificate      | {put 5FC10B with 1857 bytes}     | 9000        |                  | 5FC10B              |
        | GET DATA key management certificate      | 00 CB 3F FF 05 5C 03 5F C1 0B 00 | 9000        | what was written | 5FC10B              |
        | PUT DATA card authentication certificate | {put 5FC101 with 1857 bytes}     | 9000        |                  | 5FC101              |
        | GET DATA card authentication certificate | 00 CB 3F FF 05 5C 03 5F C1 01 00 | 9000        | what was written | 5FC101              |
        | PUT DATA first retired certificate       | {put 5FC10D with 1895 bytes}     | 9000        |                  | 5FC10D              |
        | GET DATA first retired certificate       | 00 CB 3F FF 05 5C 03 5F C1 0D 00 | 9000        | what was written | 5FC10D              |
        | PUT DATA second retired certificate      | {put 5FC10E with 1895 bytes}     | 9000        |                  | 5FC10E              |
        | GET DATA second retired certificate      | 00 CB 3F FF 05 5C 03 5F C1 0E 00 | 9000        | what was written | 5FC10E              |
        | PUT DATA Key History                     | {put 5FC10C with 128 bytes}      | 9000        |                  | 5FC10C              |
        | GET DATA Key History                     | 00 CB 3F FF 05 5C 03 5F C1 0C 00 | 9000        | what was written | 5FC10C              |
        | PUT DATA Discovery                       | {put Discovery as it is}         | 9000        |                  | 7E                  |
        | GET DATA Discovery                       | 00 CB 3F FF 03 5C 01 7E 00       | 9000        | what was written | 7E                  |
        | PUT DATA secure messaging signer         | {put 5FC122 with 2471 bytes}     | 9000        |                  | 5FC122              |
        | GET DATA secure messaging signer         | 00 CB 3F FF 05 5C 03 5F C1 22 00 | 9000        | what was written | 5FC122              |

    @DPC-APP-OBJ-CAP-02 @destructive
    Scenario: The Security Object may have 3000 bytes
      Given the token management key was authenticated
      Then the token answers
        | command                  | APDU                             | status word | answer           |
        | PUT DATA Security Object | {put 5FC106 with 3000 bytes}     | 9000        |                  |
        | GET DATA Security Object | 00 CB 3F FF 05 5C 03 5F C1 06 00 | 9000        | what was written |

    @DPC-APDU-PUT-03 @destructive
    Scenario: What is too large is refused, and the old object stays
      A token may have room for 32 KiB: then nobody has seen what it does with what is too large.
      Given the token management key was authenticated
      Then the token answers
        | command                 | APDU                             | status word          | answer           |
        | PUT DATA 5FC120         | {put 5FC120 with 100 bytes}      | 9000                 |                  |
        | PUT DATA 5FC120, 32 KiB | {put 5FC120 with 32768 bytes}    | 6A84, open when 9000 |                  |
        | GET DATA 5FC120         | 00 CB 3F FF 05 5C 03 5F C1 20 00 | 9000                 | what was written |
