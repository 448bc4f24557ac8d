@epic:Journey
Feature: Sign in at the issuer's kiosk
  The issuer authenticates the cardholder by PKI-AUTH with the PIV Authentication key, and with nothing else.

  Rule: A cardholder who proves possession of the card is signed in

    @IOS-INT-09 @DPC-ISS-PKIAUTH-01 @browser
    Scenario: The kiosk signs in a cardholder with the card and its PIN
      When the cardholder signs in at the kiosk with the card and its PIN
      Then the kiosk shows the cardholder's home page
      And the sign-in was a proof of possession of the PIV Authentication key

    @IOS-INT-09 @DPC-ISS-PKIAUTH-05
    Scenario: Each sign-in answers a fresh challenge
      When the cardholder signs in at the kiosk with the card and its PIN
      And the cardholder signs in at the kiosk again
      Then the card signed a different challenge each time
      And the address that ended the sign-in does not sign in anybody else

    @IOS-INT-09 @DPC-ISS-CHAN-02 @browser
    Scenario: The kiosk is served over strong TLS
      When the cardholder signs in at the kiosk with the card and its PIN
      Then every connection used AES and a server key of sufficient strength

    @IOS-INT-09 @DPC-ISS-CHAN-01 @browser
    Scenario: An impostor in the kiosk's place gets no signature of the card
      When the cardholder signs in with the card where an impostor answers in the kiosk's place
      Then the card signed nothing

  Rule: Whoever does not prove possession of a valid PIV Card is refused

    @IOS-INT-09 @DPC-ISS-PKIAUTH-01 @browser
    Scenario: Without a certificate there is no sign-in
      When somebody without a card opens the kiosk's certificate sign-in
      Then the kiosk refuses because there is no certificate
      And nothing was issued

    @IOS-INT-09 @destructive
    Scenario: A wrong PIN stops the sign-in before anything reaches the kiosk
      When the cardholder types a wrong PIN at the kiosk
      Then the card does not accept the PIN and has one attempt less
      And nothing was issued

    @IOS-INT-09 @DPC-ISS-PKIAUTH-06 @browser
    Scenario: A certificate without its key is refused
      Given a card whose PIV Authentication key does not belong to its certificate
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because possession of the key was not proved
      And nothing was issued

    @IOS-INT-09 @DPC-ISS-PKIAUTH-02
    Scenario Outline: A certificate that is <state> is refused
      Given a card whose PIV Authentication certificate is <state>
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because <reason>
      And nothing was issued

      Examples:
        | state                      | reason                                            |
        | expired                    | the certificate has expired                       |
        | not yet valid              | the certificate is not yet valid                  |
        | issued by an unknown CA    | the certificate was not signed by a trusted CA    |

    @IOS-INT-09 @DPC-ISS-PKIAUTH-03 @PIV-SRC-STATUS-01
    Scenario Outline: A card that was <state> is refused
      Given a card whose PIV Authentication certificate is <state>
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the certificate is revoked
      And nothing was issued

      Examples:
        | state     |
        | revoked   |
        | suspended |

    @IOS-INT-09 @DPC-ISS-PKIAUTH-03
    Scenario: A certificate whose status cannot be found out is refused
      Given a card whose status services do not answer
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the revocation status is unknown
      And nothing was issued

    @IOS-INT-09 @DPC-ISS-PKIAUTH-04 @browser
    Scenario: The Card Authentication certificate is refused
      When the cardholder signs in at the kiosk with the Card Authentication key
      Then the kiosk refuses because the certificate has the wrong policy
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-PIVI-01
    Scenario: A PIV-I card is refused
      Given a PIV-I card
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the certificate has the wrong policy
      And nothing was issued

    @IOS-INT-09 @DPC-ISS-ELIG-01
    Scenario: A person whose account was terminated is refused although the card still validates
      Given the cardholder's PIV identity account was terminated
      When the cardholder signs in at the kiosk with the card and its PIN
      Then the kiosk refuses because the account was terminated
      And nothing was issued

    @IOS-INT-09 @DPC-ISS-NOCHAIN-01
    Scenario: A derived credential does not open the kiosk
      Given the cardholder has a derived credential on the phone
      When the phone opens the kiosk's certificate sign-in with the derived credential
      Then the kiosk refuses because the certificate has the wrong policy
      And nothing more was issued
