@epic:Issuance
Feature: Faults of the world
  Between the kiosk and the certificate something fails: the request is cleanly refused, or can be finished later.

  Background:
    Given an attacker's phone has redeemed the QR code

  Rule: What was good at the kiosk is looked at again before a certificate is signed

    @DPC-ISS-PKIAUTH-03
    Scenario: The status services fall silent before the certificate is issued
      Given the status services of the card's issuer do not answer
      When the attacker requests a certificate that is in order
      Then the issuer refuses because the revocation status is unknown
      And nothing was issued

    @DPC-ISS-PKIAUTH-03
    Scenario: The card is revoked before the certificate is issued
      Given the card is revoked
      When the attacker requests a certificate that is in order
      Then the issuer refuses because the certificate is revoked
      And nothing was issued

    @DPC-ISS-ELIG-01
    Scenario: The account is terminated before the certificate is issued
      Given the cardholder's PIV identity account was terminated
      When the attacker requests a certificate that is in order
      Then the issuer refuses because the account was terminated
      And nothing was issued

  Rule: What was begun can be finished, once

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01
    Scenario: The issuer is killed between signing and delivery
      Given the issuer is killed after it has signed and before it answers
      When the attacker requests a certificate that is in order
      And the issuer is started again
      And the attacker sends the very same request again
      Then the issuer answers and the certificate was issued once
      And the audit log is whole over the restart

    @DPC-ISS-DUP-01
    Scenario: The same request again gets the same certificate
      Given the attacker has requested a certificate
      When the attacker sends the very same request again
      Then the issuer answers and nothing more was issued
