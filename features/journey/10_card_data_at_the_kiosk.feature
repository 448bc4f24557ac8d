@epic:Journey
Feature: The kiosk reads the card
  TLS shows the kiosk one certificate and proves one key. A kiosk whose workstation reads the card sees the rest: until when
  the card is good, whose it is, and whether anybody altered its data.

  Background:
    Given the kiosk reads the card
    And the data on the cardholder's own card are good

  Rule: A card whose data are good goes on to the QR code

    @IOS-INT-09 @control
    Scenario: The data on the cardholder's card are read and found good
      When the cardholder signs in at the kiosk with the card and its PIN
      Then the kiosk shows the cardholder's home page
      And the issuer has found the data on the card good

    @IOS-INT-11 @DPC-ISS-MULTI-01
    Scenario: The QR code comes after the card was read
      Given the cardholder has signed in at the kiosk with the card and its PIN
      When the cardholder chooses the profile that activates with a mobile credential
      Then the kiosk shows a QR code

  Rule: A card whose data are not good is refused although its key and certificate are

    @IOS-INT-09 @PIV-SRC-CHUID-03
    Scenario: A card that expired yesterday yields no derived credential
      Given a card whose CHUID expired yesterday
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the card has expired
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-CHUID-05
    Scenario: A CHUID that was altered after it was signed is refused
      Given a card whose CHUID was altered after it was signed
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the signature of the CHUID does not hold
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-CHUID-06
    Scenario: A CHUID that the cardholder signed is refused
      Given a card whose CHUID the cardholder signed
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because no content signer signed the CHUID
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-CHUID-07
    Scenario: The CHUID of another card is refused
      Given a card with the CHUID of another card
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the FASC-Ns on the card differ
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-CHUID-04
    Scenario: A CHUID with another UUID than the certificate is refused
      Given a card with another UUID in its CHUID
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the UUIDs on the card differ
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-SO-01
    Scenario: A Security Object that the cardholder signed is refused
      Given a card whose Security Object the cardholder signed
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the Security Object does not hold
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-SO-02
    Scenario: A card with an object that was altered is refused
      Given a card with an object that was altered
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the Security Object does not hold
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-CARDAUTH-02
    Scenario: The Card Authentication key, which needs no PIN, opens no kiosk
      When the cardholder signs in at the kiosk with the Card Authentication key
      Then the kiosk refuses because the certificate has the wrong policy
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-CARDAUTH-01
    Scenario: A card whose other key was revoked is refused
      Given a card whose Card Authentication certificate is revoked
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because a certificate on the card is revoked
      And nothing was issued

    @IOS-INT-09 @PIV-SRC-BIO-01
    Scenario Outline: A card whose biometrics <end> is refused
      Given a card whose biometrics <end>
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the biometrics on the card do not count
      And nothing was issued

      Examples:
        | end                     |
        | counted until yesterday |
        | end before the card     |

    @IOS-INT-09 @PIV-SRC-CHUID-06
    Scenario: A card whose content signer ends before it is refused
      Given a card whose content signer ends before its certificates
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because nobody signs for the card to its end
      And nothing was issued
