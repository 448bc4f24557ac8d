@epic:Token
Feature: Key History and retired keys
  SP 800-73-5 part 1 §3.3.3: keys that only decipher what is old.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-KH-01
  Scenario: A token with retired keys has a Key History
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                             |
      | DPC-APP-KH-01 | A token with retired keys has the Key History object |

  @DPC-APP-KH-02
  Scenario: The fields follow the two counts
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                                 |
      | DPC-APP-KH-02 | Key History has both counts, 20 keys at most, an empty FE, and a URL exactly when the counts ask for one |

  @DPC-APP-KH-03
  Scenario: Retired keys stand at both ends of their references
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                                     |
      | DPC-APP-KH-03 | Keys with their certificate on the token have the lowest references from 82 up, the others the highest to 95 |

  @DPC-APP-KH-04
  Scenario: The URL leads to a file with the certificate of every retired key
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement   | in words                                                                                                 |
      | DPC-APP-KH-04 | The URL ends in the SHA-256 of its file, which lists every retired key of the token with its certificate |

  @DPC-APP-RETIRED-01
  Scenario: There are no more than twenty retired keys, each beside its own certificate
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement        | in words                                                                                                   |
      | DPC-APP-RETIRED-01 | Retired keys, 20 at most, answer at 82 to 95 only, each as the key of the certificate in its own container |
