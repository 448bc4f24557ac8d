@epic:Lifecycle
Feature: The second look at the card, seven days after issuance
  A phone may have been enrolled with a stolen card. A week later the issuer looks at the card again, and where it is no
  longer good it ends everything on the phone, the certificate whose key it has archived included.

  Background:
    Given the cardholder has a derived credential on the phone

  @LIFE-10 @DPC-ISS-7DAY-01 @DPC-LC-DESTROY-01
  Scenario: A card that is no longer good takes the whole phone with it
    Given the card is revoked three days later
    When eight days pass
    Then every certificate on the phone is revoked, that of the archived key included
    And the key store of the phone holds no key of a revoked certificate
