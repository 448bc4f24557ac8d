@epic:Issuance
Feature: The issuer's limit
  One card may authorise several derived credentials. An issuer that has a limit keeps to it, also where requests race each
  other, and gives the place of an invalidated credential to another.

  Background:
    Given the cardholder has derived credentials on as many phones as the issuer allows but one

  @DPC-ISS-LIMIT-01
  Scenario: The limit is kept, and a place that becomes free is given again
    When the cardholder enrols one more phone, and another beyond the limit
    And the cardholder reports the first phone as lost and enrols one more
    Then a credential was issued exactly when there was a place for it

  @DPC-ISS-LIMIT-01
  Scenario: Two phones race for the last place
    When two more phones of the cardholder finish their enrolment at the same moment
    Then no more credentials are active than the issuer allows
