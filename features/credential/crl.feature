@epic:Credential
Feature: The CRL of the CA that issued the derived certificate
  Worksheet 14 of the Common Policy's profiles: what has been revoked.

  Background:
    Given what an enrolment left behind

  Rule: Version and encoding

    @DPC-CRL-VER-01 @DPC-CRL-HTTP-01
    Scenario: It is a CRL of version 2 in strict DER
      When the CRL is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                       |
        | DPC-CRL-VER-01  | The CRL is of version 2                        |
        | DPC-CRL-HTTP-01 | What is delivered is the strict DER of one CRL |

  Rule: Issuer and signature

    @DPC-CRL-ISSUER-01 @DPC-CRL-SIG-01 @DPC-CRL-STRENGTH-01
    Scenario: The CA signed it with an algorithm that the profile lists
      When the CRL is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                                                                             |
        | DPC-CRL-ISSUER-01   | The issuer is the subject of the CA's certificate, octet for octet                                   |
        | DPC-CRL-SIG-01      | The signature algorithm is one of the seven, the same inside and outside, and the signature verifies |
        | DPC-CRL-STRENGTH-01 | The CRL is signed with a hash at least as long as that of the certificates it covers                 |

  Rule: Dates

    @DPC-CRL-TIME-01 @DPC-CRL-TIME-02 @DPC-CRL-TIME-03
    Scenario: It is current and will be replaced in time
      When the CRL is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                                      |
        | DPC-CRL-TIME-01 | thisUpdate and nextUpdate are there, complete, UTCTime through 2049 and GeneralizedTime after |
        | DPC-CRL-TIME-02 | nextUpdate comes no later after thisUpdate than the CA's kind allows                          |
        | DPC-CRL-TIME-03 | The CRL that is published has not lapsed                                                      |

  Rule: Extensions

    @DPC-CRL-EXT-01 @DPC-CRL-IDP-01 @DPC-CRL-FULL-01 @DPC-CRL-CRIT-01
    Scenario: It is numbered, names its CA's key and holds everything
      When the CRL is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                                                   |
        | DPC-CRL-EXT-01  | The authority key identifier (keyIdentifier only) and a CRL number that grows are there                    |
        | DPC-CRL-IDP-01  | An issuing distribution point is critical, names a location of the certificates covered, and excludes none |
        | DPC-CRL-FULL-01 | The CRL is full: no delta, no entries of another issuer                                                    |
        | DPC-CRL-CRIT-01 | No extension of the CRL or of its entries is critical but the issuing distribution point                   |

  Rule: Entries

    @DPC-CRL-ENTRY-01 @DPC-CRL-ENTRY-02
    Scenario: Each entry is well formed, and an empty list is left out
      When the CRL is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                      |
        | DPC-CRL-ENTRY-01 | Reason codes are not critical; unspecified is left out, 7 does not exist, 8 is for delta CRLs |
        | DPC-CRL-ENTRY-02 | A CRL without revocations omits the list of them                                              |
