@epic:Issuance
Feature: Authenticators in place of certificates
  A FIDO2 authenticator that the cardholder brings along may be bound to the account after PKI-AUTH. It has to be of an
  approved model, which its attestation shows, to have two factors, and to have been used once.

  Rule: An approved authenticator with two factors is bound

    @DPC-ISS-NONPKI-01 @DPC-ISS-NONPKI-02 @DPC-ISS-NOTIFY-01
    Scenario Outline: An authenticator that is <used> is bound
      When the cardholder binds an authenticator that is <used>
      Then the account holds an authenticator of an approved model with two factors, which was used once
      And the cardholder is told of the authenticator at the address in the account

      Examples:
        | used                     |
        | unlocked                 |
        | touched, with a password |

  Rule: What cannot be approved is refused

    @DPC-ISS-NONPKI-01
    Scenario Outline: An authenticator <that> is refused
      When the cardholder binds an authenticator <that>
      Then the kiosk refuses because <reason>
      And no authenticator was bound

      Examples:
        | that                               | reason                      |
        | without attestation                | the model was not attested  |
        | that attests itself                | the model was not attested  |
        | that another maker attested        | the model was not attested  |
        | of a model that is not listed      | the model is not approved   |
        | of a model without FIPS 140 data   | the model is not approved   |

  Rule: One factor is not enough, and neither is a registration

    @DPC-ISS-NONPKI-02
    Scenario: An authenticator that is only touched needs a password
      When the cardholder binds an authenticator that is touched, without a password
      Then the kiosk refuses because there is no second factor
      And no authenticator was bound

    @DPC-ISS-NONPKI-02
    Scenario: An authenticator that fails its first use is not bound
      When the cardholder binds an authenticator that is touched, and enters another password when it is used
      Then the kiosk refuses because the password is another
      And no authenticator was bound
