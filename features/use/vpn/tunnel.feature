@epic:Use @use
Feature: A tunnel into the organisation's network
  IKEv2 with a gateway that others wrote (strongSwan): it takes the derived authentication credential that the journey
  issued, and no longer when it has ended. A page behind it is seen through the tunnel and in no other way.

  Rule: What the issuer issued is accepted

    @DPC-PATH-ANCHOR-01 @DPC-PATH-POLICY-01
    Scenario Outline: A cardholder sees the page through a tunnel with a key of kind <kind>
      Given pages are behind strongSwan with CRLs and strongSwan with OCSP
      And the cardholder has a derived credential with a key of kind <kind> on the phone
      When the cardholder uses it there again
      Then it is accepted each time
      And it meets the policy that is demanded there

      Examples:
        | kind     |
        | P-256    |
        | RSA-3072 |

  Rule: What has ended is refused

    @negative @DPC-LC-RP-01 @DPC-LC-RP-02
    Scenario: A revocation takes effect at gateways
      Given pages are behind strongSwan with CRLs and strongSwan with OCSP
      And the cardholder has used a derived credential on the phone there
      When the issuer revokes the credential
      And the cardholder uses it there at once, and again when the revocation must have reached it
      Then it is refused because it is revoked

  Rule: The phone uses its own gateway only

    @negative @DPC-ISS-PHISH-01
    Scenario: The phone has no tunnel to a stranger's gateway
      Given pages are behind strongSwan with CRLs and strongSwan with OCSP
      And the cardholder has used a derived credential on the phone there
      When a stranger's gateway takes its place
      And the cardholder uses it there again
      Then the phone sends nothing through it
