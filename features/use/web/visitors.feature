@epic:Use @use
Feature: Visitors to a web application
  Somebody comes with a credential that is good but for one thing, or with none. nginx knows people by the certificate
  that was registered for them, Apache httpd by the user principal name in it; it demands a policy besides.

  Rule: Without a certificate that stands nobody signs in

    @negative @DPC-LC-RP-01
    Scenario: Nobody signs in without a certificate
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with no certificate
      Then it is refused because no certificate was shown

    @negative @DPC-LC-RP-01 @DPC-PATH-TIME-01
    Scenario: Nobody signs in before the credential is valid
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with a credential that is not valid yet
      Then it is refused because it is not valid yet

    @negative @DPC-LC-RP-01 @DPC-PATH-TIME-01
    Scenario: Nobody signs in after the credential has expired
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with an expired credential
      Then it is refused because it has expired

    @negative @DPC-LC-RP-01 @DPC-LC-RP-02
    Scenario: Nobody signs in with a suspended credential
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor tries a suspended credential after the change has reached them
      Then it is refused because it is revoked

    @negative @DPC-LC-RP-01 @DPC-PATH-UNAVAIL-01
    Scenario: Nobody signs in whose status cannot be found out
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When the status services fall silent, and what was fetched before is out of date
      And a visitor comes again with a good credential
      Then it is refused because its status cannot be found out

    @negative @DPC-PATH-CA-02
    Scenario: Nobody signs in after the CA was revoked
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When the CA of derived credentials is revoked, and the change has reached them
      And a visitor comes again with a good credential
      Then it is refused because the CA was revoked

    @negative @DPC-OCSP-NONCE-01
    Scenario: Nobody signs in on an OCSP response that belongs to another request
      Given web applications run on Apache httpd with OCSP
      And the OCSP responder answers with the nonce of an earlier request
      And a visitor with a good credential was let in
      When a visitor comes again with a good credential
      Then it is refused because the OCSP response belongs to another request

  Rule: Only certificates that are meant for it are accepted

    @negative @DPC-PATH-POLICY-01
    Scenario: Nobody signs in under another policy than the one demanded
      Given web applications run on Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with a certificate under another policy
      Then it is refused because its policy is not the one demanded

    @negative @DPC-PATH-EKU-01
    Scenario Outline: Nobody signs in with <what>
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with <what>
      Then it is refused because it is for another purpose

      Examples:
        | what                                        |
        | a certificate for card authentication only  |
        | a certificate whose key only enciphers keys |

    @negative @DPC-KM-USE-01
    Scenario: Nobody signs in with the key that opens mail
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with a key management certificate
      Then it is refused because it is for another purpose

    @negative @DPC-PATH-CRIT-01
    Scenario: Nobody signs in with what no relying party understands
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with a certificate with a critical extension that nobody knows
      Then it is refused because nobody knows one of its critical extensions

  Rule: Whoever comes is taken for the holder of the certificate

    @DPC-PATH-MAP-01
    Scenario: Two persons of one name are told apart when one signs in
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with the credential of a namesake
      And a visitor comes again with a good credential
      Then each of the two gets the own account

    @DPC-CRY-EXP-02
    Scenario Outline: Somebody signs in with <what>
      Given web applications run on nginx with CRLs, nginx with OCSP and Apache httpd with OCSP
      And a visitor with a good credential was let in
      When a visitor comes with <what>
      Then the key is processed as any other

      Examples:
        | what                                    |
        | an RSA key with exponent 65539          |
        | an RSA key with an exponent of 256 bits |
