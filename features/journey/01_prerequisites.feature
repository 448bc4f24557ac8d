@epic:Journey
Feature: Prerequisites
  What the organisation and the cardholder need before the first step: one issuer in the tenant, a policy that asks for a
  derived credential, a working PIV Card and a phone.

  Rule: The organisation has one issuer of derived credentials

    @ADM-01 @ADM-04
    Scenario: The administrator sets the tenant's issuer
      When the administrator looks at the derived-credential setting
      Then it names the issuer, the display name and the notification types

    @ADM-01 @ADM-02
    Scenario: A second issuer is refused
      When the administrator configures another issuer
      Then the device manager keeps the issuer it had

    @ADM-05
    Scenario: A person without a policy that needs a derived credential is not asked for one
      Given the phone is enrolled
      Then the phone shows no notification and no e-mail about a smart card

  Rule: The cardholder has a PIV Card

    @PIV-SRC-AUTHCERT-02
    Scenario: The PIV Authentication key on the card belongs to its certificate
      Given the cardholder has typed the PIN of the card
      When the card signs a challenge with the PIV Authentication key
      Then the signature verifies under the PIV Authentication certificate

    @PIV-SRC-AUTHCERT-03
    Scenario: The card does not use the PIV Authentication key without its PIN
      When the PIV Authentication key is used before the PIN was typed
      Then the card answers that the security status is not satisfied
      And the same use succeeds after the PIN was typed

    @PIV-SRC-CARDAUTH-02
    Scenario: The card uses the Card Authentication key without a PIN
      When the Card Authentication key is used before the PIN was typed
      Then the signature verifies under the Card Authentication certificate
