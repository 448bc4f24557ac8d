@epic:Journey
Feature: The page with the QR code
  A phone's camera has to read the code, its holder has to know what to do, and nobody shall find it there later.

  Background:
    Given the cardholder has signed in at the kiosk and got a QR code

  Rule: A phone's camera can read the code

    @IOS-INT-11
    Scenario: The QR code is large, dark on light and robust
      Then the QR code is at least three centimetres wide on the screen
      And there is a light zone of four modules around it
      And it is dark on light, with 70 % of the contrast that the screen has
      And it can still be read when 15 % of it cannot be seen

  Rule: Its holder knows what to do

    @IOS-INT-11
    Scenario: The page says how long the code counts, and what to do without a camera
      Then the page says until when the QR code can be used
      And the page offers another way to whoever cannot scan it

  Rule: Nobody finds the code later

    @IOS-INT-11
    Scenario: The binding secret stands in the picture and nowhere else
      Then neither the text nor the address of the page holds the binding secret
      And no browser may keep a copy of the page

    @IOS-INT-11
    Scenario: Whoever finds the address of the page finds no code there
      When somebody opens the address of the page in another browser session
      Then the workstation shows no QR code

    @IOS-INT-11
    Scenario: The code is gone when the cardholder has left the page
      When the cardholder leaves the page and opens its address again
      Then the workstation shows no QR code
