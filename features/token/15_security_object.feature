@epic:Token
Feature: The Security Object
  SP 800-157r1 App. B.1.2: the issuer vouches for what carries no signature of its own.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-SO-01
  Scenario: A token with unsigned objects has a Security Object
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                  |
      | DPC-APP-SO-01 | A token with Discovery, Key History or pairing code has a Security Object |

  @DPC-APP-SO-02
  Scenario: It maps its data groups to its hashes
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                         |
      | DPC-APP-SO-02 | The Security Object is BA, BB and FE, and the data groups of BA are those that BB has hashes for |

  @DPC-APP-SO-03
  Scenario: It carries the certificate of its signer, unlike that of a PIV Card
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                            |
      | DPC-APP-SO-03 | Field BB includes the signer's certificate, one for content signing |

  @DPC-APP-SO-04
  Scenario: It covers every unsigned object
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                                 |
      | DPC-APP-SO-04 | Discovery, Key History and pairing code are listed where they are there, with the hash of what they hold |

  @DPC-APP-SO-05
  Scenario: A content signer signed it
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                               |
      | DPC-APP-SO-05 | The signature verifies with SHA-256 or SHA-384, and its certificate is a valid one for content signing |

  @DPC-APP-SO-06
  Scenario: What is hashed is the content of objects
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                               |
      | DPC-APP-SO-06 | Of a 53-object what stands inside 53 is hashed; of Discovery the inside of 7E or the whole is accepted |

  @DPC-CRY-SO-01 @DPC-CRY-SIG-01
  Scenario: Hashes and signature use one hash algorithm
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement    | in words                                                                                 |
      | DPC-CRY-SO-01  | The Security Object hashes containers with the hash of its signature, SHA-256 or SHA-384 |
      | DPC-CRY-SIG-01 | Key and hash of the Security Object's signature stand in one row of SP 800-78-5 table 2  |

  @DPC-CRY-SIG-02
  Scenario: An RSA signature goes by the name that SP 800-78 gives it
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement    | in words                                                                                   |
      | DPC-CRY-SIG-02 | A PKCS#1 v1.5 signature of the Security Object is named rsaEncryption with NULL parameters |
