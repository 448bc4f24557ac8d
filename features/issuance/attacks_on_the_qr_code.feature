@epic:Issuance
Feature: Attacks on the QR code and its secret
  The code is good for one phone of the person who signed in, once, and only as long as nothing speaks against it.

  Background:
    Given the phone is enrolled and waits at "Get QR code"
    And the cardholder has signed in at the kiosk and got a QR code

  Rule: Only the whole secret counts

    @DPC-ISS-MULTI-01
    Scenario Outline: A secret that was <changed> is refused
      When an attacker presents a secret that was <changed>
      Then the issuer refuses because the secret is unknown
      And nothing was issued

      Examples:
        | changed   |
        | truncated |
        | altered   |

  Rule: One phone wins

    @DPC-ISS-MULTI-03
    Scenario: Of two phones that scan at the same moment exactly one is served
      When two phones of the cardholder scan the QR code at the same moment
      Then the issuer has served exactly one of them

    @DPC-ISS-MULTI-03
    Scenario: The phone that comes second is refused, and the cardholder is told about the first
      Given another phone of the cardholder has got the credential with it
      And the scanner is open
      When the phone scans the QR code
      Then the issuer refuses because the secret was already used
      And nothing more was issued
      And an e-mail has told the cardholder about the credential

  Rule: What was withdrawn is worth nothing

    @DPC-ISS-MULTI-04
    Scenario: An older code of the same sign-in is refused
      Given the kiosk has shown a newer QR code
      And the scanner is open
      When the phone scans the QR code
      Then the issuer refuses because the secret has expired
      And nothing was issued

    @DPC-ISS-ELIG-01
    Scenario: A code is refused after the account was terminated
      Given the cardholder's PIV identity account was terminated
      And the scanner is open
      When the phone scans the QR code
      Then the issuer refuses because the account was terminated
      And nothing was issued
