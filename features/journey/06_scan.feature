@epic:Journey
Feature: Scan the QR code
  The phone reads the QR code with its camera and shows the issuer the binding secret, once.

  Background:
    Given the phone is enrolled and waits at "Get QR code"

  Rule: The phone reads the QR code

    @IOS-INT-12
    Scenario: Continue asks for the camera
      When the cardholder taps "Continue"
      Then the phone asks to use the camera

    @IOS-INT-13
    Scenario: The scanner opens when the cardholder allows the camera
      When the cardholder taps "Continue"
      And the cardholder allows the camera
      Then the phone shows the scanner

    @IOS-INT-13
    Scenario: Without the camera the setup stops
      When the cardholder taps "Continue"
      And the cardholder refuses the camera
      Then the phone says that it needs the camera
      And no certificate was issued

    @IOS-INT-13 @ADM-08
    Scenario: A camera that is blocked by policy stops the setup
      Given the organisation's policy blocks the camera
      When the cardholder taps "Continue"
      And the cardholder allows the camera
      Then the phone says that it needs the camera
      And no certificate was issued

    @IOS-INT-14 @DPC-ISS-MULTI-01
    Scenario: The phone redeems the QR code of the kiosk
      Given the cardholder has signed in at the kiosk and got a QR code
      And the scanner is open
      When the phone scans the QR code
      Then the phone asks for an activation secret
      And the issuer has accepted the binding secret

  Rule: Only a fresh QR code of the right issuer is accepted

    @IOS-INT-14
    Scenario Outline: A QR code that holds <content> is refused by the phone
      Given the scanner is open
      When the phone scans a QR code that holds <content>
      Then the phone says that the QR code is not one of the organisation's issuer
      And no certificate was issued

      Examples:
        | content                   |
        | an address of a stranger  |
        | an unprotected address    |
        | no address at all         |
        | no secret                 |

    @IOS-INT-14 @DPC-ISS-CHAN-01
    Scenario: A QR code shown by another issuer is refused by the phone
      Given another issuer's kiosk shows a QR code
      And the scanner is open
      When the phone scans the QR code
      Then the phone says that the QR code is not one of the organisation's issuer
      And the phone sent nothing to the other issuer
      And no certificate was issued

    @IOS-INT-14 @DPC-ISS-CHAN-01
    Scenario: An impostor in the issuer's place gets nothing from the phone
      Given the cardholder has signed in at the kiosk and got a QR code
      And the scanner is open
      But an impostor answers in the issuer's place
      When the phone scans the QR code
      Then the phone sent nothing to the impostor
      And no certificate was issued

    @IOS-INT-14 @DPC-ISS-MULTI-01
    Scenario: A guessed secret is refused
      Given the cardholder has signed in at the kiosk and got a QR code
      When an attacker presents a guessed secret
      Then the issuer refuses because the secret is unknown
      And nothing was issued

    @IOS-INT-14 @DPC-ISS-MULTI-04
    Scenario: An expired QR code is refused
      Given the cardholder has signed in at the kiosk and got a QR code
      And the scanner is open
      When eleven minutes pass
      And the phone scans the QR code
      Then the issuer refuses because the secret has expired
      And nothing was issued

    @IOS-INT-14 @DPC-ISS-MULTI-03
    Scenario: A QR code that was already used is refused
      Given the cardholder has signed in at the kiosk and got a QR code
      And the cardholder has redeemed it with the phone
      When another phone of the cardholder scans the same QR code
      Then the issuer refuses because the secret was already used
      And nothing more was issued

    @IOS-INT-14 @DPC-ISS-POP-02 @DPC-ISS-PKIAUTH-07
    Scenario: A phone of somebody else is refused
      Given the kiosk shows a QR code to another person
      And the scanner is open
      When the phone scans the QR code
      Then the issuer refuses because the phone is not registered to the person who signed in
      And nothing was issued

    @IOS-INT-14 @DPC-ISS-DEVICE-01
    Scenario Outline: A phone that presents <statement> is refused
      Given the cardholder has signed in at the kiosk and got a QR code
      When an attacker redeems the QR code with <statement>
      Then the issuer refuses because the device statement does not hold
      And nothing was issued

      Examples:
        | statement                          |
        | no device statement                |
        | another manager's device statement |
        | an expired device statement        |
        | another device's key               |
        | a proof made for another QR code   |
