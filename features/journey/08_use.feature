@epic:Journey
Feature: Use the derived credential
  What it was all for: the phone signs in to a web application, after activation of the key for that one use.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The credential opens a web application

    @use @control
    Scenario: The cardholder signs in to a web application with the phone
      When the cardholder opens the web application with the activation secret
      Then the web application greets the cardholder

    @use @DPC-LC-RP-02
    Scenario: A credential whose account was terminated opens nothing
      Given the cardholder's PIV identity account was terminated
      When the cardholder opens the web application with the activation secret
      Then the web application refuses because the certificate is revoked

  Rule: The key is used only after activation

    @use @DPC-ACT-UNLOCK-01 @DPC-ACT-EACH-01
    Scenario: Unlocking the phone does not activate the key
      When the cardholder unlocks the phone and opens the web application without the activation secret
      Then the key is not used
      And the key is not used without a new activation after a successful one

    @use @DPC-ACT-RETRY-01
    Scenario: Ten wrong activation secrets disable the key
      When a wrong activation secret is typed ten times
      Then the right activation secret is not accepted either

    @use @DPC-ACT-RETRY-02
    Scenario: The count of wrong attempts survives a restart
      When a wrong activation secret is typed five times, the app is restarted, and it is typed five times more
      Then the attempts before the restart still count

    @use @DPC-ACT-RETRY-03
    Scenario: A right activation secret restores the attempts
      When a wrong activation secret is typed nine times
      And the right activation secret is typed
      Then nine more wrong ones do not disable the key
