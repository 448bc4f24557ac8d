@epic:Journey
Feature: Set-up of a phone with Android Enterprise
  A phone that the organisation owns becomes managed while it is set up for the first time: it is brought to the sign-in
  by the organisation's QR code, a token or NFC, signs in with a code from another device, and takes over what the
  organisation wants on it. The content of the organisation's code and some titles are ours: no document prints them.

  Background:
    Given the phone runs Android Enterprise

  Rule: A new phone is brought to the sign-in

    @AND-02
    Scenario: The organisation's QR code brings a new phone to the sign-in
      When the cardholder switches the phone on
      Then the phone shows "Welcome"
      When the cardholder taps "Welcome" five times and scans the organisation's QR code
      Then the phone offers "Sign-in options"

    @AND-03
    Scenario: A token brings a new phone to the sign-in
      When the cardholder types "afw#setup" in place of an e-mail address
      Then the phone offers "Install"
      When the cardholder enters the organisation's enrolment token
      Then the phone offers "Sign-in options"
      When the cardholder takes the phone to its code and signs in at the workstation
      And the cardholder returns to the phone and follows the prompts
      Then the device manager lists the phone as the cardholder's

    # That such a token enrols nobody is our inference: the documents tell only of the right one.
    @AND-03 @negative
    Scenario: A token that the organisation did not issue enrols nobody
      Given the cardholder has entered an enrolment token that the organisation did not issue
      When the cardholder takes the phone to its code and signs in at the workstation
      And the cardholder returns to the phone and follows the prompts
      Then the phone says that the sign-in did not succeed
      And the device manager lists no phone of the cardholder

    @AND-03
    Scenario Outline: Android <version> <offers> the token where the phone is <kind>
      Given the phone runs Android <version> and is <kind>
      When the cardholder types "afw#setup" in place of an e-mail address
      Then the phone <offers> "Install"

      Examples:
        | version | kind                                            | offers         |
        | 10      | owned by the organisation, with a work profile  | offers         |
        | 11      | owned by the organisation, with a work profile  | does not offer |
        | 11      | fully managed                                   | offers         |

    @AND-01 @AND-03 @AND-04 @AND-05 @by-hand
    Scenario: A phone out of its box is brought to the sign-in
      When by hand, switch on a phone that is new or was reset
      Then the phone shows "Welcome"
      When by hand, choose the language and join a wireless network
      Then the phone shows "Google terms"
      When the cardholder taps "ACCEPT & CONTINUE"
      Then the phone shows "Chrome terms"
      When the cardholder taps "ACCEPT & CONTINUE"
      Then the phone offers "Sign-in options"

    @AND-02 @by-hand
    Scenario: NFC brings a new phone to the terms of Chrome
      When by hand, switch on a phone that is new or was reset
      And by hand, hold the phone against the organisation's NFC tag
      Then the phone shows "Chrome terms"

  Rule: The phone signs in with a code from another device

    @AND-06 @AND-07
    Scenario: The sign-in options lead to a code
      Given the phone waits for the sign-in with the work account
      When the cardholder taps "Sign-in options"
      Then the phone offers "Sign in from another device"
      When the cardholder taps "Sign in from another device"
      Then the phone shows a code
      And the code has at least eight characters and none that look alike

    @AND-08 @AND-09 @AND-10 @AND-11
    Scenario: The cardholder signs a phone with Android Enterprise in at the workstation
      Given the cardholder has entered the code on the device login page
      Then the workstation shows a page that asks for the smart card
      When the cardholder signs in with the card and its PIN
      Then the workstation shows a page that asks to confirm the sign-in of the phone
      When the cardholder confirms the sign-in of the phone
      And the cardholder returns to the phone
      Then the phone offers "INSTALL"
      And the device manager lists the phone as the cardholder's

  Rule: The phone takes over what the organisation wants on it

    @AND-12
    Scenario: A policy on the screen lock is asked for while the phone is set up
      Given the organisation's policy requires a screen lock
      And the cardholder has signed in at the workstation for the phone
      When the cardholder returns to the phone
      Then the phone offers "SET"
      When the cardholder taps "SET"
      Then the phone offers "INSTALL"

    @AND-13
    Scenario: The organisation's apps are installed while the phone is set up
      Given the organisation offers the app "Agency Travel"
      And the cardholder has signed in at the workstation for the phone
      When the cardholder returns to the phone
      Then the phone does not offer "SET"
      When the cardholder taps "INSTALL"
      Then the phone offers "NEXT"
      And the app is on the phone

    @AND-01 @AND-14 @AND-15 @AND-16
    Scenario: The set-up ends in the app, from where the smart card setup goes on
      Given the cardholder is targeted by a policy that needs a derived credential
      And the cardholder has signed in at the workstation for the phone
      When the cardholder returns to the phone
      And the cardholder taps "INSTALL"
      And the cardholder taps "NEXT"
      Then the phone offers "START"
      When the cardholder taps "START"
      Then the app says that the phone is managed
      And the phone runs at least Android 8
      When the cardholder taps the notification
      Then the phone offers "BEGIN"
