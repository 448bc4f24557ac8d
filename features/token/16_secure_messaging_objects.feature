@epic:Token
Feature: What a virtual contact interface needs on the token
  SP 800-73-5 part 1 §3.3.7 and §3.3.8. Without secure messaging these requirements do not apply.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-SMCS-01
  Scenario: The Secure Messaging Certificate Signer is on the token
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                              |
      | DPC-APP-SMCS-01 | A token with a virtual contact interface has 5FC122: 70, 71, an intermediate CVC (7F21) if needed, FE |

  @DPC-APP-SMCS-02
  Scenario: Its certificate is a current one for content signing
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                                |
      | DPC-APP-SMCS-02 | The certificate in 5FC122 is for content signing, and not expired before the token's own certificate is |

  @DPC-APP-PAIR-01
  Scenario: The pairing code is kept behind the activation secret
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                                   |
      | DPC-APP-PAIR-01 | 5FC123 is there when the virtual contact interface takes a pairing code; it is 99 08, FE and takes the PIN |

  @DPC-APP-PAIR-02
  Scenario: The pairing code has no pattern
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                                      |
      | DPC-APP-PAIR-02 | The pairing code is eight digits, neither all alike nor counting: one token shows no more of how random it is |

  @DPC-CRY-SM-01
  Scenario: The cipher suite is as strong as the keys that it protects
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                        |
      | DPC-CRY-SM-01 | With a virtual contact interface, a P-384 key at 9C, 9D or 82 to 95 takes cipher suite CS7 (2E) |
