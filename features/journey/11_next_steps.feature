@epic:Journey
Feature: Next steps
  With the credential on the phone the cardholder finds the organisation's apps in Company Portal. An app gets the
  credential only where a profile provides for it, silently or after a question, and each use needs the activation secret.

  Background:
    Given the cardholder has a derived credential on the phone
    And the organisation offers the app "Agency Travel"

  Rule: Apps are found, installed and removed in Company Portal

    @NEXT-01
    Scenario: Company Portal shows the organisation's apps
      Given the organisation offers the app "Agency Payroll" to another person
      Then Company Portal offers "Agency Travel" and nothing else

    @NEXT-02
    Scenario: The cardholder installs an app
      When the cardholder installs the app in Company Portal
      Then the app is on the phone

    @NEXT-02
    Scenario: The cardholder removes an app
      Given the cardholder has installed the app
      When the cardholder removes the app in Company Portal
      Then the app is not on the phone any more

  Rule: An app gets the credential only where a profile provides for it

    @NEXT-03
    Scenario: Without a profile for apps no app gets the credential
      Given the profile for Wi-Fi is on the phone
      And the cardholder has installed the app
      When the cardholder opens the app with the activation secret, and allows what it asks for
      Then the app has signed nobody in

    @NEXT-03
    Scenario: An app gets the credential when the cardholder allows it
      Given the profile for apps is on the phone
      And the cardholder has installed the app
      When the cardholder opens the app with the activation secret
      Then the phone asks whether the app may use the credential
      When the cardholder answers “Allow”
      Then the app greets the cardholder

    @NEXT-03
    Scenario: An app that the cardholder does not allow gets nothing
      Given the profile for apps is on the phone
      And the cardholder has installed the app
      When the cardholder opens the app with the activation secret
      And the cardholder answers “Don’t Allow”
      Then the app has signed nobody in

    @NEXT-03
    Scenario: An app that the profile lists gets the credential without a question
      Given the profile for apps is on the phone
      And the profile for apps grants the credential to "Agency Travel" silently
      And the cardholder has installed the app
      When the cardholder opens the app with the activation secret
      Then the app greets the cardholder

    @NEXT-03 @DPC-ACT-EACH-01
    Scenario: A credential that is granted silently is activated for each use
      Given the profile for apps is on the phone
      And the profile for apps grants the credential to "Agency Travel" silently
      And the cardholder has installed the app
      When the cardholder opens the app with the activation secret and then without it
      Then the app signed in once, with the activation secret
