@epic:Credential
Feature: The certificate of the OCSP responder
  Worksheet 13 of the Common Policy's profiles: who answers for the CA.

  Background:
    Given what an enrolment left behind

  Rule: Validity

    @DPC-OCSP-CERT-01
    Scenario: It lives 120 days at most
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                    |
        | DPC-OCSP-CERT-01 | The certificate of an OCSP responder lives at most 120 days |

  Rule: Extended key usage

    @DPC-OCSP-CERT-02
    Scenario: It is for OCSP signing only
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                |
        | DPC-OCSP-CERT-02 | The only purpose of a responder's certificate is OCSP signing, critical |

  Rule: Key usage

    @DPC-OCSP-CERT-03
    Scenario: The key signs, and nobody needs to ask about the responder itself
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                        |
        | DPC-OCSP-CERT-03 | A responder's key usage is critical, digitalSignature only, and ocsp-nocheck is there with NULL |

  Rule: Authority information access

    @DPC-OCSP-CERT-04
    Scenario: It names no OCSP service
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                   |
        | DPC-OCSP-CERT-04 | A responder's certificate names no OCSP service for itself |

  Rule: Certificate policies

    @DPC-OCSP-CERT-05
    Scenario: It asserts the policies that it answers for
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                          |
        | DPC-OCSP-CERT-05 | A responder's certificate asserts every policy of the certificates it answers for |

  Rule: Issuer

    @DPC-OCSP-CERT-06
    Scenario: The CA of the derived certificates issued it
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                   |
        | DPC-OCSP-CERT-06 | A responder's certificate was issued by the CA that issued the certificates it answers for |

  Rule: Basic constraints

    @DPC-OCSP-CERT-07
    Scenario: It is not a CA
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                    |
        | DPC-OCSP-CERT-07 | A responder's certificate has basic constraints with cA FALSE by default and no path length |

  Rule: Cryptographic strength

    @DPC-CRY-EXP-01 @DPC-CRY-SIG-01 @DPC-CRY-STRENGTH-01 @DPC-CRY-HASH-01 @DPC-CRY-PQC-01
    Scenario: Key, signature and hash are as strong as SP 800-78 demands
      When the OCSP responder certificate is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                                                                      |
        | DPC-CRY-EXP-01      | An RSA key has the exponent 65537; a recovered one may have any odd exponent above it         |
        | DPC-CRY-SIG-01      | The CA's key and hash stand in one row of SP 800-78-5 table 2                                 |
        | DPC-CRY-STRENGTH-01 | The key, and whatever protected it on delivery, give 112 bits of security, and 128 past 2030  |
        | DPC-CRY-HASH-01     | The CA signed with SHA-256, SHA-384 or SHA-512                                                |
        | DPC-CRY-PQC-01      | A post-quantum algorithm is reported as not covered by any edition, neither passed nor failed |
