@epic:Journey
Feature: The password under the QR code
  Whoever has seen the QR code alone, or knows the password alone, gets nothing.

  Background:
    Given the phone is enrolled and waits at "Get QR code"
    And the cardholder has signed in at IdentityGuard and got a QR code with a password

  Rule: Code and password are two secrets, and both travel by hand

    @ENT-IOS-15c @DPC-ISS-MULTI-02 @DPC-ISS-MULTI-05
    Scenario: Code and password are hard to guess, and the password stands under the code only
      Then the QR code and the password hold a binding secret of at least 112 bits
      And the binding secret was sent neither by e-mail nor in an address
      And no browser may keep a copy of the page
      And the password does not stand in the QR code

    @ENT-IOS-15c @DPC-ISS-MULTI-01
    Scenario: Each QR code has a password of its own
      When the cardholder asks for another QR code at IdentityGuard
      Then neither the secret in the code nor the password is as before

  Rule: Without the password the code is worth nothing

    @ENT-IOS-19 @DPC-ISS-MULTI-01
    Scenario Outline: A password that <whose> is refused, and the right one still counts
      Given another person has signed in at IdentityGuard and got a QR code with a password
      And the phone has read the QR code of the cardholder
      When the cardholder types a password that <whose>
      Then the issuer refuses because the password is not the one under the code
      And nothing was issued
      And the phone asks for the password again, and goes on with the right one

      Examples:
        | whose                              |
        | was guessed                        |
        | stands under another person's code |

    @ENT-IOS-19 @DPC-ISS-MULTI-01
    Scenario: A phone that sends no password is refused
      When an attacker presents the secret of the QR code without the password
      Then the issuer refuses because there is no password
      And nothing was issued

    @ENT-IOS-18 @DPC-ISS-MULTI-01
    Scenario: A copy of the QR code that asks for no password is refused
      Given the scanner is open
      When the phone scans a copy of the QR code that asks for no password
      Then the issuer refuses because there is no password
      And nothing was issued

  Rule: Without the code the password is worth nothing

    @ENT-IOS-18 @DPC-ISS-MULTI-01
    Scenario: The right password with a code that was altered is refused
      When an attacker presents a secret that was altered
      Then the issuer refuses because the secret is unknown
      And nothing was issued

    @ENT-IOS-19 @DPC-ISS-MULTI-04
    Scenario: The right password with a code that has expired is refused
      Given the phone has read the QR code of the cardholder
      When eleven minutes pass
      And the cardholder types the password under the QR code
      Then the issuer refuses because the secret has expired
      And nothing was issued
