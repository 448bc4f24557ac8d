@epic:Sanity
Feature: The journey completes
  The same walk opens and closes every run. When it does not complete, the verdicts in between mean nothing.

  @sanity-opens
  Scenario: The run opens with a cardholder who enrols a phone
    When the cardholder walks the documented journey from the first step to the last
    Then the phone holds a derived credential

  @sanity-closes
  Scenario: The run closes with a cardholder who enrols a phone
    When the cardholder walks the documented journey from the first step to the last
    Then the phone holds a derived credential
