@epic:Card
Feature: The certificate comes from the card
  FIPS 201-3 §5.5.1 and §6.2.3.1: a certificate with FASC-N and UUID is in no public directory, and an issuer that
  looked one up would derive from a card that nobody showed.

  @PIV-SRC-PIVAUTHCERT-PUB-01
  Scenario: The issuer does not look up a certificate that the card does not give
    Given the cardholder has signed in at the kiosk with the card and its PIN
    And the card gives away its PIV Authentication certificate no more
    When somebody signs in at the kiosk with that card
    Then the kiosk refuses because there is no certificate
    And nothing was issued
