@epic:Lifecycle
Feature: The link to card and account
  The issuer of a derived credential knows what it was derived from, and hears of its end.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The issuer hears of the end of accounts and cards

    @DPC-LC-LINK-01
    Scenario: The accounts are watched without gaps
      When eight days pass
      And the agency terminates the PIV identity account
      And eighteen hours pass
      Then the audit record shows an unbroken watch and the end of the account

    @DPC-LC-LINK-02
    Scenario: Each derived credential is linked to its card
      When the agency terminates the card because of separation
      And eighteen hours pass
      Then the issuer knows the card behind each derived credential, and that the card has ended

    @LIFE-13 @DPC-LC-LINK-03
    Scenario: A card was collected and its certificate never revoked
      When the agency terminates the card because of no-longer-needs-access
      And eighteen hours pass
      Then every derived credential is revoked

  Rule: The link outlives the card

    @LIFE-11 @DPC-LC-LINK-04
    Scenario: What was derived from the former card ends with the account
      Given the cardholder has got a new card for the same account
      When eighteen hours pass
      And the agency terminates the PIV identity account
      And eighteen hours pass
      Then every derived credential is revoked
