@epic:Issuance
Feature: Keys that the issuer makes
  The issuer makes the key management key, puts it into escrow, sends it to the phone and forgets it.

  @DPC-KM-ESCROW-01
  Scenario: A key is in escrow before its certificate is issued
    Given the cardholder has a derived credential on the phone
    Then the key management key was in escrow before its certificate was issued

  @DPC-KM-ESCROW-01 @negative
  Scenario: Without the escrow no key management certificate is issued
    Given the phone has redeemed a QR code
    And the key escrow does not answer
    When the phone fetches its credentials
    Then the issuance is refused because the key escrow is not available
    And no key management certificate was issued

  @DPC-KM-ESCROW-03
  Scenario: The subscriber is told that the encryption key is kept in escrow
    Given the cardholder has a derived credential on the phone
    Then the subscriber was told that the encryption key is kept in escrow

  @DPC-ISS-KEY-05
  Scenario: A key reaches the phone in an envelope and in TLS
    Given the cardholder has a derived credential on the phone
    Then the key came to an authenticated phone, protected as strongly as the key itself

  @DPC-ISS-KEY-06
  Scenario: After delivery the issuer has no copy outside the escrow
    Given the cardholder has a derived credential on the phone
    Then the issuer keeps no copy of the delivered key

  @DPC-ISS-KEY-06 @negative
  Scenario: A delivered key cannot be fetched a second time
    Given an attacker's phone has redeemed the QR code
    And it has fetched and acknowledged the key management key
    When it fetches the key management key again
    Then the issuer refuses because the request belongs to no enrolment
    And the second answer holds no key
