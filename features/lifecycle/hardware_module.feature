@epic:Lifecycle
Feature: Keys that go into a hardware module
  Earlier keys of the cardholder come out of escrow into the module, over a protected channel, and stay there. What
  opens the module is reset by nobody from afar.

  Rule: Key history goes into the module and no further

    Background:
      Given an earlier hardware key of the cardholder is in escrow
      And the cardholder has a hardware credential on the phone

    @DPC-KM-REC-06 @DPC-KM-MATCH-01 @control
    Scenario: The module takes earlier keys in and gives none back
      When the phone recovers every key that the escrow offers
      And the cardholder opens the mail that was encrypted to each key
      And somebody offers the module a bare key and asks for the recovered one back
      Then the key history reached the module protected and stays in it
      And each key on the phone belongs to the certificate beside it

    @DPC-KM-REC-06 @negative
    Scenario: No key of the history is sent to a key outside the module
      When the phone asks for the earlier hardware key and names a key outside its module
      Then the recovery is refused because no module of the device vouches for the key
      And no key left the escrow

  Rule: The activation secret of a module is not reset from afar

    @DPC-ACT-RESET-03 @negative
    Scenario: A code of the kiosk resets no activation secret of a hardware credential
      Given the cardholder has a hardware credential on the phone
      When the cardholder gets a reset code at the kiosk and tries it on the phone
      Then the reset is refused because the credential is in hardware
