@epic:Issuance
Feature: The hardware credential
  Under the hardware policy the key is made by a module of the very device that will hold it; the device was issued to
  the cardholder, and the module vouches for the key up to a root that the issuer trusts.

  Rule: The key is made in the device's module

    @DPC-ISS-KEY-04 @DPC-ISS-DEVICE-02 @control
    Scenario: A module makes the key and vouches for it
      Given the cardholder has a hardware credential on the phone
      Then the module of the phone vouches for the certified key
      And the phone was issued to the cardholder

    @DPC-ISS-KEY-04 @negative
    Scenario Outline: A key <whose> gets no hardware credential
      Given an attacker's phone has redeemed a code for a hardware credential
      When the attacker asks for a hardware credential with a key <whose>
      Then the hardware credential is refused because <reason>
      And nothing was issued

      Examples:
        | whose                                       | reason                               |
        | of a software store                         | no module of the device vouches for the key |
        | that another device's module vouches for    | no module of the device vouches for the key |
        | that a module of an unknown maker vouches for | no module of the device vouches for the key |
        | that is not the one the module vouches for  | no module of the device vouches for the key |
        | that was imported into the module           | no module of the device vouches for the key |
        | made by the issuer                          | the key was not made in the device          |

  Rule: The device belongs to the cardholder

    @DPC-ISS-DEVICE-02 @negative
    Scenario: A device that was issued to a colleague gets no hardware credential
      Given the scanner of the phone waits for a QR code
      But the inventory says that the phone was issued to a colleague
      And the cardholder was registered and got a code for a hardware credential
      When the phone scans that code
      Then the hardware credential is refused because the device was issued to somebody else
      And nothing was issued

  Rule: It is the end of a derivation, never the beginning of one

    @DPC-ISS-NOCHAIN-01 @negative
    Scenario: A hardware credential does not open the kiosk
      Given the cardholder has a hardware credential on the phone
      When the phone opens the kiosk's certificate sign-in with the derived credential
      Then the kiosk refuses because the certificate has the wrong policy
      And nothing more was issued

  Rule: The certificate says so

    @DPC-CERT-POL-01 @DPC-CERT-POL-02 @DPC-CERT-POL-03 @DPC-CERT-POL-04 @DPC-CERT-POL-07 @DPC-CERT-POL-08
    @DPC-CERT-POL-09 @DPC-ISS-POLICYSEL-01 @DPC-PATH-ANCHOR-01 @DPC-PATH-POLICY-01 @DPC-PATH-TIME-01
    @DPC-CERT-VALID-03 @DPC-CERT-KU-01 @DPC-CERT-EKU-01 @DPC-CERT-SAN-03 @DPC-CERT-SUBJ-06
    Scenario: The certificate of a hardware credential follows the profile under the hardware policy
      Given the cardholder has a hardware credential on the phone
      Then the certificate asserts the hardware policy and meets these requirements
        | field  | requirements |
        | policy | DPC-CERT-POL-01 DPC-CERT-POL-02 DPC-CERT-POL-03 DPC-CERT-POL-04 DPC-CERT-POL-07 DPC-CERT-POL-08 DPC-CERT-POL-09 DPC-ISS-POLICYSEL-01 |
        | path   | DPC-PATH-ANCHOR-01 DPC-PATH-POLICY-01 DPC-PATH-TIME-01 |
        | use    | DPC-CERT-VALID-03 DPC-CERT-KU-01 DPC-CERT-EKU-01 |
        | holder | DPC-CERT-SAN-03 DPC-CERT-SUBJ-06 |
