@epic:Card
Feature: The PIV Card Application of the card that derives
  SP 800-73-5 part 1 §2.2, part 2 §3.1.1: credentials are derived from a PIV Card and from nothing else.

  Background:
    Given what the cardholder's card gives away

  @PIV-SRC-AID-01
  Scenario: The card is a PIV Card
    Then the card meets these requirements
      | requirement    | in words                                                                      |
      | PIV-SRC-AID-01 | SELECT with the PIV AID finds an application whose property template names it |
