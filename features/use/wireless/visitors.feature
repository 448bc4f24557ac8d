@epic:Use @use
Feature: Visitors to a wireless network
  Somebody comes with a credential that is good but for one thing, or with none. hostapd is there for a second opinion: it
  looks at dates, CRLs and purposes, not at policies and names.

  Rule: Without a certificate that stands nobody joins

    @negative @DPC-LC-RP-01
    Scenario: Nobody joins without a certificate
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with no certificate
      Then it is refused because no certificate was shown

    @negative @DPC-LC-RP-01 @DPC-PATH-TIME-01
    Scenario: Nobody joins before the credential is valid
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with a credential that is not valid yet
      Then it is refused because it is not valid yet

    @negative @DPC-LC-RP-01 @DPC-PATH-TIME-01
    Scenario: Nobody joins after the credential has expired
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with an expired credential
      Then it is refused because it has expired

    @negative @DPC-LC-RP-01 @DPC-LC-RP-02
    Scenario: Nobody joins with a suspended credential
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor tries a suspended credential after the change has reached them
      Then it is refused because it is revoked

    @negative @DPC-LC-RP-01 @DPC-PATH-UNAVAIL-01
    Scenario: Nobody joins whose status cannot be found out
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When the status services fall silent, and what was fetched before is out of date
      And a visitor comes again with a good credential
      Then it is refused because its status cannot be found out

    @negative @DPC-PATH-CA-02
    Scenario: Nobody joins after the CA was revoked
      Given wireless networks are guarded by FreeRADIUS with CRLs and hostapd with CRLs
      And a visitor with a good credential was let in
      When the CA of derived credentials is revoked, and the change has reached them
      And a visitor comes again with a good credential
      Then it is refused because the CA was revoked

    @negative @DPC-OCSP-NONCE-01
    Scenario: Nobody joins on an OCSP response that belongs to another request
      Given wireless networks are guarded by FreeRADIUS with OCSP
      And the OCSP responder answers with the nonce of an earlier request
      And a visitor with a good credential was let in
      When a visitor comes again with a good credential
      Then it is refused because the OCSP response belongs to another request

  Rule: Only certificates that are meant for it are accepted

    @negative @DPC-PATH-POLICY-01
    Scenario: Nobody joins under another policy than the one demanded
      Given wireless networks are guarded by FreeRADIUS with CRLs and FreeRADIUS with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with a certificate under another policy
      Then it is refused because its policy is not the one demanded

    @negative @DPC-PATH-EKU-01
    Scenario Outline: Nobody joins with <what>
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with <what>
      Then it is refused because it is for another purpose

      Examples:
        | what                                        |
        | a certificate for card authentication only  |
        | a certificate whose key only enciphers keys |

    @negative @DPC-KM-USE-01
    Scenario: Nobody joins with the key that opens mail
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with a key management certificate
      Then it is refused because it is for another purpose

    @negative @DPC-PATH-CRIT-01
    Scenario: Nobody joins with what no relying party understands
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with a certificate with a critical extension that nobody knows
      Then it is refused because nobody knows one of its critical extensions

  Rule: Whoever comes is taken for the holder of the certificate

    @DPC-PATH-MAP-01
    Scenario: Two persons of one name are told apart when one joins
      Given wireless networks are guarded by FreeRADIUS with CRLs and FreeRADIUS with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with the credential of a namesake
      And the namesake comes again under the cardholder's name
      Then each of the two gets the own account

    @DPC-CRY-EXP-02
    Scenario Outline: Somebody joins with <what>
      Given wireless networks are guarded by FreeRADIUS with CRLs, FreeRADIUS with OCSP and hostapd with CRLs
      And a visitor with a good credential was let in
      When a visitor comes with <what>
      Then the key is processed as any other

      Examples:
        | what                                    |
        | an RSA key with exponent 65539          |
        | an RSA key with an exponent of 256 bits |
