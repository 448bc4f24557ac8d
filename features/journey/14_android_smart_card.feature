@epic:Journey
Feature: Smart card setup on Android Enterprise
  The same enrolment on a phone with Android Enterprise: other captions, a question for the camera that comes only where
  the app may not use it yet, and screens of their own for progress and end.

  Background:
    Given the phone runs Android Enterprise

  @AND-INT-01 @AND-INT-02b @AND-INT-03 @AND-INT-04 @AND-INT-05 @AND-INT-06 @AND-INT-07 @AND-INT-08 @AND-INT-10
  Scenario: The cardholder enrols on Android Enterprise under the documented captions
    Given the phone is enrolled
    And the cardholder is targeted by a policy that needs a derived credential
    When the cardholder taps the notification
    Then the phone shows "Set up smart card"
    When the cardholder taps "BEGIN"
    Then the phone shows "Get QR code"
    Given the cardholder has signed in at the kiosk and got a QR code
    When the cardholder taps "NEXT"
    Then the phone asks to use the camera
    When the cardholder taps "Allow"
    Then the phone shows the scanner
    When the phone scans the QR code
    And the cardholder chooses an activation secret and waits for the app to finish
    Then the phone shows "You’re all set!"
    And the phone holds a derived credential
