@epic:Card
Feature: The biometrics on the card
  SP 800-73-5 part 1 §3.5 and §3.4.1, FIPS 201-3 §4.2.3: fingerprints and facial image, which show whose card it is.

  Background:
    Given what the cardholder's card gives away

  @PIV-SRC-BIO-01
  Scenario: Fingerprints and facial image are behind the PIN, signed, and of this card
    Then the card meets these requirements
      | requirement    | in words                                                                                           |
      | PIV-SRC-BIO-01 | Biometrics are readable after the PIN only, signed, current, and carry FASC-N and UUID of the card |
