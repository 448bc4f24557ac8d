@epic:Journey
Feature: Request the ID and get a QR code
  At the kiosk the cardholder requests the mobile credential; the QR code links the phone to that sign-in.

  Background:
    Given the cardholder has signed in at the kiosk with the card and its PIN

  @IOS-INT-10
  Scenario: The kiosk asks which profile to issue
    When the cardholder chooses to request the ID
    Then the kiosk asks which profile to issue

  @IOS-INT-11 @DPC-ISS-MULTI-01 @DPC-ISS-MULTI-02 @DPC-ISS-MULTI-05
  Scenario: The kiosk shows a QR code to a cardholder who proved possession of the card
    When the cardholder chooses the profile that activates with a mobile credential
    Then the kiosk shows a QR code
    And the QR code carries the issuer's https address and a binding secret of at least 112 bits
    And the binding secret was sent neither by e-mail nor in an address

  @IOS-INT-11 @DPC-ISS-MULTI-01
  Scenario: Two requests get two different secrets
    When the cardholder asks for a QR code twice
    Then the two QR codes carry different binding secrets

  @IOS-INT-11 @DPC-ISS-ACCEPT-01
  Scenario: Without accepting the obligations there is no QR code
    When the cardholder asks for the credential without accepting the obligations
    Then the issuer refuses because the obligations were not accepted
    And nothing was issued
