@epic:Card
Feature: The Card Capability Container
  SP 800-73-5 part 1 §3.1.1 and Appendix A: container 5FC107, which says by which data model the card is made.

  Background:
    Given what the cardholder's card gives away

  @PIV-SRC-CCC-01
  Scenario: The Card Capability Container names the data model of PIV
    Then the card meets these requirements
      | requirement    | in words                                                                          |
      | PIV-SRC-CCC-01 | The Card Capability Container is there, its elements in order, with data model 10 |
