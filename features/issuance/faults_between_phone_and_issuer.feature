@epic:Issuance
Feature: Faults between phone and issuer
  Clocks differ and networks break in the middle of an installation: it is finished afterwards, and nothing comes twice.

  Background:
    Given the phone is enrolled and waits at "Get QR code"
    And the cardholder has signed in at the kiosk and got a QR code
    And the scanner is open

  Rule: Whose clock is wrong is not believed

    @DPC-ISS-DEVICE-01 @DPC-ISS-CLOCK-01
    Scenario Outline: An issuer whose clock is four minutes <wrong> takes no fresh statement for one
      Given the issuer's clock is four minutes <wrong>
      When the phone scans the QR code
      Then the issuer refuses because the device statement does not hold
      And nothing was issued
      When everything works again
      And the phone scans the same QR code again
      And the cardholder chooses an activation secret and waits for the app to finish
      Then the app says that the smart card is ready
      And the times of the record agree with the run's clock to three minutes

      Examples:
        | wrong |
        | fast  |
        | slow  |

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01
    Scenario Outline: A phone whose clock is four minutes <wrong> gets on when it is right again
      Given the phone's clock is four minutes <wrong>
      When the phone scans the QR code
      Then the phone says that the QR code cannot be used
      And no certificate was issued
      When everything works again
      And the phone scans the same QR code again
      And the cardholder chooses an activation secret and waits for the app to finish
      Then the app says that the smart card is ready
      And every certificate was issued once
      And the audit log is whole

      Examples:
        | wrong |
        | fast  |
        | slow  |

  Rule: What could not be served is asked for again

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01
    Scenario: Company Portal tries again when the certification authority is back
      Given the phone has scanned the QR code
      But the certification authority does not answer
      When the cardholder chooses an activation secret and waits for the app to finish
      Then the app offers to try again
      And no certificate was issued
      When everything works again
      And the cardholder taps "Try again"
      Then the app says that the smart card is ready
      And every certificate was issued once
      And the audit log is whole

  Rule: What the network has swallowed is sent again

    @DPC-ISS-DUP-01 @DPC-ISS-AUDIT-01 @DPC-ISS-KEY-07
    Scenario Outline: The network breaks <when>
      Given the phone has scanned the QR code
      But the network breaks <when>
      When the cardholder chooses an activation secret and waits for the app to finish
      Then the app offers to try again
      When the cardholder taps "Try again"
      Then the app says that the smart card is ready
      And every certificate was issued once
      And the phone has acknowledged the receipt of the key-management key
      And the audit log is whole

      Examples:
        | when                                                         |
        | before a request for a certificate has reached the issuer    |
        | after the issuer has worked on a request for a certificate   |
        | before the receipt of a certificate has reached the issuer   |
        | after the issuer has taken the receipt of a certificate      |
