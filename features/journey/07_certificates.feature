@epic:Journey
Feature: The certificates arrive
  The phone generates its key, proves possession of it, and installs the certificates that the issuer signs.

  Rule: The credential is issued, delivered and announced

    @IOS-INT-15 @DPC-ISS-PKIAUTH-07 @DPC-ISS-INPERSON-02 @browser
    Scenario: Company Portal finishes and the derived credential is installed
      Given the phone has redeemed the QR code
      When the cardholder chooses an activation secret and waits for the app to finish
      Then the app says that the smart card is ready
      And the phone holds a derived credential
      And the credential is bound to the PIV identity account of the card
      And the whole enrolment was possible without a visit to an office

    @IOS-INT-15 @DPC-ISS-POP-01
    Scenario: The request proves possession of the key that the phone generated
      Given the cardholder has a derived credential on the phone
      Then the request was signed with the key that the certificate holds
      And the private key was generated on the phone

    @IOS-INT-15 @DPC-ISS-NOTIFY-01 @DPC-ISS-NOTIFY-02
    Scenario: The cardholder is told about the new credential
      Given the cardholder has a derived credential on the phone
      Then an e-mail to the address of the PIV identity account announces the credential

    @IOS-INT-15 @DPC-ISS-CHAN-01 @DPC-ISS-CHAN-03 @DPC-ISS-SECRET-01
    Scenario: The enrolment travels protected
      Given the cardholder has a derived credential on the phone
      Then every exchange of the enrolment went over TLS to the right server
      And the channel is at least as strong as the certified key
      And no secret stood in an address or travelled in the clear

  Rule: The certificate is a Derived PIV Authentication certificate

    @IOS-INT-15 @DPC-CERT-VER-01 @DPC-CERT-SER-01 @DPC-CERT-SER-02 @DPC-CERT-SIGALG-01 @DPC-CERT-SIGALG-02
    @DPC-CERT-SIG-01 @DPC-CERT-ISSUER-01 @DPC-CERT-VALID-01 @DPC-CERT-VALID-02 @DPC-CERT-VALID-03
    @DPC-CERT-VALID-04 @DPC-CERT-VALID-05 @DPC-CERT-SUBJ-01 @DPC-CERT-SUBJ-04 @DPC-CERT-SUBJ-06 @DPC-CERT-SPKI-01
    @DPC-CERT-SPKI-02 @DPC-CERT-SPKI-03 @DPC-CERT-SPKI-04 @DPC-CERT-SPKI-05 @DPC-CERT-KU-01 @DPC-CERT-KU-02
    @DPC-CERT-EKU-01 @DPC-CERT-EKU-02 @DPC-CERT-EKU-03 @DPC-CERT-EKU-05 @DPC-CERT-POL-01 @DPC-CERT-POL-02
    @DPC-CERT-POL-03 @DPC-CERT-POL-04 @DPC-CERT-POL-08 @DPC-CERT-POL-09 @DPC-CERT-SAN-01 @DPC-CERT-SAN-02
    @DPC-CERT-SAN-03 @DPC-CERT-SAN-04 @DPC-CERT-SAN-05 @DPC-CERT-BC-01 @DPC-CERT-SKI-01 @DPC-CERT-AKI-01
    @DPC-CERT-AKI-02 @DPC-CERT-CRLDP-01 @DPC-CERT-CRLDP-02 @DPC-CERT-CRLDP-04 @DPC-CERT-AIA-01 @DPC-CERT-AIA-02
    @DPC-CERT-EXT-01 @DPC-CERT-EXT-02 @DPC-CERT-DER-01
    Scenario: The certificate follows the Derived PIV Authentication profile
      Given the cardholder has a derived credential on the phone
      When the derived certificate is read
      Then its fields follow the profile
        | field                  | requirements |
        | version                | DPC-CERT-VER-01 |
        | serial number          | DPC-CERT-SER-01 DPC-CERT-SER-02 |
        | signature              | DPC-CERT-SIGALG-01 DPC-CERT-SIGALG-02 DPC-CERT-SIG-01 |
        | issuer                 | DPC-CERT-ISSUER-01 |
        | validity               | DPC-CERT-VALID-01 DPC-CERT-VALID-02 DPC-CERT-VALID-03 DPC-CERT-VALID-04 DPC-CERT-VALID-05 |
        | subject                | DPC-CERT-SUBJ-01 DPC-CERT-SUBJ-04 DPC-CERT-SUBJ-06 |
        | public key             | DPC-CERT-SPKI-01 DPC-CERT-SPKI-02 DPC-CERT-SPKI-03 DPC-CERT-SPKI-04 DPC-CERT-SPKI-05 |
        | key usage              | DPC-CERT-KU-01 DPC-CERT-KU-02 |
        | extended key usage     | DPC-CERT-EKU-01 DPC-CERT-EKU-02 DPC-CERT-EKU-03 DPC-CERT-EKU-05 |
        | certificate policies   | DPC-CERT-POL-01 DPC-CERT-POL-02 DPC-CERT-POL-03 DPC-CERT-POL-04 DPC-CERT-POL-08 DPC-CERT-POL-09 |
        | subject alternative name | DPC-CERT-SAN-01 DPC-CERT-SAN-02 DPC-CERT-SAN-03 DPC-CERT-SAN-04 DPC-CERT-SAN-05 |
        | basic constraints      | DPC-CERT-BC-01 |
        | key identifiers        | DPC-CERT-SKI-01 DPC-CERT-AKI-01 DPC-CERT-AKI-02 |
        | CRL distribution point | DPC-CERT-CRLDP-01 DPC-CERT-CRLDP-02 DPC-CERT-CRLDP-04 |
        | authority information access | DPC-CERT-AIA-01 DPC-CERT-AIA-02 |
        | extensions and encoding | DPC-CERT-EXT-01 DPC-CERT-EXT-02 DPC-CERT-DER-01 |

    @IOS-INT-15 @DPC-PATH-ANCHOR-01 @DPC-PATH-POLICY-01 @DPC-PATH-TIME-01
    Scenario: The certificate has a valid path and is not revoked
      Given the cardholder has a derived credential on the phone
      When the derived certificate is validated to the trust anchor
      Then the path is valid under the derived authentication policy

    @IOS-INT-15 @DPC-ISS-POLICYSEL-01
    Scenario: The policy says where the key lives
      Given the cardholder has a derived credential on the phone
      Then the certificate asserts the policy of a key in software

    @IOS-INT-15 @DPC-ISS-LIMIT-01 @DPC-ISS-DUP-01
    Scenario: Two phones get two credentials that share nothing
      Given the cardholder has a derived credential on the phone
      When the cardholder enrols another phone
      Then both phones hold a derived credential
      And the two certificates differ in key, serial number and UUID

  Rule: A request that is not the phone's own is refused

    @IOS-INT-15 @DPC-ISS-POP-01
    Scenario Outline: A request with <defect> is refused
      Given an attacker's phone has redeemed the QR code
      When the attacker requests a certificate with <defect>
      Then the issuer refuses because the request's signature does not hold
      And nothing was issued

      Examples:
        | defect                       |
        | a broken signature           |
        | the signature of another key |

    @IOS-INT-15 @DPC-ISS-POP-02
    Scenario Outline: A request <defect> is refused
      Given an attacker's phone has redeemed the QR code
      When the attacker requests a certificate <defect>
      Then the issuer refuses because <reason>
      And nothing was issued

      Examples:
        | defect                        | reason                                      |
        | without the enrolment token   | the request belongs to no enrolment         |
        | with a guessed token          | the request belongs to no enrolment         |
        | in another person's name      | the request names somebody else             |

    @IOS-INT-15 @DPC-ISS-KEY-01
    Scenario: A known-weak key is refused
      Given an attacker's phone has redeemed the QR code
      When the attacker requests a certificate for an RSA key with close primes
      Then the issuer refuses because the key is weak
      And nothing was issued

    @IOS-INT-15 @DPC-ISS-KEY-02
    Scenario: An RSA key that fails partial validation is refused
      Given an attacker's phone has redeemed the QR code
      When the attacker requests a certificate for an RSA key with exponent 3
      Then the issuer refuses because the key is weak
      And nothing was issued

    @IOS-INT-15 @DPC-ISS-KEY-03
    Scenario: A key on a curve outside the profile is refused
      Given an attacker's phone has redeemed the QR code
      When the attacker requests a certificate for a key on P-521
      Then the issuer refuses because the key is not of an allowed kind
      And nothing was issued

  Rule: The derived key needs its own activation

    @IOS-INT-15 @DPC-ACT-LEN-01
    Scenario: An activation secret of five characters is refused
      Given the phone has redeemed the QR code
      When the cardholder chooses an activation secret of five characters
      Then the phone asks for a longer activation secret

    @IOS-INT-15 @DPC-ACT-GUESS-01
    Scenario Outline: An activation secret that is <kind> is refused
      Given the phone has redeemed the QR code
      When the cardholder chooses an activation secret that is <kind>
      Then the phone asks for an activation secret that is hard to guess

      Examples:
        | kind                      |
        | a run of digits           |
        | one character repeated    |
        | the cardholder's surname  |
