@epic:Lifecycle
Feature: Correction of a derived credential
  A certificate shows what the PIV identity account and the PIV Card say. When that changes the holder gets another
  certificate, and the one with the old data is invalidated, also where nobody asks for the new one.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: A change in the account changes the credential

    @LIFE-11 @LIFE-14 @DPC-LC-MOD-01
    Scenario: The name in the account changes
      When the cardholder's name changes in the PIV identity account
      And the phone replaces the derived credential
      Then the certificate shows the name in the account and the former one is revoked

    @LIFE-11 @LIFE-14 @DPC-LC-MOD-01
    Scenario: Nobody asks for the corrected certificate
      When the cardholder's name changes in the PIV identity account
      And thirty-one days pass
      Then no certificate with the former name is good any more

  Rule: A change on the PIV Card changes the credential

    @LIFE-11 @DPC-LC-MOD-03
    Scenario: The PIV Card is reissued to an affiliate
      When the PIV Card is reissued with "(affiliate)" behind the name
      And eighteen hours pass
      And the phone replaces the derived credential
      Then the certificate shows the name on the new card and the former one is revoked
