@epic:Issuance
Feature: Attacks on the card
  Whoever has a card's certificate but not its key, or an altered certificate, is not signed in at the kiosk.

  Rule: A certificate is worth nothing without a signature of its key, made for this sign-in

    @DPC-ISS-PKIAUTH-06
    Scenario: A signature taken from an earlier handshake is refused
      Given the cardholder has signed in at the kiosk where an attacker recorded the card's answers
      When the attacker signs in at the kiosk with the recorded answers
      Then the kiosk refuses because possession of the key was not proved
      And nothing was issued

    @DPC-ISS-PKIAUTH-06
    Scenario: A card that is pulled out in the middle signs nobody in
      When the card is pulled out while it should sign
      Then the kiosk refuses because possession of the key was not proved
      And nothing was issued

    @DPC-ISS-PKIAUTH-06
    Scenario: A copy of the cardholder's certificate is refused without its key
      When an attacker signs in at the kiosk with a copy of the cardholder's certificate on another card
      Then the kiosk refuses because possession of the key was not proved
      And nothing was issued

    @PIV-SRC-AUTHCERT-04 @destructive @irreversible
    Scenario: A PIN that was guessed too often opens the kiosk no more, not even when it is right
      When somebody types a wrong PIN at the kiosk until the card blocks it
      Then the right PIN is not accepted at the kiosk either
      And nothing was issued

  Rule: A certificate that was altered is refused

    @DPC-ISS-PKIAUTH-02
    Scenario: A certificate with a broken signature is refused
      Given a card whose PIV Authentication certificate is altered after it was signed
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the certificate was not signed by a trusted CA
      And nothing was issued
