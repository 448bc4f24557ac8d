@epic:Issuance
Feature: Attacks on people
  Work credentials other than the card are guessed, overheard and phished; phones are lost, and one more is asked for.

  Rule: The kiosk takes nothing but the card

    @DPC-ISS-PKIAUTH-01
    Scenario Outline: The kiosk signs in nobody by <means>
      When somebody signs in at the kiosk by <means>
      Then the kiosk refuses because there is no certificate
      And nothing was issued

      Examples:
        | means                                |
        | name and password                    |
        | name, password and one-time code     |

  Rule: A person has one open request and so many credentials

    @DPC-ISS-MULTI-04
    Scenario: A second request takes the place of one that is open
      Given the phone is enrolled and waits at "Get QR code"
      And the cardholder has signed in at the kiosk and got a QR code
      And the cardholder has signed in at the kiosk anew and got another QR code
      And the scanner is open
      When the phone scans the QR code
      Then the issuer refuses because the secret has expired
      And nothing was issued

    @DPC-ISS-LIMIT-01
    Scenario: Whoever has as many credentials as allowed gets no further one
      Given the cardholder has as many derived credentials as the issuer allows
      When the cardholder asks for a further one at the kiosk
      Then the issuer refuses it where it sets a limit
      And nothing more was issued
      And the kiosk shows a QR code again after one of them was revoked

  Rule: Only a phone that its organisation approves gets a credential

    @DPC-ISS-DEVICE-01
    Scenario: A phone that does not comply with the organisation's policy is refused
      Given the phone is enrolled and waits at "Get QR code"
      And the cardholder has signed in at the kiosk and got a QR code
      And the scanner is open
      But the phone does not comply with the organisation's policy
      When the phone scans the QR code
      Then the issuer refuses because the phone is not approved
      And nothing was issued

  Rule: A phone that was lost in the middle gets nothing

    @DPC-LC-LOST-01
    Scenario: The cardholder reports the phone as lost after it has redeemed the QR code
      Given an attacker's phone has redeemed the QR code
      And the cardholder has reported that phone as lost at the kiosk
      When the attacker requests a certificate that is in order
      Then the issuer refuses because the request belongs to no enrolment
      And nothing was issued
