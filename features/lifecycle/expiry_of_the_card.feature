@epic:Lifecycle
Feature: The derived credential and the expiry of the card
  The end of the card's certificate is no date for what was derived from it: both ends need not agree.

  @LIFE-14 @LIFE-15 @DPC-LC-TERM-04
  Scenario: A derived credential outlives the certificate on the card
    Given the certificate on the card is in its last year
    And the cardholder has a derived credential on the phone
    When the certificate on the card has expired
    Then every derived credential is still good
