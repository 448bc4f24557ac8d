@epic:Issuance
Feature: Attacks on the certificate request
  After the sign-in an attacker has the phone and asks for what was never authorised.

  Background:
    Given an attacker's phone has redeemed the QR code

  Rule: A request that proves nothing is refused

    @DPC-ISS-POP-01
    Scenario Outline: A request <defect> is refused
      When the attacker requests a certificate <defect>
      Then the issuer refuses because <reason>
      And nothing was issued

      Examples:
        | defect            | reason                                |
        | signed with SHA-1 | the request's signature does not hold |
        | that is not DER   | the request cannot be read            |
        | of 10 MB          | the request cannot be read            |

    @DPC-ISS-KEY-02
    Scenario: A request for a short RSA key is refused
      When the attacker requests a certificate for an RSA key of 1024 bits
      Then the issuer refuses because the key is not of an allowed kind
      And nothing was issued

    @DPC-ISS-KEY-03
    Scenario: A key that is no point of its curve is refused
      When the attacker requests a certificate for a point that is not on its curve
      Then the issuer refuses because the key is not valid on its curve
      And nothing was issued

  Rule: A key serves one credential

    @DPC-ISS-DUP-01
    Scenario: A request for the card's own key is refused
      When the attacker requests a certificate for the card's own key
      Then the issuer refuses because the key belongs to another credential
      And nothing was issued

    @DPC-ISS-DUP-01
    Scenario: The same request in another session is refused
      Given the attacker has requested a certificate
      And the attacker's phone has redeemed another QR code of the cardholder
      When the attacker sends the very same request again
      Then the issuer refuses because the key belongs to another credential
      And nothing more was issued

  Rule: A request takes nothing but its key into the certificate

    @DPC-ISS-POP-02
    Scenario: Extensions in a request do not reach the certificate
      When the attacker requests a certificate with another person's UUID and as a CA
      Then the certificate holds neither that UUID nor the right to issue certificates

    @DPC-ISS-POP-02
    Scenario: A token serves one request
      Given the attacker has requested a certificate
      When the attacker requests a certificate a second time with the same token
      Then the issuer refuses because the request belongs to no enrolment
      And nothing more was issued

  Rule: A request travels over TLS of today, or not at all

    @DPC-ISS-CHAN-01
    Scenario Outline: The issuer does not serve a client that speaks <language>
      When a client speaks <language> to the issuer
      Then the issuer does not serve it
      And the issuer serves a client that speaks TLS 1.2

      Examples:
        | language         |
        | TLS 1.0          |
        | TLS 1.1          |
        | HTTP without TLS |
