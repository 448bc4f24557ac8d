@epic:Use @use
Feature: Sign-in to a web application
  Web servers that others wrote take the derived authentication credential that the journey issued, and no longer when it
  has ended.

  Rule: What the issuer issued is accepted

    @DPC-PATH-ANCHOR-01 @DPC-PATH-POLICY-01
    Scenario Outline: A cardholder signs in with a key of kind <kind>
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And the cardholder has a derived credential with a key of kind <kind> on the phone
      When the cardholder uses it there with TLS 1.2
      And the cardholder uses it there with TLS 1.3
      Then it is accepted each time
      And it meets the policy that is demanded there

      Examples:
        | kind     |
        | P-256    |
        | RSA-3072 |

  Rule: What has ended is refused

    @negative @DPC-LC-RP-01 @DPC-LC-RP-02
    Scenario: A revocation takes effect at web servers
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And the cardholder has used a derived credential on the phone there
      When the issuer revokes the credential
      And the cardholder uses it there at once, and again when the revocation must have reached it
      Then it is refused because it is revoked

    @negative @DPC-LC-RP-01
    Scenario: What opened the application three years ago opens it no more
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And the cardholder has used a derived credential on the phone there
      When the credential expires
      And the cardholder uses it there again
      Then it is refused because it has expired
