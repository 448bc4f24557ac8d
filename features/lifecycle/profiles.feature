@epic:Lifecycle
Feature: Profiles of the device manager that use the derived credential
  Wi-Fi, VPN, mail and apps are configured by profiles. A profile that needs a derived credential asks the cardholder to
  set one up, an edited profile is told anew, and a new credential reaches every profile that uses it.

  Rule: A profile that needs a derived credential asks for one

    @LIFE-07 @ADM-05
    Scenario Outline: A profile for <purpose> asks the cardholder to set up the smart card
      Given the phone is enrolled
      When the administrator assigns a profile for <purpose> that uses the credential
      Then the cardholder is told once
      And the message opens the smart card setup

      Examples:
        | purpose |
        | Wi-Fi   |
        | VPN     |
        | mail    |
        | apps    |

    @ADM-05
    Scenario: A profile that does without a derived credential asks for nothing
      Given the phone is enrolled
      When the administrator assigns a profile that uses another certificate
      Then the phone shows no notification and no e-mail about a smart card

  Rule: What is new is told, and reaches the phone

    Background:
      Given the cardholder has a derived credential on the phone

    @LIFE-07 @ADM-04
    Scenario Outline: A new profile is told <ways>
      Given the organisation notifies <ways>
      When the administrator assigns a profile for Wi-Fi that uses the credential
      Then the cardholder is told once <ways>
      And the profile is on the phone as soon as the cardholder follows the message

      @notification-app
      Examples:
        | ways            |
        | in the app only |

      @notification-e-mail
      Examples:
        | ways           |
        | by e-mail only |

    @LIFE-07
    Scenario: An edited profile is told again
      Given the profile for Wi-Fi is on the phone
      When the administrator edits the name of the network in the profile
      Then the cardholder is told once
      And the profile is on the phone as soon as the cardholder follows the message

  Rule: A new credential reaches every profile

    @LIFE-06
    Scenario: Every profile is deployed again with the new credential
      Given a profile for each purpose is assigned to the cardholder
      And the cardholder has a derived credential on the phone
      When the cardholder repeats the whole request with the card
      Then every profile on the phone uses the new credential
