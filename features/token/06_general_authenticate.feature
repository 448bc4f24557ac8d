@epic:Token
Feature: GENERAL AUTHENTICATE with the private keys
  Signing, key agreement and key transport, and what a key does not do (SP 800-73-5 part 2 §3.2.4). {sign 9A} is the
  command for the algorithm of the key's certificate, in a chain where it is long. An EC key or RSA key is the first key
  management key of that kind: 9D or a retired one.

  Background:
    Given the derived PIV application is selected

  Rule: Authentication

    @DPC-APDU-GA-01
    Scenario: The authentication key signs a challenge after VERIFY
      Then the token answers
        | command            | APDU                    | status word | answer                          |
        | VERIFY             | 00 20 00 80 08 {secret} | 9000        |                                 |
        | sign with 9A       | {sign 9A}               | 9000        | from the key of its certificate |
        | sign with 9A again | {sign 9A}               | 9000        | from the key of its certificate |

    @DPC-APP-AUTHMECH-01
    Scenario: A relying party authenticates the token by challenge and response
      Then the token answers
        | command         | APDU                             | status word | answer                          |
        | SELECT          | {select}                         | 9000        |                                 |
        | GET DATA 5FC105 | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        | one object 53                   |
        | sign with 9A    | {sign 9A}                        | 6982        |                                 |
        | VERIFY          | 00 20 00 80 08 {secret}          | 9000        |                                 |
        | sign with 9A    | {sign 9A}                        | 9000        | from the key of its certificate |
      And the certificate of the authentication key is valid to a trust anchor

    @DPC-APP-KEYREF-01
    Scenario: Each key is at its reference
      Then the token answers
        | command                            | APDU                     | status word | answer                          | where the token has |
        | VERIFY the activation secret at 80 | 00 20 00 80 08 {secret}  | 9000        |                                 |                     |
        | the authentication key at 9A       | {use 9A}                 | 9000        | from the key of its certificate |                     |
        | the management key at 9B           | {challenge of 9B}        | 9000        | a fresh challenge               |                     |
        | the management key at 9B           | {reply to the challenge} | 9000        |                                 |                     |
        | VERIFY the activation secret at 80 | 00 20 00 80 08 {secret}  | 9000        |                                 | 9C                  |
        | the signature key at 9C            | {use 9C}                 | 9000        | from the key of its certificate | 9C                  |
        | the key management key at 9D       | {use 9D}                 | 9000        | from the key of its certificate | 9D                  |
        | a retired key                      | {use each retired key}   | 9000        | from the key of its certificate |                     |

  Rule: When a key may be used

    @DPC-APDU-GA-02
    Scenario: No key is used before VERIFY
      Then the token answers
        | command                                   | APDU                              | status word          | answer  | where the token has |
        | use of 9A                                 | {use 9A}                          | 6982                 | nothing |                     |
        | use of 9C                                 | {use 9C}                          | 6982                 | nothing | 9C                  |
        | use of 9D                                 | {use 9D}                          | 6982                 | nothing | 9D                  |
        | use of a retired key                      | {use each retired key}            | 6982                 | nothing |                     |
        | a key without its certificate as P-256    | {agree each off-card key with 11} | 6982 or 6A86 or 6A80 | nothing |                     |
        | a key without its certificate as P-384    | {agree each off-card key with 14} | 6982 or 6A86 or 6A80 | nothing |                     |
        | a key without its certificate as RSA-2048 | {sign each off-card key with 07}  | 6982 or 6A86 or 6A80 | nothing |                     |
        | a key without its certificate as RSA-3072 | {sign each off-card key with 05}  | 6982 or 6A86 or 6A80 | nothing |                     |
        | a key without its certificate as RSA-1024 | {sign each off-card key with 06}  | 6982 or 6A86 or 6A80 | nothing |                     |

    @DPC-APP-KEYREF-03
    Scenario: Each key has its own access rule
      Then the token answers
        | command              | APDU                    | status word | where the token has |
        | use of 9A            | {use 9A}                | 6982        |                     |
        | use of 9C            | {use 9C}                | 6982        | 9C                  |
        | use of 9D            | {use 9D}                | 6982        | 9D                  |
        | use of a retired key | {use each retired key}  | 6982        |                     |
        | VERIFY               | 00 20 00 80 08 {secret} | 9000        |                     |
        | use of 9A            | {use 9A}                | 9000        |                     |
        | use of 9A again      | {use 9A}                | 9000        |                     |
        | use of 9D            | {use 9D}                | 9000        | 9D                  |
        | use of 9D again      | {use 9D}                | 9000        | 9D                  |
        | use of a retired key | {use each retired key}  | 9000        |                     |
        | VERIFY               | 00 20 00 80 08 {secret} | 9000        | 9C                  |
        | use of 9C            | {use 9C}                | 9000        | 9C                  |
        | use of 9C again      | {use 9C}                | 6982        | 9C                  |

    @DPC-APDU-GA-03 @DPC-SIG-USE-01
    Scenario: The signature key takes a VERIFY for each signature
      Whether a command between VERIFY and the signature counts is left open by the text: it is only shown.
      Then the token answers
        | command            | APDU                             | status word  | answer                          | where the token has | requirement    |
        | VERIFY             | 00 20 00 80 08 {secret}          | 9000         |                                 | 9C                  | DPC-APDU-GA-03 |
        | sign with 9C       | {sign 9C}                        | 9000         | from the key of its certificate | 9C                  | DPC-APDU-GA-03 |
        | sign with 9C again | {sign 9C}                        | 6982         | nothing                         | 9C                  | DPC-APDU-GA-03 |
        | VERIFY             | 00 20 00 80 08 {secret}          | 9000         |                                 | 9C                  | DPC-APDU-GA-03 |
        | GET DATA 5FC10A    | 00 CB 3F FF 05 5C 03 5F C1 0A 00 | 9000         |                                 | 9C                  | DPC-APDU-GA-03 |
        | sign with 9C       | {sign 9C}                        | 9000 or 6982 |                                 | 9C                  | DPC-APDU-GA-03 |
        | VERIFY             | 00 20 00 80 08 {secret}          | 9000         |                                 | 9C                  | DPC-SIG-USE-01 |
        | sign with 9C       | {sign 9C}                        | 9000         | from the key of its certificate | 9C                  | DPC-SIG-USE-01 |
        | sign with 9C again | {sign 9C}                        | 6982         | nothing                         | 9C                  | DPC-SIG-USE-01 |

  Rule: Key management

    @DPC-APDU-GA-07
    Scenario: A key agreement gives the X coordinate, and takes no point off the curve
      Then the token answers
        | command                          | APDU                         | status word | answer                          | where the token has |
        | VERIFY                           | 00 20 00 80 08 {secret}      | 9000        |                                 | EC key              |
        | agree with an EC key             | {agree EC key}               | 9000        | from the key of its certificate | EC key              |
        | agree with a point off the curve | {agree EC key off the curve} | 6A80        | nothing                         | EC key              |

    @DPC-APDU-GA-08
    Scenario: An RSA key deciphers a block and leaves its padding to the host
      Then the token answers
        | command                          | APDU                               | status word | answer                          | where the token has |
        | VERIFY                           | 00 20 00 80 08 {secret}            | 9000        |                                 | RSA key             |
        | decipher a key                   | {decipher RSA key}                 | 9000        | from the key of its certificate | RSA key             |
        | decipher a block without padding | {decipher RSA key without padding} | 9000        | from the key of its certificate | RSA key             |

    @DPC-APDU-GA-06
    Scenario: Authentication and signature keys agree on nothing
      Then the token answers
        | command       | APDU                    | status word  | answer  | where the token has |
        | VERIFY        | 00 20 00 80 08 {secret} | 9000         |         |                     |
        | agree with 9A | {agree 9A}              | 6A80 or 6A86 | nothing |                     |
        | VERIFY        | 00 20 00 80 08 {secret} | 9000         |         | 9C                  |
        | agree with 9C | {agree 9C}              | 6A80 or 6A86 | nothing | 9C                  |

  Rule: Commands that are refused

    @DPC-APDU-GA-04
    Scenario: An algorithm that is not the key's is refused
      Then the token answers
        | command                           | APDU                             | status word  | answer  |
        | VERIFY                            | 00 20 00 80 08 {secret}          | 9000         |         |
        | sign with 9A as another algorithm | {sign 9A with another algorithm} | 6A86 or 6A80 | nothing |
        | sign with 9A as another length    | {sign 9A with another length}    | 6A86 or 6A80 | nothing |
        | sign with 9A                      | {sign 9A}                        | 9000         |         |

    @DPC-CRY-ALGID-01
    Scenario: Only the algorithms that a reference may have are served
      Then the token answers
        | command                        | APDU                                           | status word  | answer  | where the token has |
        | VERIFY                         | 00 20 00 80 08 {secret}                        | 9000         |         |                     |
        | sign with 9A as RSA-1024       | {sign 9A with 06}                              | 6A86 or 6A80 | nothing |                     |
        | sign with 9A as cipher suite 2 | 00 87 27 9A 26 7C 24 82 00 81 20 {32 bytes} 00 | 6A86 or 6A80 | nothing |                     |
        | sign with 9A as AES            | 00 87 08 9A 16 7C 14 82 00 81 10 {16 bytes} 00 | 6A86 or 6A80 | nothing |                     |
        | VERIFY                         | 00 20 00 80 08 {secret}                        | 9000         |         | 9C                  |
        | sign with 9C as RSA-1024       | {sign 9C with 06}                              | 6A86 or 6A80 | nothing | 9C                  |
        | use 9D as RSA-1024             | {sign 9D with 06}                              | 6A86 or 6A80 | nothing | 9D                  |
        | use 9B as P-256                | 00 87 11 9B 26 7C 24 82 00 81 20 {32 bytes} 00 | 6A86 or 6A80 | nothing |                     |

    @DPC-APDU-GA-05
    Scenario: A malformed template is refused
      Then the token answers
        | command                        | APDU                                                          | status word  | answer  | where the token has |
        | VERIFY                         | 00 20 00 80 08 {secret}                                       | 9000         |         |                     |
        | the length of 7C is wrong      | 00 87 {algorithm of 9A} 9A 26 7C 34 82 00 81 20 {32 bytes} 00 | 6A80 or 6700 | nothing |                     |
        | the challenge is missing       | 00 87 {algorithm of 9A} 9A 04 7C 02 82 00 00                  | 6A80 or 6700 | nothing |                     |
        | there is no template           | 00 87 {algorithm of 9A} 9A 22 81 20 {32 bytes} 00             | 6A80 or 6700 | nothing |                     |
        | the RSA challenge is too short | 00 87 {algorithm of 9A} 9A 26 7C 24 82 00 81 20 {32 bytes} 00 | 6A80 or 6700 | nothing | RSA 9A              |

    @DPC-APDU-GA-09
    Scenario: An interrupted chain leaves no trace
      Then the token answers
        | command                          | APDU                             | status word | answer  |
        | VERIFY                           | 00 20 00 80 08 {secret}          | 9000        |         |
        | the first half of a signature    | {first half of sign 9A}          | 9000        | nothing |
        | SELECT                           | {select}                         | 9000        |         |
        | the second half of the signature | {second half of sign 9A}         | an error    | nothing |
        | VERIFY                           | 00 20 00 80 08 {secret}          | 9000        |         |
        | the first half of a signature    | {first half of sign 9A}          | 9000        | nothing |
        | GET DATA 5FC105                  | 00 CB 3F FF 05 5C 03 5F C1 05 00 | 9000        |         |
        | the second half of the signature | {second half of sign 9A}         | an error    | nothing |
        | is the secret verified           | 00 20 00 80                      | 9000        |         |
        | sign with 9A                     | {sign 9A}                        | 9000        |         |

    @DPC-APDU-GA-10
    Scenario: The key of secure messaging does nothing else
      Then the token answers
        | command               | APDU                                           | status word | answer  |
        | VERIFY                | 00 20 00 80 08 {secret}                        | 9000        |         |
        | sign with 04 as P-256 | 00 87 11 04 26 7C 24 82 00 81 20 {32 bytes} 00 | 6A86        | nothing |

    @DPC-APDU-GA-14
    Scenario: A key that is not there is refused
      Then the token answers
        | command                 | APDU                                                     | status word                  | answer  | where the token has |
        | sign with an absent key | 00 87 11 {absent key} 26 7C 24 82 00 81 20 {32 bytes} 00 | 6A86 or 6A88 or 6982 or 6A82 | nothing | absent key          |
        | VERIFY                  | 00 20 00 80 08 {secret}                                  | 9000                         |         | absent key          |
        | sign with an absent key | 00 87 11 {absent key} 26 7C 24 82 00 81 20 {32 bytes} 00 | 6A86 or 6A88 or 6982 or 6A82 | nothing | absent key          |
        | sign with 9A            | {sign 9A}                                                | 9000                         |         | absent key          |

    @DPC-APP-KEYREF-02 @destructive
    Scenario: There is no card authentication key
      Then the token answers
        | command                        | APDU                                            | status word          | answer  |
        | sign with 9E as P-256          | 00 87 11 9E 26 7C 24 82 00 81 20 {32 bytes} 00  | 6A86 or 6A88 or 6982 | nothing |
        | sign with 9E as P-384          | 00 87 14 9E 36 7C 34 82 00 81 30 {48 bytes} 00  | 6A86 or 6A88 or 6982 | nothing |
        | sign with 9E as RSA-2048       | {sign 9E with 07}                               | 6A86 or 6A88 or 6982 | nothing |
        | VERIFY                         | 00 20 00 80 08 {secret}                         | 9000                 |         |
        | sign with 9E as P-256          | 00 87 11 9E 26 7C 24 82 00 81 20 {32 bytes} 00  | 6A86 or 6A88         | nothing |
        | VERIFY                         | 00 20 00 80 08 {secret}                         | 9000                 |         |
        | sign with 9E as P-384          | 00 87 14 9E 36 7C 34 82 00 81 30 {48 bytes} 00  | 6A86 or 6A88         | nothing |
        | VERIFY                         | 00 20 00 80 08 {secret}                         | 9000                 |         |
        | sign with 9E as RSA-2048       | {sign 9E with 07}                               | 6A86 or 6A88         | nothing |
        | authenticate the administrator | {challenge of 9B}                               | 9000                 |         |
        | authenticate the administrator | {reply to the challenge}                        | 9000                 |         |
        | GENERATE a key 9E              | 00 47 00 9E 05 AC 03 80 01 {algorithm of 9A} 00 | 6A86 or 6A88         | nothing |

    @DPC-APP-NOGLOBAL-01 @destructive
    Scenario: Neither a Global PIN nor a fingerprint opens the application
      Then the token answers
        | command                            | APDU                                             | status word |
        | VERIFY the Global PIN              | 00 20 00 00 08 {secret}                          | 6A88        |
        | VERIFY a primary finger            | 00 20 00 96 08 {secret}                          | 6A88        |
        | VERIFY a secondary finger          | 00 20 00 97 08 {secret}                          | 6A88        |
        | sign with 9A                       | {sign 9A}                                        | 6982        |
        | SELECT another application         | 00 A4 04 00 {length of other AID} {other AID} 00 | 9000        |
        | VERIFY the Global PIN there        | 00 20 00 00 08 {secret}                          | any         |
        | SELECT the derived PIV application | {select}                                         | 9000        |
        | sign with 9A                       | {sign 9A}                                        | 6982        |
