@epic:Use @use
Feature: Joining a wireless network
  EAP-TLS with authentication servers that others wrote: they take the derived authentication credential that the journey
  issued, and no longer when it has ended. The phone shows it to nobody else.

  Rule: What the issuer issued is accepted

    @DPC-PATH-ANCHOR-01 @DPC-PATH-POLICY-01
    Scenario Outline: A cardholder joins with a key of kind <kind>
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
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
    Scenario: A revocation takes effect at authentication servers
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And the cardholder has used a derived credential on the phone there
      When the issuer revokes the credential
      And the cardholder uses it there at once, and again when the revocation must have reached it
      Then it is refused because it is revoked

  Rule: The phone joins its own network only

    @negative @DPC-ISS-PHISH-01
    Scenario Outline: The phone does not show itself to <whose> server
      Given wireless networks are guarded by FreeRADIUS with OCSP
      And the cardholder has used a derived credential on the phone there
      When <whose> access point takes their names
      And the cardholder uses it there again
      Then the phone ends it before it shows its certificate

      Examples:
        | whose                |
        | a stranger's         |
        | another department's |
