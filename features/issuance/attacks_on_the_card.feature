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

  Rule: A certificate that was altered is refused

    @DPC-ISS-PKIAUTH-02
    Scenario: A certificate with a broken signature is refused
      Given a card whose PIV Authentication certificate is altered after it was signed
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the certificate was not signed by a trusted CA
      And nothing was issued
