@epic:Credential
Feature: The derived key management certificate
  Worksheet 9 of the Common Policy's profiles, for a key that decrypts on the phone.

  Background:
    Given what an enrolment left behind

  Rule: Key usage

    @DPC-KM-KU-01 @DPC-KM-KU-02
    Scenario: The key transports or agrees keys and does nothing else
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement  | in words                                                                         |
        | DPC-KM-KU-01 | Key usage of an RSA key management certificate is critical, keyEncipherment only |
        | DPC-KM-KU-02 | Key usage of an EC key management certificate is critical, keyAgreement only     |

  Rule: Extended key usage

    @DPC-KM-EKU-01
    Scenario: It is for e-mail protection
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement   | in words                                                                                                |
        | DPC-KM-EKU-01 | A key management certificate is for e-mail protection, and neither for any purpose nor for code signing |

  Rule: Certificate policies

    @DPC-KM-POL-01 @DPC-KM-POL-02
    Scenario: It asserts a policy that fits the module of its key
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement   | in words                                                                                         |
        | DPC-KM-POL-01 | A key management certificate asserts common-policy, common-hardware or common-High, not critical |
        | DPC-KM-POL-02 | A key management key, also a recovered one, is in software only when its policy is common-policy |

  Rule: Subject alternative name

    @DPC-KM-SAN-01
    Scenario: It carries an e-mail address
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement   | in words                                                                     |
        | DPC-KM-SAN-01 | A key management certificate for e-mail protection carries an e-mail address |

  Rule: Validity

    @DPC-KM-VALID-01
    Scenario: It lives three years at most
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement     | in words                                                                                        |
        | DPC-KM-VALID-01 | A key management certificate lives at most three years, however long its key is used to decrypt |

  Rule: Public key

    @DPC-CRY-KEY-03
    Scenario: The key is of a kind and size that SP 800-78 lists
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement    | in words                                                                               |
        | DPC-CRY-KEY-03 | A signature or key management key is RSA-2048 (through 2030), RSA-3072, P-256 or P-384 |

  Rule: Cryptographic strength

    @DPC-CRY-EXP-01 @DPC-CRY-SIG-01 @DPC-CRY-STRENGTH-01 @DPC-CRY-HASH-01 @DPC-CRY-PQC-01
    Scenario: Key, signature and hash are as strong as SP 800-78 demands
      When the derived key management certificate is judged by its profile
      Then it meets these requirements
        | requirement         | in words                                                                                      |
        | DPC-CRY-EXP-01      | An RSA key has the exponent 65537; a recovered one may have any odd exponent above it         |
        | DPC-CRY-SIG-01      | The CA's key and hash stand in one row of SP 800-78-5 table 2                                 |
        | DPC-CRY-STRENGTH-01 | The key, and whatever protected it on delivery, give 112 bits of security, and 128 past 2030  |
        | DPC-CRY-HASH-01     | The CA signed with SHA-256, SHA-384 or SHA-512                                                |
        | DPC-CRY-PQC-01      | A post-quantum algorithm is reported as not covered by any edition, neither passed nor failed |

  Rule: Rows shared with other worksheets

    @DPC-KM-COMMON-01
    Scenario: Every other row of worksheet 9 holds
      When the derived key management certificate is judged by its profile
      Then it meets DPC-KM-COMMON-01, which is made of these
        | requirement        | in words                                                                                                     |
        | DPC-CERT-DER-01    | The certificate is strict DER                                                                                |
        | DPC-CERT-VER-01    | The certificate is X.509 version 3                                                                           |
        | DPC-CERT-UID-01    | issuerUniqueID and subjectUniqueID are not used                                                              |
        | DPC-CERT-EXT-04    | No extension stands in the certificate twice                                                                 |
        | DPC-CERT-SER-01    | The serial number is a positive integer in its shortest encoding                                             |
        | DPC-CERT-SER-02    | The serial number takes at most 20 octets                                                                    |
        | DPC-CERT-SER-03    | No other certificate of the same issuer has this serial number                                               |
        | DPC-CERT-SER-04    | The serial number is long enough to hold 64 random bits and no member of a progression                       |
        | DPC-CERT-SIGALG-01 | The signature algorithm is one that the profile lists: seven since version 2.0, four before                  |
        | DPC-CERT-SIGALG-02 | The algorithm inside the signed part is the one beside the signature, octet for octet                        |
        | DPC-CERT-SIGALG-03 | RSASSA-PSS parameters name SHA-256, MGF1 with SHA-256, a salt of 32 octets and the default trailer           |
        | DPC-CERT-SIGALG-04 | With PKCS#1 v1.5 RSA the parameters are an explicit NULL                                                     |
        | DPC-CERT-SIGALG-05 | With ECDSA the parameters are absent                                                                         |
        | DPC-CERT-SIGALG-06 | A CA with a P-256 key signs with SHA-256, one with a P-384 key with SHA-384                                  |
        | DPC-CERT-SIG-01    | The signature verifies with the key of the issuing CA                                                        |
        | DPC-CERT-ISSUER-01 | The issuer is the subject of the issuing CA's certificate, octet for octet                                   |
        | DPC-CERT-VALID-01  | Dates through 2049 are UTCTime, later ones GeneralizedTime                                                   |
        | DPC-CERT-VALID-02  | Dates name seconds, end in Z and have no fractions                                                           |
        | DPC-CERT-VALID-04  | notBefore is earlier than notAfter                                                                           |
        | DPC-CERT-VALID-05  | The certificate expires no later than the issuing CA's certificate and ten years of use of its key           |
        | DPC-CERT-SPKI-01   | The subject's key is an RSA or an EC key                                                                     |
        | DPC-CERT-SPKI-02   | An RSA modulus has 2048, 3072 or 4096 bits (2048 before profile 2.0), and the parameters are NULL            |
        | DPC-CERT-SPKI-03   | An EC key is on the named curve P-256 or, since profile 2.0, P-384                                           |
        | DPC-CERT-SPKI-04   | An EC point is uncompressed and lies on its curve                                                            |
        | DPC-CERT-SPKI-05   | The RSA public exponent is 65537                                                                             |
        | DPC-CERT-SPKI-06   | An RSA key of a certificate that expires after 2030 has at least 3072 bits                                   |
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
        | DPC-CERT-BC-01     | Basic constraints, if present, say cA FALSE by default and name no path length                               |
        | DPC-CERT-SUBJ-02   | Names are PrintableString or UTF8String, countries two letters of PrintableString, components IA5String      |
        | DPC-CERT-SUBJ-04   | The subject is not empty                                                                                     |
        | DPC-CERT-POL-06    | The only policy qualifier is the URI of a certification practice statement                                   |
        | DPC-CERT-POL-08    | A production certificate asserts no test policy, a test certificate no production policy                     |
        | DPC-CERT-POL-09    | anyPolicy is not asserted                                                                                    |
        | DPC-CERT-POL-10    | No policy is asserted twice                                                                                  |
        | DPC-CERT-SUBJ-01   | The subject has the name form of a human subscriber: agency, then a common name with a person's names        |
        | DPC-CERT-SUBJ-03   | The common name of a contractor or affiliate ends with the affiliate marker                                  |
        | DPC-CERT-SUBJ-05   | dnQualifier, serialNumber and UID stand in the relative distinguished name of the CN or directly after it    |
        | DPC-CERT-SUBJ-06   | The subject names the person, and where it is known the agency, of the PIV identity account                  |
        | DPC-PATH-ANCHOR-01 | The certificate validates to the trust anchor, no certificate in the path being revoked                      |
        | DPC-PATH-POLICY-01 | Policy processing along the path yields a policy of this kind of certificate, such as a derived one          |
        | DPC-PATH-TIME-01   | The certificate is neither expired nor not yet valid, the seconds of both dates included                     |
        | DPC-PATH-CA-01     | The CA certificates have critical basic constraints with cA TRUE, and keyCertSign                            |
        | DPC-PATH-NC-01     | Subject and alternative names lie within the name constraints of the path                                    |
