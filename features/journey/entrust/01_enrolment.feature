@epic:Journey
Feature: Enrolment at Entrust's issuer
  There is no kiosk: the cardholder signs in at IdentityGuard on a computer with the card, gives the credential a name, and
  gets a QR code with a password under it. The phone is bound by both.

  Rule: Code and password bring the certificates to the phone

    @ENT-IOS-01 @ENT-IOS-02 @ENT-IOS-03 @ENT-IOS-04 @ENT-IOS-05 @ENT-IOS-06 @ENT-IOS-07 @ENT-IOS-08a
    @ENT-IOS-08b @ENT-IOS-09 @ENT-IOS-10 @ENT-IOS-11 @ENT-IOS-12 @ENT-IOS-13 @ENT-IOS-14 @ENT-IOS-15a @ENT-IOS-15b
    @ENT-IOS-15c @ENT-IOS-16 @ENT-IOS-17 @ENT-IOS-18 @ENT-IOS-19 @ENT-IOS-20 @DPC-ISS-PKIAUTH-01 @DPC-ISS-MULTI-01
    Scenario: The cardholder enrols a phone with iOS
      When the cardholder opens the app and signs in with the work account
      Then the phone shows a code
      When the cardholder enters the code on the device login page
      And the cardholder signs in with the card and its PIN
      And the cardholder confirms the sign-in of the phone
      And the cardholder returns to the phone and follows the prompts
      Then the device manager lists the phone as the cardholder's
      Given the cardholder is targeted by a policy that needs a derived credential
      When the cardholder taps the notification
      Then the phone shows "Setup mobile smart card access"
      When the cardholder taps the link to the instructions
      And the cardholder taps "Begin"
      Then the phone shows "Get QR code"
      When the cardholder opens IdentityGuard and looks for the sign-in with a smart credential
      And the cardholder picks the PIV Authentication certificate and types the PIN of the card
      Then IdentityGuard shows a list of actions
      And the sign-in was a proof of possession of the PIV Authentication key
      When the cardholder asks for a derived mobile smart credential and confirms that the app is installed
      And the cardholder gives the credential a name and goes on
      Then IdentityGuard shows a QR code with a password under it
      When the cardholder taps "Continue"
      And the cardholder taps "Use Camera"
      And the cardholder taps "OK"
      Then the phone shows the scanner
      When the cardholder holds the camera at the QR code
      Then the phone shows "Password Required"
      When the cardholder types the password under the QR code
      Then the issuer has accepted the binding secret
      When the cardholder chooses an activation secret and waits for the app to finish
      Then the app says that the smart card is ready
      And the phone holds a derived credential
      And IdentityGuard lists the credential under its name

    @ENT-AND-01 @ENT-AND-02a @ENT-AND-02b @ENT-AND-03 @ENT-AND-04 @ENT-AND-05 @ENT-AND-06 @ENT-AND-07 @ENT-AND-08
    @ENT-AND-09a @ENT-AND-09b @ENT-AND-09c @ENT-AND-10 @ENT-AND-11 @ENT-AND-12 @ENT-AND-13 @ENT-AND-14 @ENT-AND-15
    Scenario: The cardholder enrols a phone with Android Enterprise
      Given the phone runs Android Enterprise
      And the phone is enrolled
      And the cardholder is targeted by a policy that needs a derived credential
      When the cardholder taps the notification
      Then the phone shows "Set up smart card"
      When the cardholder taps the link to the instructions
      And the cardholder taps "BEGIN"
      Then the phone shows "Get QR code"
      When the cardholder opens IdentityGuard and looks for the sign-in with a smart credential
      And the cardholder picks the PIV Authentication certificate and types the PIN of the card
      And the cardholder asks for a derived mobile smart credential and confirms that the app is installed
      And the cardholder gives the credential a name and goes on
      Then IdentityGuard shows a QR code with a password under it
      When the cardholder taps "NEXT"
      And the cardholder taps "Allow"
      And the cardholder holds the camera at the QR code
      Then the phone shows "Password required"
      When the cardholder types the password under the QR code
      And the cardholder chooses an activation secret and waits for the app to finish
      Then the phone shows "You’re all set!"
      And the phone holds a derived credential
      And IdentityGuard lists the credential under its name

  Rule: The card's key is used with its PIN only

    @ENT-IOS-12 @DPC-ISS-PKIAUTH-06
    Scenario: Whoever has the card but not its PIN is not signed in
      When somebody picks the PIV Authentication certificate at IdentityGuard and types no PIN
      Then the issuer refuses because possession of the key was not proved
      And nothing was issued
