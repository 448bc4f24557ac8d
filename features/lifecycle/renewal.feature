@epic:Lifecycle
Feature: Renewal of a derived credential with the card
  A credential is not renewed by itself: in good time before its end the cardholder is asked to repeat the whole request,
  with the PIV Card, and the former certificate goes out of use.

  Background:
    Given the cardholder has a derived credential on the phone

  @DPC-LC-REKEY-07
  Scenario: At four fifths of its lifetime the cardholder sets up a new credential
    When four fifths of the certificate's lifetime have passed
    And the cardholder repeats the whole request with the card
    Then the new credential has taken the place of the former one
