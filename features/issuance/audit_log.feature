@epic:Issuance
Feature: The audit log
  Every request, approval, refusal, issuance and revocation is on record; whoever changes the record is found out.

  Rule: The log is complete and can be verified elsewhere

    @DPC-ISS-AUDIT-01
    Scenario: An auditor verifies the exported audit log
      Given the cardholder has a derived credential on the phone
      When an auditor gets the audit log
      Then the audit log holds every decision and nothing in it was changed

    @DPC-ISS-AUDIT-01
    Scenario: A rejected sign-in is on record
      When somebody without a card opens the kiosk's certificate sign-in
      And the sign-in was refused
      And an auditor gets the audit log
      Then the audit log says why

    @DPC-ISS-AUDIT-01
    Scenario: A rejected redemption is on record
      Given the phone is enrolled and waits at "Get QR code"
      And the cardholder has signed in at the kiosk and got a QR code
      When an attacker presents a guessed secret
      And the redeem was refused
      And an auditor gets the audit log
      Then the audit log says why

  Rule: A changed log is found out

    @DPC-ISS-AUDIT-01
    Scenario Outline: A record that was <changed> in the issuer's database is named
      Given the cardholder has a derived credential on the phone
      But a record of the audit log was <changed> in the issuer's database
      When an auditor gets the audit log
      Then the verification names the first record that does not fit

      Examples:
        | changed |
        | altered |
        | removed |
        | swapped |

    @DPC-ISS-AUDIT-01
    Scenario Outline: An export that was <changed> on its way is found out
      Given the cardholder has signed in at the kiosk and got a QR code
      When an auditor gets an audit log that was <changed> on its way
      Then the verification names the first record that does not fit

      Examples:
        | changed               |
        | truncated             |
        | without its beginning |
        | cut in the middle     |
        | reordered             |
        | altered               |
        | without its seal      |
