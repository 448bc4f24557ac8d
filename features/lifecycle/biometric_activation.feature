@epic:Lifecycle
Feature: Activation by a biometric
  A finger may stand in for the activation secret, for a few tries. Then the secret is needed, and it is the secret alone that
  lets a finger in.

  Background:
    Given the cardholder has a derived credential on the phone
    And the cardholder has added a finger that activates its key

  Rule: A finger is tried a few times, not for ever

    @DPC-ACT-BIO-02
    Scenario: After as many misses as are allowed no finger activates the key
      When strangers put their fingers on the sensor as often as is allowed, and then the cardholder does
      And half a minute later a stranger tries again, and another half a minute after that
      And the cardholder enters the activation secret and uses the finger again
      Then no more fingers were looked at than is allowed

    @DPC-ACT-BIO-02
    Scenario: Patience gets nobody further
      When strangers try the sensor day after day, and then the cardholder does
      Then no more fingers were looked at than is allowed

  Rule: The activation secret decides which finger counts

    @DPC-ACT-CHANGE-01
    Scenario: A finger that somebody adds to the phone activates nothing
      When somebody adds another finger to the unlocked phone and to the app, without the activation secret
      And the key is activated with that finger and with the activation secret
      Then the secret that counts is the one that was chosen with the current one

    @DPC-ACT-RETRY-01
    Scenario: Where the secret was guessed too often the finger opens nothing either
      When a wrong activation secret is typed ten times
      And the cardholder uses the finger
      Then the right activation secret is not accepted either
