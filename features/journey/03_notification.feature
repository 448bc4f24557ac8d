@epic:Journey
Feature: Notification and instructions
  The device manager asks the cardholder to set up the smart card, by notification or e-mail, and links to instructions.

  Background:
    Given the phone is enrolled

  Rule: The cardholder is asked to set up the smart card

    @IOS-INT-07 @notification-app
    Scenario: The notification opens the setup
      Given the cardholder is targeted by a policy that needs a derived credential
      When the cardholder taps the notification
      Then the phone shows "Setup mobile smart card access"

    @IOS-INT-07 @ADM-04 @notification-e-mail
    Scenario: Without a notification the e-mail opens the setup
      Given the organisation notifies by e-mail only
      And the cardholder is targeted by a policy that needs a derived credential
      When the cardholder follows the link in the e-mail
      Then the phone shows "Setup mobile smart card access"
      And the phone shows no notification

    @IOS-INT-07 @ADM-09 @notification-e-mail
    Scenario: A phone that does not comply with the policy is not shown the e-mail that asks for the setup
      Given the organisation notifies by e-mail only
      But the phone does not comply with the organisation's policy
      And the cardholder is targeted by a policy that needs a derived credential
      Then the phone shows no notification and no e-mail about a smart card
      And no certificate was issued
      When the phone complies with the organisation's policy
      And the cardholder follows the link in the e-mail
      Then the phone shows "Setup mobile smart card access"

    @IOS-INT-07 @ADM-04 @notification-app @notification-e-mail
    Scenario: A cardholder may be asked in both ways
      Given the cardholder is targeted by a policy that needs a derived credential
      Then the phone shows one notification and the mailbox one e-mail about the smart card

  Rule: The cardholder finds instructions

    @IOS-INT-08a @ADM-03
    Scenario: The link opens the organisation's instructions
      Given the cardholder has opened the smart card setup
      When the cardholder taps the link to the instructions
      Then the phone shows the organisation's instructions

    @IOS-INT-08a @ADM-03
    Scenario: Without instructions of the organisation the default article opens
      Given the organisation has no instructions of its own
      And the cardholder has opened the smart card setup
      When the cardholder taps the link to the instructions
      Then the phone shows the default article

    @IOS-INT-08b
    Scenario: Begin leads to the QR code step
      Given the cardholder has opened the smart card setup
      When the cardholder taps "Begin"
      Then the phone shows "Get QR code"
