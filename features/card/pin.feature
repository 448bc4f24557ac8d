@epic:Card
Feature: The PIN of the card
  SP 800-73-5 part 1 §3.3.2, part 2 §2.4.3 and §3.2.1: what the cardholder types, how often it may be wrong, and which
  of two PINs it is.

  Rule: Digits, and ten tries at most

    @PIV-SRC-AUTHCERT-04 @destructive
    Scenario: The card takes digits only and counts wrong PINs
      When a PIN that has a letter for its last digit is tried on the card
      Then the card answers 6A80, or 63CX as to a wrong PIN
      When a wrong PIN of digits is tried on the card
      Then the card answers 63CX and leaves nine tries at most
      And the right PIN is accepted and puts the tries back

  Rule: The Global PIN, where Discovery prefers it

    @PIV-SRC-DISC-02
    Scenario: Who knows the Global PIN of the card signs in at the kiosk
      Given a card whose Discovery Object prefers the Global PIN
      When somebody signs in at the kiosk with that card
      Then the issuer has signed in somebody who typed the Global PIN
