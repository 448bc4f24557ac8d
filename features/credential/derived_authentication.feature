@epic:Credential
Feature: The Derived PIV Authentication certificate
  Worksheet 10 of the Common Policy's profiles: what the phone shows to the applications of the agency.

  Background:
    Given what an enrolment left behind

  Rule: Version and encoding

    @DPC-CERT-VER-01 @DPC-CERT-DER-01 @DPC-CERT-UID-01
    Scenario: It is an X.509 version 3 certificate in strict DER
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                        |
        | DPC-CERT-VER-01 | The certificate is X.509 version 3              |
        | DPC-CERT-DER-01 | The certificate is strict DER                   |
        | DPC-CERT-UID-01 | issuerUniqueID and subjectUniqueID are not used |

  Rule: Serial number

    @DPC-CERT-SER-01 @DPC-CERT-SER-02 @DPC-CERT-SER-03 @DPC-CERT-SER-04
    Scenario: The serial number is positive, short, unique and not to be guessed
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                               |
        | DPC-CERT-SER-01 | The serial number is a positive integer in its shortest encoding                       |
        | DPC-CERT-SER-02 | The serial number takes at most 20 octets                                              |
        | DPC-CERT-SER-03 | No other certificate of the same issuer has this serial number                         |
        | DPC-CERT-SER-04 | The serial number is long enough to hold 64 random bits and no member of a progression |

  Rule: Signature algorithm

    @DPC-CERT-SIGALG-01 @DPC-CERT-SIGALG-02 @DPC-CERT-SIGALG-03 @DPC-CERT-SIGALG-04 @DPC-CERT-SIGALG-05
    @DPC-CERT-SIGALG-06
    Scenario: It is signed with an algorithm that the profile lists
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement        | in words                                                                                           |
        | DPC-CERT-SIGALG-01 | The signature algorithm is one that the profile lists: seven since version 2.0, four before        |
        | DPC-CERT-SIGALG-02 | The algorithm inside the signed part is the one beside the signature, octet for octet              |
        | DPC-CERT-SIGALG-03 | RSASSA-PSS parameters name SHA-256, MGF1 with SHA-256, a salt of 32 octets and the default trailer |
        | DPC-CERT-SIGALG-04 | With PKCS#1 v1.5 RSA the parameters are an explicit NULL                                           |
        | DPC-CERT-SIGALG-05 | With ECDSA the parameters are absent                                                               |
        | DPC-CERT-SIGALG-06 | A CA with a P-256 key signs with SHA-256, one with a P-384 key with SHA-384                        |

  Rule: Issuer and signature

    @DPC-CERT-ISSUER-01 @DPC-CERT-SIG-01
    Scenario: The CA that it names signed it
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement        | in words                                                                   |
        | DPC-CERT-ISSUER-01 | The issuer is the subject of the issuing CA's certificate, octet for octet |
        | DPC-CERT-SIG-01    | The signature verifies with the key of the issuing CA                      |

  Rule: Validity

    @DPC-CERT-VALID-01 @DPC-CERT-VALID-02 @DPC-CERT-VALID-03 @DPC-CERT-VALID-04 @DPC-CERT-VALID-05 @DPC-CERT-VALID-06
    Scenario: It lives three years at most, and not longer than its CA
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement       | in words                                                                                           |
        | DPC-CERT-VALID-01 | Dates through 2049 are UTCTime, later ones GeneralizedTime                                         |
        | DPC-CERT-VALID-02 | Dates name seconds, end in Z and have no fractions                                                 |
        | DPC-CERT-VALID-03 | The certificate lives at most three years                                                          |
        | DPC-CERT-VALID-04 | notBefore is earlier than notAfter                                                                 |
        | DPC-CERT-VALID-05 | The certificate expires no later than the issuing CA's certificate and ten years of use of its key |
        | DPC-CERT-VALID-06 | Under profiles 1.7 to 1.9 a derived certificate did not outlive the PIV Card                       |

  Rule: Subject

    @DPC-CERT-SUBJ-01 @DPC-CERT-SUBJ-02 @DPC-CERT-SUBJ-03 @DPC-CERT-SUBJ-04 @DPC-CERT-SUBJ-05 @DPC-CERT-SUBJ-06
    Scenario: It names the person of the PIV identity account
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                                  |
        | DPC-CERT-SUBJ-01 | The subject has the name form of a human subscriber: agency, then a common name with a person's names     |
        | DPC-CERT-SUBJ-02 | Names are PrintableString or UTF8String, countries two letters of PrintableString, components IA5String   |
        | DPC-CERT-SUBJ-03 | The common name of a contractor or affiliate ends with the affiliate marker                               |
        | DPC-CERT-SUBJ-04 | The subject is not empty                                                                                  |
        | DPC-CERT-SUBJ-05 | dnQualifier, serialNumber and UID stand in the relative distinguished name of the CN or directly after it |
        | DPC-CERT-SUBJ-06 | The subject names the person, and where it is known the agency, of the PIV identity account               |

  Rule: Public key

    @DPC-CERT-SPKI-01 @DPC-CERT-SPKI-02 @DPC-CERT-SPKI-03 @DPC-CERT-SPKI-04 @DPC-CERT-SPKI-05 @DPC-CERT-SPKI-06
    @DPC-CRY-KEY-01 @DPC-CRY-KEY-02
    Scenario: The key is of a kind and size that the profile lists
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                          |
        | DPC-CERT-SPKI-01 | The subject's key is an RSA or an EC key                                                          |
        | DPC-CERT-SPKI-02 | An RSA modulus has 2048, 3072 or 4096 bits (2048 before profile 2.0), and the parameters are NULL |
        | DPC-CERT-SPKI-03 | An EC key is on the named curve P-256 or, since profile 2.0, P-384                                |
        | DPC-CERT-SPKI-04 | An EC point is uncompressed and lies on its curve                                                 |
        | DPC-CERT-SPKI-05 | The RSA public exponent is 65537                                                                  |
        | DPC-CERT-SPKI-06 | An RSA key of a certificate that expires after 2030 has at least 3072 bits                        |
        | DPC-CRY-KEY-01   | The key is RSA-2048 (through 2030), RSA-3072, P-256 or P-384; RSA-4096 has a rule of its own      |
        | DPC-CRY-KEY-02   | The key is not RSA-4096, which the certificate profile allows and SP 800-78-5 does not            |

  Rule: Cryptographic strength

    @DPC-CRY-EXP-01 @DPC-CRY-SIG-01 @DPC-CRY-STRENGTH-01 @DPC-CRY-HASH-01 @DPC-CRY-PQC-01
    Scenario: Key, signature and hash are as strong as SP 800-78 demands
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                                                                      |
        | DPC-CRY-EXP-01      | An RSA key has the exponent 65537; a recovered one may have any odd exponent above it         |
        | DPC-CRY-SIG-01      | The CA's key and hash stand in one row of SP 800-78-5 table 2                                 |
        | DPC-CRY-STRENGTH-01 | The key, and whatever protected it on delivery, give 112 bits of security, and 128 past 2030  |
        | DPC-CRY-HASH-01     | The CA signed with SHA-256, SHA-384 or SHA-512                                                |
        | DPC-CRY-PQC-01      | A post-quantum algorithm is reported as not covered by any edition, neither passed nor failed |

  Rule: Key usage

    @DPC-CERT-KU-01 @DPC-CERT-KU-02
    Scenario: The key signs challenges and does nothing else
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement    | in words                                                  |
        | DPC-CERT-KU-01 | Key usage is present, critical, and only digitalSignature |
        | DPC-CERT-KU-02 | Key usage is marked critical                              |

  Rule: Extended key usage

    @DPC-CERT-EKU-01 @DPC-CERT-EKU-02 @DPC-CERT-EKU-03 @DPC-CERT-EKU-05 @DPC-CERT-EKU-06
    Scenario: It is for client authentication
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                                   |
        | DPC-CERT-EKU-01 | Extended key usage is present and includes clientAuth; it was optional before 30 June 2019 |
        | DPC-CERT-EKU-02 | anyExtendedKeyUsage is not in certificates issued after 30 June 2019                       |
        | DPC-CERT-EKU-03 | No purpose is asserted that does not fit authentication, such as code signing              |
        | DPC-CERT-EKU-05 | Extended key usage is not critical                                                         |
        | DPC-CERT-EKU-06 | Between 30 June 2019 and profile 2.0 the PKINIT client purpose was asserted too            |

    @DPC-CERT-EKU-04
    Scenario: Further purposes of authentication may stand beside it
      When the derived authentication certificate is judged by its profile
      Then it may use what the profile leaves open
        | requirement     | in words                                                |
        | DPC-CERT-EKU-04 | smart-card logon, PKINIT client and SSH client purposes |

  Rule: Certificate policies

    @DPC-CERT-POL-01 @DPC-CERT-POL-02 @DPC-CERT-POL-03 @DPC-CERT-POL-04 @DPC-CERT-POL-06 @DPC-CERT-POL-07
    @DPC-CERT-POL-08 @DPC-CERT-POL-09 @DPC-CERT-POL-10 @DPC-ISS-POLICYSEL-01
    Scenario: It asserts one policy of derived PIV authentication, the one that fits its key
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement          | in words                                                                                         |
        | DPC-CERT-POL-01      | The certificate asserts one of the two policies of derived PIV authentication                    |
        | DPC-CERT-POL-02      | The certificate asserts not both policies of derived PIV authentication                          |
        | DPC-CERT-POL-03      | Certificate policies are not critical                                                            |
        | DPC-CERT-POL-04      | No policy of cards, devices or content signers is asserted                                       |
        | DPC-CERT-POL-06      | The only policy qualifier is the URI of a certification practice statement                       |
        | DPC-CERT-POL-07      | The hardware policy is asserted only for a key that was made in and stays in a validated module  |
        | DPC-CERT-POL-08      | A production certificate asserts no test policy, a test certificate no production policy         |
        | DPC-CERT-POL-09      | anyPolicy is not asserted                                                                        |
        | DPC-CERT-POL-10      | No policy is asserted twice                                                                      |
        | DPC-ISS-POLICYSEL-01 | A key in a hardware module gets the hardware policy only there, and a software key never gets it |

    @DPC-CERT-POL-05
    Scenario: Policies of the agency may stand beside it
      When the derived authentication certificate is judged by its profile
      Then it may use what the profile leaves open
        | requirement     | in words                         |
        | DPC-CERT-POL-05 | policies of the agency's own arc |

  Rule: Subject alternative name

    @DPC-CERT-SAN-01 @DPC-CERT-SAN-02 @DPC-CERT-SAN-03 @DPC-CERT-SAN-04 @DPC-CERT-SAN-05 @DPC-CERT-SAN-06
    @DPC-CERT-SAN-07 @DPC-CERT-SAN-08 @DPC-CERT-SAN-09
    Scenario: It carries a UUID of its own and nothing of the card's
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                               |
        | DPC-CERT-SAN-01 | The certificate carries a URI of the form urn:uuid                     |
        | DPC-CERT-SAN-02 | No other derived certificate has the same UUID                         |
        | DPC-CERT-SAN-03 | The UUID is not the Card UUID of the PIV Card                          |
        | DPC-CERT-SAN-04 | The UUID is one of RFC 4122, of version 1, 4 or 5, and not nil         |
        | DPC-CERT-SAN-05 | No FASC-N is carried, least of all that of the card                    |
        | DPC-CERT-SAN-06 | No more than one urn:uuid URI is present                               |
        | DPC-CERT-SAN-07 | A user principal name is allowed, as UTF8String                        |
        | DPC-CERT-SAN-08 | A certificate for e-mail protection carries an e-mail address          |
        | DPC-CERT-SAN-09 | Subject alternative names are not critical, since the subject is there |

  Rule: Basic constraints

    @DPC-CERT-BC-01
    Scenario: It is not a CA
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement    | in words                                                                       |
        | DPC-CERT-BC-01 | Basic constraints, if present, say cA FALSE by default and name no path length |

  Rule: Key identifiers

    @DPC-CERT-SKI-01 @DPC-CERT-AKI-01 @DPC-CERT-AKI-02
    Scenario: It identifies its own key and that of its CA
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                                                     |
        | DPC-CERT-SKI-01 | The subject key identifier is present, not critical, and a hash of the public key (SHA-1 before profile 2.0) |
        | DPC-CERT-AKI-01 | The authority key identifier is the subject key identifier of the issuing CA                                 |
        | DPC-CERT-AKI-02 | The authority key identifier names no issuer and serial number, and is not critical                          |

  Rule: CRL distribution points

    @DPC-CERT-CRLDP-01 @DPC-CERT-CRLDP-02 @DPC-CERT-CRLDP-03 @DPC-CERT-CRLDP-04
    Scenario: It says where the CRL is
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement       | in words                                                                            |
        | DPC-CERT-CRLDP-01 | A CRL is named by at least one http URI, in an extension that is not critical       |
        | DPC-CERT-CRLDP-02 | No distribution point is limited to reasons or names another CRL issuer             |
        | DPC-CERT-CRLDP-03 | An LDAP URI or directory name comes after the http URI                              |
        | DPC-CERT-CRLDP-04 | URIs are http (or ldap), to a full domain name on the default port, and end in .crl |

  Rule: Authority information access

    @DPC-CERT-AIA-01 @DPC-CERT-AIA-02 @DPC-CERT-AIA-03
    Scenario: It says where the certificates of the CA and the OCSP service are
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                                           |
        | DPC-CERT-AIA-01 | The issuer's certificates are named by an http URI to a .p7c, in an extension that is not critical |
        | DPC-CERT-AIA-02 | The OCSP service is named by an http URI                                                           |
        | DPC-CERT-AIA-03 | An LDAP location of the issuer's certificates comes after the http one                             |

  Rule: Extensions of earlier profiles

    @DPC-CERT-NACI-01 @DPC-CERT-SDA-01
    Scenario: The NACI indicator and directory attributes are well formed where they stand
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement      | in words                                                                                                  |
        | DPC-CERT-NACI-01 | The PIV NACI indicator, if present, is a BOOLEAN and not critical; it was demanded before profile 2.2     |
        | DPC-CERT-SDA-01  | Subject directory attributes, if present, are not critical, and countries of citizenship have two letters |

  Rule: Extensions

    @DPC-CERT-EXT-01 @DPC-CERT-EXT-02 @DPC-CERT-EXT-04
    Scenario: There is no extension that the worksheet does not list, and only key usage is critical
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                         |
        | DPC-CERT-EXT-01 | No standard extension stands in the certificate that the worksheet does not list |
        | DPC-CERT-EXT-02 | No extension is critical but key usage                                           |
        | DPC-CERT-EXT-04 | No extension stands in the certificate twice                                     |

    @DPC-CERT-EXT-03
    Scenario: Private extensions may stand beside them
      When the derived authentication certificate is judged by its profile
      Then it may use what the profile leaves open
        | requirement     | in words                                 |
        | DPC-CERT-EXT-03 | private extensions that are not critical |

  Rule: Beside other certificates

    @DPC-ISS-DUP-01
    Scenario: It shares nothing with the card and with other derived certificates
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement    | in words                                                                                |
        | DPC-ISS-DUP-01 | No other derived certificate, and not the card, has the same key, serial number or UUID |

    @DPC-LC-EXPIRY-01
    Scenario: It may outlive the card
      When the derived authentication certificate is judged by its profile
      Then it may use what the profile leaves open
        | requirement      | in words                                                                 |
        | DPC-LC-EXPIRY-01 | an expiry after that of the card and its certificates, since profile 2.0 |

  Rule: Certification path

    @DPC-PATH-ANCHOR-01 @DPC-PATH-POLICY-01 @DPC-PATH-POLICY-02 @DPC-PATH-TIME-01 @DPC-PATH-CA-01 @DPC-PATH-NC-01
    Scenario: It leads to the trust anchor under a policy of derived PIV authentication
      When the derived authentication certificate is judged by its profile
      Then it meets these requirements
        | requirement        | in words                                                                                            |
        | DPC-PATH-ANCHOR-01 | The certificate validates to the trust anchor, no certificate in the path being revoked             |
        | DPC-PATH-POLICY-01 | Policy processing along the path yields a policy of this kind of certificate, such as a derived one |
        | DPC-PATH-POLICY-02 | A certificate with the software policy does not validate for the hardware policy, whatever CAs map  |
        | DPC-PATH-TIME-01   | The certificate is neither expired nor not yet valid, the seconds of both dates included            |
        | DPC-PATH-CA-01     | The CA certificates have critical basic constraints with cA TRUE, and keyCertSign                   |
        | DPC-PATH-NC-01     | Subject and alternative names lie within the name constraints of the path                           |

  Rule: The whole worksheet

    @DPC-CERT-PROFILE-01
    Scenario: Every binding row of worksheet 10 holds
      When the derived authentication certificate is judged by its profile
      Then it meets DPC-CERT-PROFILE-01, which is made of these
        | requirement        | in words                                                                                                     |
        | DPC-CERT-DER-01    | The certificate is strict DER                                                                                |
        | DPC-CERT-VER-01    | The certificate is X.509 version 3                                                                           |
        | DPC-CERT-SER-01    | The serial number is a positive integer in its shortest encoding                                             |
        | DPC-CERT-SER-02    | The serial number takes at most 20 octets                                                                    |
        | DPC-CERT-SER-03    | No other certificate of the same issuer has this serial number                                               |
        | DPC-CERT-SIGALG-01 | The signature algorithm is one that the profile lists: seven since version 2.0, four before                  |
        | DPC-CERT-SIGALG-02 | The algorithm inside the signed part is the one beside the signature, octet for octet                        |
        | DPC-CERT-SIGALG-03 | RSASSA-PSS parameters name SHA-256, MGF1 with SHA-256, a salt of 32 octets and the default trailer           |
        | DPC-CERT-SIGALG-04 | With PKCS#1 v1.5 RSA the parameters are an explicit NULL                                                     |
        | DPC-CERT-SIGALG-05 | With ECDSA the parameters are absent                                                                         |
        | DPC-CERT-SIG-01    | The signature verifies with the key of the issuing CA                                                        |
        | DPC-CERT-ISSUER-01 | The issuer is the subject of the issuing CA's certificate, octet for octet                                   |
        | DPC-CERT-VALID-01  | Dates through 2049 are UTCTime, later ones GeneralizedTime                                                   |
        | DPC-CERT-VALID-02  | Dates name seconds, end in Z and have no fractions                                                           |
        | DPC-CERT-VALID-03  | The certificate lives at most three years                                                                    |
        | DPC-CERT-VALID-04  | notBefore is earlier than notAfter                                                                           |
        | DPC-CERT-VALID-05  | The certificate expires no later than the issuing CA's certificate and ten years of use of its key           |
        | DPC-CERT-VALID-06  | Under profiles 1.7 to 1.9 a derived certificate did not outlive the PIV Card                                 |
        | DPC-CERT-SUBJ-01   | The subject has the name form of a human subscriber: agency, then a common name with a person's names        |
        | DPC-CERT-SUBJ-02   | Names are PrintableString or UTF8String, countries two letters of PrintableString, components IA5String      |
        | DPC-CERT-SUBJ-03   | The common name of a contractor or affiliate ends with the affiliate marker                                  |
        | DPC-CERT-SUBJ-04   | The subject is not empty                                                                                     |
        | DPC-CERT-SUBJ-06   | The subject names the person, and where it is known the agency, of the PIV identity account                  |
        | DPC-CERT-SPKI-01   | The subject's key is an RSA or an EC key                                                                     |
        | DPC-CERT-SPKI-02   | An RSA modulus has 2048, 3072 or 4096 bits (2048 before profile 2.0), and the parameters are NULL            |
        | DPC-CERT-SPKI-03   | An EC key is on the named curve P-256 or, since profile 2.0, P-384                                           |
        | DPC-CERT-SPKI-04   | An EC point is uncompressed and lies on its curve                                                            |
        | DPC-CERT-SPKI-05   | The RSA public exponent is 65537                                                                             |
        | DPC-CERT-SPKI-06   | An RSA key of a certificate that expires after 2030 has at least 3072 bits                                   |
        | DPC-CERT-KU-01     | Key usage is present, critical, and only digitalSignature                                                    |
        | DPC-CERT-KU-02     | Key usage is marked critical                                                                                 |
        | DPC-CERT-EKU-01    | Extended key usage is present and includes clientAuth; it was optional before 30 June 2019                   |
        | DPC-CERT-EKU-02    | anyExtendedKeyUsage is not in certificates issued after 30 June 2019                                         |
        | DPC-CERT-EKU-03    | No purpose is asserted that does not fit authentication, such as code signing                                |
        | DPC-CERT-EKU-06    | Between 30 June 2019 and profile 2.0 the PKINIT client purpose was asserted too                              |
        | DPC-CERT-POL-01    | The certificate asserts one of the two policies of derived PIV authentication                                |
        | DPC-CERT-POL-03    | Certificate policies are not critical                                                                        |
        | DPC-CERT-POL-04    | No policy of cards, devices or content signers is asserted                                                   |
        | DPC-CERT-POL-07    | The hardware policy is asserted only for a key that was made in and stays in a validated module              |
        | DPC-CERT-POL-08    | A production certificate asserts no test policy, a test certificate no production policy                     |
        | DPC-CERT-POL-09    | anyPolicy is not asserted                                                                                    |
        | DPC-CERT-POL-10    | No policy is asserted twice                                                                                  |
        | DPC-CERT-SAN-01    | The certificate carries a URI of the form urn:uuid                                                           |
        | DPC-CERT-SAN-02    | No other derived certificate has the same UUID                                                               |
        | DPC-CERT-SAN-03    | The UUID is not the Card UUID of the PIV Card                                                                |
        | DPC-CERT-SAN-08    | A certificate for e-mail protection carries an e-mail address                                                |
        | DPC-CERT-BC-01     | Basic constraints, if present, say cA FALSE by default and name no path length                               |
        | DPC-CERT-SKI-01    | The subject key identifier is present, not critical, and a hash of the public key (SHA-1 before profile 2.0) |
        | DPC-CERT-AKI-01    | The authority key identifier is the subject key identifier of the issuing CA                                 |
        | DPC-CERT-AKI-02    | The authority key identifier names no issuer and serial number, and is not critical                          |
        | DPC-CERT-CRLDP-01  | A CRL is named by at least one http URI, in an extension that is not critical                                |
        | DPC-CERT-CRLDP-02  | No distribution point is limited to reasons or names another CRL issuer                                      |
        | DPC-CERT-CRLDP-03  | An LDAP URI or directory name comes after the http URI                                                       |
        | DPC-CERT-CRLDP-04  | URIs are http (or ldap), to a full domain name on the default port, and end in .crl                          |
        | DPC-CERT-AIA-01    | The issuer's certificates are named by an http URI to a .p7c, in an extension that is not critical           |
        | DPC-CERT-AIA-02    | The OCSP service is named by an http URI                                                                     |
        | DPC-CERT-AIA-03    | An LDAP location of the issuer's certificates comes after the http one                                       |
        | DPC-CERT-EXT-01    | No standard extension stands in the certificate that the worksheet does not list                             |
        | DPC-CERT-EXT-02    | No extension is critical but key usage                                                                       |
        | DPC-CERT-EXT-04    | No extension stands in the certificate twice                                                                 |
        | DPC-CERT-UID-01    | issuerUniqueID and subjectUniqueID are not used                                                              |
