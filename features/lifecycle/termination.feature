@epic:Lifecycle
Feature: The end of an account or a card
  Whoever is no longer eligible for a PIV Card is not eligible for anything derived from one.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: What ends eligibility ends every derived credential

    @LIFE-11 @LIFE-13 @DPC-LC-TERM-01 @DPC-LC-NOTIFYINV-01
    Scenario: The account ends, and every derived credential with it
      When the agency terminates the PIV identity account
      And eighteen hours pass
      Then every derived credential is revoked

    @DPC-LC-TERM-02
    Scenario: A card that cannot be collected is no reason to wait
      When the agency terminates the card because of separation
      And the PIV Authentication certificate on the card is revoked
      And eighteen hours pass
      Then every derived credential is revoked

    @LIFE-11 @DPC-LC-TERM-03
    Scenario Outline: The card ends for a reason that ends eligibility
      When the agency terminates the card because of <reason>
      And the PIV Authentication certificate on the card is revoked
      And eighteen hours pass
      Then every derived credential is revoked

      Examples:
        | reason               |
        | separation           |
        | adverse-adjudication |
        | fraudulent-identity  |

    @DPC-LC-NONVOL-01
    Scenario: An involuntary end names its case
      When the agency terminates the card after a decision against the cardholder's will
      And eighteen hours pass
      Then the audit record shows the case in every revocation

    @DPC-LC-NONEED-01
    Scenario: Somebody no longer needs a derived credential
      When the agency decides that the cardholder no longer needs a derived credential
      And eighteen hours pass
      Then every derived credential is revoked

  Rule: The card alone decides nothing

    @LIFE-14 @DPC-LC-TERM-04
    Scenario: A lost card leaves the derived credentials working
      When eight days pass
      And the agency reports the card as lost
      And the PIV Authentication certificate on the card is revoked
      And eighteen hours pass
      Then every derived credential is still good

    @LIFE-14 @DPC-LC-TERM-04
    Scenario: A new card leaves the derived credentials working
      When the cardholder gets a new card for the same account
      And eighteen hours pass
      Then every derived credential is still good
