@epic:Journey
Feature: The page with the QR code after its use
  Whoever sits down at the workstation next finds no code there, with none of the browser's own buttons.

  Background:
    Given the phone is enrolled and waits at "Get QR code"
    And the cardholder has signed in at the kiosk and got a QR code
    And the cardholder has redeemed it with the phone

  @IOS-INT-11 @browser
  Scenario: The Back button does not bring a used code back
    When the cardholder leaves the page and presses the Back button of the browser
    Then the workstation does not show the used QR code

  @IOS-INT-11
  Scenario: Loading the page again does not bring a used code back
    When the cardholder has the browser load the page again
    Then the workstation does not show the used QR code
