@epic:Journey
Feature: Sign in on the phone with a code
  The phone has no card reader: it shows a code, which the cardholder enters at a workstation where the card works.

  Rule: The phone shows a code

    @IOS-INT-01
    Scenario: Company Portal shows a code
      When the cardholder opens the app and signs in with the work account
      Then the phone shows a code

    @IOS-INT-02
    Scenario: The code is fit to be written down
      Given the phone shows a code
      Then the code has at least eight characters and none that look alike

  Rule: The cardholder enters the code at a workstation

    @IOS-INT-03
    Scenario: The device login page asks for the code
      When the cardholder opens the device login page at the workstation
      Then the workstation shows a page that asks for a code

    @IOS-INT-04
    Scenario: The device login page takes the code
      Given the phone shows a code
      When the cardholder enters the code on the device login page
      Then the workstation shows a page that asks for the smart card

    @IOS-INT-04
    Scenario: A wrong code is refused
      Given the phone shows a code
      When the cardholder enters a wrong code on the device login page
      Then the device login page says that it does not know the code
      And the phone is still waiting for the sign-in

    @IOS-INT-05
    Scenario: The cardholder signs in with the card
      Given the cardholder has entered the code on the device login page
      When the cardholder signs in with the card and its PIN
      Then the workstation shows a page that asks to confirm the sign-in of the phone

    @IOS-INT-05
    Scenario: Without a card there is no sign-in
      Given the cardholder has entered the code on the device login page
      When the cardholder tries to sign in without a card
      Then the workstation asks for the card
      And the phone is still waiting for the sign-in

    @IOS-INT-05 @destructive @browser
    Scenario: A wrong PIN is counted by the card
      Given the cardholder has entered the code on the device login page
      When the cardholder types a wrong PIN
      Then the card does not accept the PIN and has one attempt less
      And the phone is still waiting for the sign-in

    @IOS-INT-05 @PIV-SRC-AUTHCERT-04 @destructive @irreversible
    Scenario: A blocked PIN ends the sign-in
      Given the cardholder has entered the code on the device login page
      When the cardholder types a wrong PIN until the card blocks it
      Then the right PIN is not accepted either
      And the phone is still waiting for the sign-in

    @IOS-INT-05
    Scenario: A revoked card does not sign the phone in
      Given the cardholder has entered the code on the device login page
      But the card is revoked
      When the cardholder signs in with the card and its PIN
      Then the identity provider refuses the sign-in because the certificate is revoked
      And the phone is still waiting for the sign-in

  Rule: The phone becomes managed

    @IOS-INT-06
    Scenario: The phone becomes a managed device of the cardholder
      Given the cardholder has signed in at the workstation for the phone
      When the cardholder returns to the phone and follows the prompts
      Then the device manager lists the phone as the cardholder's

    @IOS-INT-06
    Scenario: A sign-in that the cardholder cancels leaves the phone unmanaged
      Given the cardholder has entered the code on the device login page
      When the cardholder signs in with the card but cancels the sign-in of the phone
      And the cardholder returns to the phone and follows the prompts
      Then the phone says that the sign-in did not succeed
      And the device manager lists no phone of the cardholder

    @IOS-INT-06
    Scenario: A code that nobody enters expires
      Given the phone shows a code
      When an hour passes
      And the cardholder returns to the phone and follows the prompts
      Then the phone says that the sign-in did not succeed
      And the device manager lists no phone of the cardholder
