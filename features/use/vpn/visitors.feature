@epic:Use @use
Feature: Visitors to a gateway
  Somebody asks for a tunnel with a credential that is good but for one thing, or with none. The gateway looks at dates,
  CRLs and policies, not at purposes: IKEv2 has none of its own (RFC 4945).

  Background:
    Given pages are behind strongSwan with CRLs and strongSwan with OCSP
    And a visitor with a good credential was let in

  @negative @DPC-LC-RP-01
  Scenario: Nobody has a tunnel without a certificate
    When a visitor comes with no certificate
    Then it is refused because no certificate was shown

  @negative @DPC-LC-RP-01 @DPC-PATH-TIME-01
  Scenario: Nobody has a tunnel after the credential has expired
    When a visitor comes with an expired credential
    Then it is refused because it has expired

  @negative @DPC-LC-RP-01 @DPC-LC-RP-02
  Scenario: Nobody has a tunnel with a suspended credential
    When a visitor tries a suspended credential after the change has reached them
    Then it is refused because it is revoked

  @negative @DPC-LC-RP-01 @DPC-PATH-UNAVAIL-01
  Scenario: Nobody has a tunnel whose status cannot be found out
    When the status services fall silent, and what was fetched before is out of date
    And a visitor comes again with a good credential
    Then it is refused because its status cannot be found out

  @negative @DPC-PATH-POLICY-01
  Scenario: Nobody has a tunnel under another policy than the one demanded
    When a visitor comes with a certificate under another policy
    Then it is refused because its policy is not the one demanded
