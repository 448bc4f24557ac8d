@epic:Lifecycle
Feature: Re-key of a derived credential
  The phone gets a certificate for a new key in place of the one it has. What authorises it is the current key, in a
  session that both ends have authenticated; whoever cannot show that key, or is no longer eligible, gets nothing.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The holder of the current key gets a certificate for a new one

    @happy-path @DPC-LC-REMOTE-01 @DPC-LC-REMOTE-02 @DPC-LC-REKEY-04 @control
    Scenario: The phone replaces its credential in place
      When the phone replaces the derived credential
      Then the phone holds a certificate for a new key
      And whatever changed something went through a session that both ends had authenticated
      And everything was encrypted
      And the identity was proofed in the twelve years before each certificate

    @DPC-LC-REMOTE-02
    Scenario: A byte that is changed on the way ends the session
      When the phone tries to replace the derived credential while somebody changes a byte on the way
      Then nobody goes on with what was changed

  Rule: Nobody else gets one

    @DPC-LC-REMOTE-01
    Scenario Outline: A request <how> is refused
      When an attacker asks for a new certificate in place of the cardholder's <how>
      Then the issuer refuses because there is no certificate
      And nothing more was issued

      Examples:
        | how                        |
        | without a certificate      |
        | with a name and a password |

    @DPC-LC-REKEY-01
    Scenario: A person who is no longer eligible is refused although the credential still verifies
      Given the agency no longer holds the cardholder eligible for a PIV credential
      When the phone tries to replace the derived credential
      Then the issuer refuses because the account was terminated
      And nothing more was issued

    @DPC-LC-REKEY-05
    Scenario Outline: A credential that <state> fetches no successor
      Given the derived credential <state>
      When the phone tries to replace the derived credential
      Then the issuer refuses because <reason>
      And nothing more was issued

      Examples:
        | state       | reason                      |
        | has expired | the certificate has expired |
        | was revoked | the certificate is revoked  |

    @DPC-LC-REKEY-04
    Scenario: An identity that was proofed more than twelve years ago is proofed again first
      Given the identity of the cardholder was last proofed 13 years ago
      When the phone tries to replace the derived credential
      Then the issuer refuses because the identity was proofed too long ago
      And nothing more was issued
