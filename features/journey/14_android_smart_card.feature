@epic:Journey
Feature: Smart card setup on Android Enterprise
  The same enrolment on a phone with Android Enterprise: other captions, a question for the camera that comes only where
  the app may not use it yet, and screens of their own for progress and end.

  Background:
    Given the phone runs Android Enterprise

  Rule: The cardholder is asked, and finds instructions

    @AND-INT-01 @notification-app
    Scenario: The notification opens the setup on Android Enterprise
      Given the phone is enrolled
      And the cardholder is targeted by a policy that needs a derived credential
      When the cardholder taps the notification
      Then the phone shows "Set up smart card"

    @AND-INT-01 @notification-e-mail
    Scenario: Without a notification the e-mail opens the setup on Android Enterprise
      Given the phone is enrolled
      And the organisation notifies by e-mail only
      And the cardholder is targeted by a policy that needs a derived credential
      Then the phone shows no notification
      When the cardholder follows the link in the e-mail
      Then the phone shows "Set up smart card"

    @AND-INT-02a
    Scenario: The link opens the organisation's instructions, or the default article where there are none
      Given the phone is enrolled
      And the cardholder has opened the smart card setup
      When the cardholder taps the link to the instructions
      Then the phone shows the organisation's instructions
      Given the organisation has no instructions of its own
      When the cardholder taps the link to the instructions
      Then the phone shows the default article

  Rule: The cardholder gets a QR code and scans it

    @AND-INT-02b @AND-INT-03 @AND-INT-04 @AND-INT-05 @AND-INT-06 @AND-INT-08
    Scenario: From the setup to a QR code that is scanned
      Given the phone is enrolled
      And the cardholder has opened the smart card setup
      When the cardholder taps "BEGIN"
      Then the phone shows "Get QR code"
      Given the cardholder has signed in at the kiosk with the card and its PIN
      When the cardholder chooses the profile that activates with a mobile credential
      Then the phone offers "NEXT"
      When the cardholder opens the scanner
      And the phone scans the QR code
      Then the phone asks for an activation secret

    @AND-INT-07
    Scenario: The camera is asked for once
      Given the phone is enrolled
      When the cardholder opens the smart card setup and taps "BEGIN"
      And the cardholder taps "NEXT"
      Then the phone offers "Allow"
      When the cardholder taps "Allow"
      Then the phone shows the scanner
      When the cardholder opens the smart card setup and taps "BEGIN"
      And the cardholder taps "NEXT"
      Then the phone shows the scanner

  Rule: The credential arrives

    @AND-INT-09
    Scenario: While the certificates arrive the phone says that the app must not be closed
      Given the phone has redeemed the QR code
      When the cardholder chooses an activation secret
      Then the phone shows "Downloading and installing certificates"
      And it says that the app must not be closed

    # What happens to whoever closes the app all the same is our inference: the documents only warn of it.
    @AND-INT-09
    Scenario: An app that was closed while the certificates arrived leaves nothing half installed
      Given the phone has redeemed the QR code
      When the cardholder chooses an activation secret
      And the cardholder closes the app and opens it again
      Then the phone holds no derived credential
      When the cardholder goes through the setup with another QR code
      Then the phone holds a derived credential

    @AND-INT-10
    Scenario: The setup on Android Enterprise ends with the derived credential on the phone
      Given the phone has redeemed the QR code
      When the cardholder chooses an activation secret and waits for the app to finish
      Then the phone shows "You’re all set!"
      And the phone holds a derived credential
      And the account of the cardholder holds what is on the phone
