@epic:Issuance
Feature: Identity assurance of a derived credential
  A derived credential has no identity proofing of its own: it inherits that of the PIV identity account, which is IAL3.
  Whoever vouches for its holder says so.

  @DPC-ISS-IAL-01
  Scenario: The identity provider vouches for IAL3 when somebody signs in with the derived credential
    Given the cardholder has a derived credential on the phone
    When the cardholder signs in to an application through the identity provider with the derived credential
    Then the assertion names the cardholder's account and IAL3
