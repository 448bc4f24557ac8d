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

  Rule: What ends while a certificate is being signed takes it along

    @DPC-ISS-ELIG-01
    Scenario: The account is terminated while the certificate is being signed
      Given the cardholder's PIV identity account is terminated while the next certificate is being signed
      When the attacker requests a certificate that is in order
      Then the issuer refuses because the account was terminated
      And nothing was issued
      And whatever was signed is revoked

  Rule: What was begun can be finished, once

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01
    Scenario: The issuer is killed between signing and delivery
      Given the issuer is killed after it has signed and before it answers
      When the attacker requests a certificate that is in order
      And the issuer is started again
      And the attacker sends the very same request again
      Then the issuer answers and the certificate was issued once
      And the audit log is whole over the restart

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01
    Scenario: The issuer is killed between signing and its record of it
      Given the issuer is killed after it has signed and before that is on record
      When the attacker requests a certificate that is in order
      And the issuer is started again
      And the attacker sends the very same request again
      Then the issuer answers and the certificate was issued once
      And the audit log is whole over the restart

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01
    Scenario Outline: A request that is refused because <what> can be finished afterwards
      Given <what>
      When the attacker requests a certificate that is in order
      Then the issuer refuses because <reason>
      And nothing was issued
      And the audit log says why the issue was refused
      When everything works again
      And the attacker sends the very same request again
      Then the issuer answers and the certificate was issued once
      And the audit log is whole

      Examples:
        | what                                        | reason                           |
        | the certification authority does not answer | no certificate can be signed     |
        | the issuer's records are full               | nothing can be put on record     |

    @DPC-ISS-PKIAUTH-03 @DPC-ISS-DUP-01
    Scenario: Status services that take their time are not waited for without end
      Given the status services take requests and do not answer
      When the attacker requests a certificate that is in order
      Then the issuer refuses because the revocation status is unknown
      And nothing was issued
      And the attacker's phone got an answer
      When everything works again
      And the attacker sends the very same request again
      Then the issuer answers and the certificate was issued once

    @DPC-ISS-DUP-01
    Scenario: The same request again gets the same certificate
      Given the attacker has requested a certificate
      When the attacker sends the very same request again
      Then the issuer answers and nothing more was issued
