@epic:Lifecycle
Feature: A forgotten or blocked activation secret
  Only the issuer's unblocking key opens the way to another secret, and only for whoever signs in with the PIV Card.
  Where that way is not taken, the credential is invalidated and a new one is issued.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The issuer resets the secret for the holder of the card

    @DPC-ACT-RESET-01 @DPC-ACT-RESET-03 @control
    Scenario: A forgotten activation secret is reset
      When the cardholder gets a reset code at the kiosk and chooses a new activation secret with it
      And the key is activated with the new activation secret
      Then the reset was released by the issuer after PKI-AUTH with the PIV Card

    @DPC-ACT-RESET-01 @DPC-ACT-RESET-03
    Scenario: A blocked activation secret is reset
      Given a wrong activation secret was typed until the keys were disabled
      When the cardholder gets a reset code at the kiosk and chooses a new activation secret with it
      And the key is activated with the new activation secret
      Then the reset was released by the issuer after PKI-AUTH with the PIV Card

    @DPC-ACT-RESET-01
    Scenario: A reset code resets once
      Given the cardholder gets a reset code at the kiosk and chooses a new activation secret with it
      When somebody with the phone scans the same reset code again
      Then the issuer refuses because the secret was already used
      And the new activation secret is the right one still

    @DPC-ACT-RESET-01
    Scenario: A reset code of another person resets nothing
      When somebody with the phone scans a reset code that another person got at the kiosk
      Then the issuer refuses because the phone is not registered to the person who signed in
      And the activation secret is what it was

    @DPC-ACT-RESET-03
    Scenario: Without a sign-in with the card there is no reset
      When somebody without a card opens the kiosk's page for resets
      Then the kiosk refuses because nobody is signed in
      And no reset code was made

  Rule: A credential whose secret is lost for good is invalidated

    @DPC-ACT-RESET-02
    Scenario: The cardholder gives a blocked credential up and gets a new one
      Given a wrong activation secret was typed until the keys were disabled
      When the cardholder gives the credential up at the kiosk and enrols the phone again
      Then the former credential is invalid and the new one works

    @DPC-ACT-RESET-02
    Scenario: A new enrolment of a phone with a blocked credential invalidates that credential
      Given a wrong activation secret was typed until the keys were disabled
      When the cardholder enrols the phone again
      Then the former credential is invalid and the new one works
