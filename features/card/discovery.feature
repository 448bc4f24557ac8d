@epic:Card
Feature: The Discovery Object
  SP 800-73-5 part 1 §3.3.2: object 7E, which PINs the card takes.

  Background:
    Given what the cardholder's card gives away

  @PIV-SRC-DISC-01
  Scenario: The PIN usage policy is one of those listed
    Then the card meets these requirements
      | requirement     | in words                                                                          |
      | PIV-SRC-DISC-01 | Discovery names the PIV Card Application and one of the listed PIN usage policies |
