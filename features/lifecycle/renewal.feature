@epic:Lifecycle
Feature: Renewal of a derived credential with the card
  A credential is not renewed by itself: in good time before its end the device manager asks the cardholder to repeat the
  whole request, with the PIV Card, and the former certificate goes out of use.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The device manager asks at four fifths of the lifetime, once

    @LIFE-02 @ADM-04
    Scenario Outline: The cardholder is asked at 80 percent of the lifetime, <ways>
      Given the organisation notifies <ways>
      When 79 percent of the certificate's lifetime have passed
      Then nobody has asked the cardholder for anything
      When 80 percent of the certificate's lifetime have passed
      Then the cardholder is asked once to renew, <ways>
      When 81 percent of the certificate's lifetime have passed
      Then nobody has asked the cardholder for anything

      @notification-app
      Examples:
        | ways            |
        | in the app only |

      @notification-e-mail
      Examples:
        | ways           |
        | by e-mail only |

  Rule: Renewal is a new request

    @LIFE-01 @LIFE-03 @LIFE-04 @DPC-LC-REKEY-07
    Scenario: At four fifths of its lifetime the cardholder sets up a new credential
      When four fifths of the certificate's lifetime have passed
      And the cardholder repeats the whole request with the card
      Then the new credential has taken the place of the former one

    @LIFE-01 @LIFE-04 @DPC-LC-REKEY-07
    Scenario: A credential whose holder does nothing is not extended
      When the holder does nothing until the certificate has expired
      Then nothing was issued without a new request
