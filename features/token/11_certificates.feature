@epic:Token
Feature: The certificates on the token
  SP 800-157r1 App. B.1.2: one certificate is mandatory, others may stand beside it.

  Background:
    Given a removable token with its activation secret

  @DPC-APP-OBJ-CERT-01
  Scenario: There is a certificate for derived PIV authentication
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement         | in words                                                    |
      | DPC-APP-OBJ-CERT-01 | 5FC105 holds the certificate for derived PIV authentication |

  @DPC-APP-OBJ-CERT-02
  Scenario: It is read at the contacts without the activation secret, and not over plain NFC
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement         | in words                                                                                       |
      | DPC-APP-OBJ-CERT-02 | The authentication certificate is read at the contacts without the PIN, and not over plain NFC |

  @DPC-APP-OBJ-CERT-03
  Scenario: Certificate containers hold their elements and nothing else
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement         | in words                                                                                         |
      | DPC-APP-OBJ-CERT-03 | Certificate containers hold 70, 71 with one byte and an empty FE in that order, and nothing else |

  @DPC-APP-OBJ-CERT-04
  Scenario: A certificate is compressed exactly when its container says so
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement         | in words                                                                                            |
      | DPC-APP-OBJ-CERT-04 | CertInfo 00 stands beside one DER certificate, 01 beside a gzip stream of one; its other bits are 0 |

  @DPC-APP-OBJ-CERT-05
  Scenario: The certificate is that of the authentication key
    When the token's data are read
    Then these requirements hold on the token's data
      | requirement         | in words                                                                |
      | DPC-APP-OBJ-CERT-05 | What key 9A signed after the PIN verifies with the public key in 5FC105 |
