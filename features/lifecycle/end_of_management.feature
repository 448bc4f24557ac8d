@epic:Lifecycle
Feature: The phone is not managed any more
  When the device manager's hold on a phone ends, what the organisation put there goes. That revokes nothing: the issuer
  has to hear of it, and a key that lay in software is revoked in any case.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: Nothing of the organisation stays on the phone

    @LIFE-12
    Scenario: The administrator retires the phone
      Given the profile for Wi-Fi is on the phone
      When the administrator retires the phone
      And the phone checks in
      Then no certificate and no profile of the organisation is left on the phone

    @LIFE-12
    Scenario: The cardholder ends the management
      Given the profile for Wi-Fi is on the phone
      When the cardholder removes the phone in Company Portal
      Then no certificate and no profile of the organisation is left on the phone

    @LIFE-12 @DPC-LC-DESTROY-01
    Scenario: The keys on a retired phone are destroyed
      When the administrator retires the phone
      And the phone checks in
      Then no private key of the organisation is left on the phone

  Rule: The removal is no revocation

    @LIFE-12 @LIFE-13 @DPC-LC-LOST-02
    Scenario: The certificates of a retired phone are revoked although they are gone
      When the administrator retires the phone
      And the phone checks in
      And the phone is given back and wiped
      And eighteen hours pass
      Then every derived credential is revoked
