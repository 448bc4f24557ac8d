@epic:Credential
Feature: The OCSP response about the derived certificate
  RFC 6960 as section 4 of the Common Policy's profiles narrows it.

  Background:
    Given what an enrolment left behind

  Rule: Answer

    @DPC-OCSP-PRESENT-01 @DPC-OCSP-VER-01 @DPC-OCSP-CERTID-01
    Scenario: It answers about the certificate that was asked for
      When the OCSP response is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                                                                                 |
        | DPC-OCSP-PRESENT-01 | The service answers, successfully and about the certificate that was asked for                           |
        | DPC-OCSP-VER-01     | The response is of version 1, by default, and none of its extensions is critical                         |
        | DPC-OCSP-CERTID-01  | The certificate is named with the hash of the request, and the hashes are those of the CA's name and key |

  Rule: Signature

    @DPC-OCSP-SIG-01 @DPC-CRL-STRENGTH-01 @DPC-OCSP-CERT-02 @DPC-OCSP-CERT-06
    Scenario: It is signed as strongly as the certificate
      When the OCSP response is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                                                                                      |
        | DPC-OCSP-SIG-01     | The signature algorithm is one of those allowed for CRLs, and the responder's signature verifies              |
        | DPC-CRL-STRENGTH-01 | The response is signed with a key and hash at least as strong as those that signed the certificate            |
        | DPC-OCSP-CERT-02    | Whoever signed the response, if not the CA, has a certificate with OCSP signing as its only purpose, critical |
        | DPC-OCSP-CERT-06    | Whoever signed the response, if not the CA, has a certificate of the CA that issued the one in question       |

  Rule: Freshness

    @DPC-OCSP-FRESH-01
    Scenario: It is as fresh as a CRL has to be
      When the OCSP response is judged by its profile
      Then it meets these requirements
        | requirement       | in words                                                                            |
        | DPC-OCSP-FRESH-01 | The answers are as fresh as CRLs must be, and none has lapsed or is from the future |

  Rule: Agreement

    @DPC-OCSP-REVOKED-01
    Scenario: It says what the CRL says
      When the OCSP response is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                        |
        | DPC-OCSP-REVOKED-01 | OCSP and CRL say the same about the certificate |
