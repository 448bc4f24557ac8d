@epic:Token
Feature: The Discovery Object
  SP 800-73-5 part 1 §3.3.2: which application this is and what opens it.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-DISC-01
  Scenario: Discovery has its fixed encoding and names this application
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                |
      | DPC-APP-DISC-01 | Discovery is 7E 12 {4F 0B <AID>, 5F2F 02 xx yy}, and the AID is that of the application |

  @DPC-APP-DISC-02
  Scenario: Neither Global PIN nor fingerprint comparison stands in the policy
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                            |
      | DPC-APP-DISC-02 | The first policy byte is 40, 48 or 4C, the second 00: neither Global PIN nor fingerprint comparison |

  @DPC-APP-DISC-03
  Scenario: The edition of 2014 knows the activation secret alone
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                           |
      | DPC-APP-DISC-03 | The policy bytes are 40 00: the edition of 2014 knows no virtual contact interface |

  @DPC-APP-DISC-04
  Scenario: A token with a virtual contact interface says so in Discovery
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement     | in words                                                                                          |
      | DPC-APP-DISC-04 | A token with a virtual contact interface has Discovery, and bit 4 of its first policy byte is set |
