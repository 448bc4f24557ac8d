@epic:Lifecycle
Feature: Re-key of a hardware credential
  In the same module a new key takes the place of the current one, between a module and an issuer that know each other.
  Another module is another device: the whole request is made anew, with the card, at the desk, and with a biometric.

  Background:
    Given the cardholder has a hardware credential on the phone

  Rule: Module and issuer authenticate each other

    @DPC-LC-REKEY-02 @DPC-LC-REMOTE-01 @control
    Scenario: The module replaces its key on the issuer's order
      When the phone replaces the hardware credential
      Then the phone holds a hardware credential for a new key
      And module and issuer had authenticated each other
      And whatever changed something went through a session that both ends had authenticated

    @DPC-LC-REKEY-02 @negative
    Scenario Outline: A request <how> replaces no hardware credential
      When an attacker asks for a new certificate in place of the cardholder's <how>
      Then the re-key is refused because there is no certificate
      And nothing more was issued

      Examples:
        | how                        |
        | without a certificate      |
        | with a name and a password |

    @DPC-LC-REKEY-02 @negative
    Scenario: The module makes no key on a stranger's order
      Given the phone has replaced the hardware credential
      When a stranger orders the module to make a key
      Then module and issuer had authenticated each other

  Rule: Another module gets nothing by re-key

    @DPC-LC-REKEY-03 @control
    Scenario: Another phone gets a hardware credential when everything is repeated
      When the cardholder repeats everything the next day for another phone
      Then the credential on the other phone has evidence of its own

    @DPC-LC-REKEY-03 @negative
    Scenario: The credential on one phone brings none to another
      When the phone asks for a hardware credential in the module of another phone in place of its own
      Then the re-key is refused because the module is another one
      And nothing more was issued

  Rule: Its holder is asked for a new request in good time

    @DPC-LC-REKEY-07
    Scenario: At four fifths of its lifetime the cardholder sets up a new hardware credential
      When four fifths of the certificate's lifetime have passed
      And the cardholder repeats the whole request at the desk
      Then the new credential has taken the place of the former one
