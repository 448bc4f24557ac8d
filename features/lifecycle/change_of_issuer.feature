@epic:Lifecycle
Feature: The issuer is deleted or changed in the device manager
  The device manager knows one issuer. What was obtained from an issuer that was deleted stops working at the next
  check-in of the phone, also where the same issuer is added again at once: profiles are edited, and users enrol again.

  Rule: What came from a deleted issuer stops working

    @LIFE-08
    Scenario Outline: The administrator <deletes>
      Given the cardholder has a derived credential on the phone
      And the derived credential opens the web application
      When the administrator <deletes>
      And the phone checks in
      Then the derived credential opens the web application no more

      Examples:
        | deletes                                      |
        | deletes the issuer                           |
        | deletes the issuer and adds it again at once |

    @LIFE-08 @DPC-LC-DESTROY-01
    Scenario: The keys of a credential whose issuer was deleted are destroyed
      Given the cardholder has a derived credential on the phone
      When the administrator deletes the issuer
      And the phone checks in
      Then no private key of the organisation is left on the phone

    @LIFE-08
    Scenario: After the issuer was added again each profile waits for its edit
      Given a profile for each purpose is assigned to the cardholder
      And the cardholder has a derived credential on the phone
      When the administrator deletes the issuer and adds it again at once
      And the phone checks in
      And the cardholder repeats the whole request with the card
      Then no profile that uses the credential is on the phone
      When the administrator edits the description of the profile for Wi-Fi
      And the phone checks in
      Then the profile for Wi-Fi alone is back on the phone

  Rule: Another issuer asks everybody anew

    @LIFE-09
    Scenario: The cardholder is asked to set up a credential of the new issuer
      Given the cardholder has a derived credential on the phone
      And the profile for apps is on the phone
      When the administrator deletes the issuer and adds another one
      Then the cardholder is told once
      When the cardholder follows the message and sets up a credential of that issuer
      Then the phone holds a credential of that issuer
