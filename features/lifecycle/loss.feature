@epic:Lifecycle
Feature: Loss and return of the phone
  A phone that is out of its holder's hands holds nothing that works.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: What is on the phone is revoked

    @DPC-LC-LOST-01
    Scenario: A phone is lost, another one is not
      Given the cardholder has a derived credential on another phone, too
      When the agency reports the phone as lost
      And eighteen hours pass
      Then what is on that phone and nothing else is revoked

    @LIFE-13 @DPC-LC-LOST-02
    Scenario: A software key is revoked although the phone was given back and wiped
      When the phone is given back and wiped
      And eighteen hours pass
      Then every derived credential is revoked

    @LIFE-12 @DPC-LC-TRANSFER-01
    Scenario: The phone goes to another person
      When the phone is to go to another person
      And eighteen hours pass
      Then every derived credential is revoked

    @DPC-LC-DESTROY-01
    Scenario: The key of a revoked certificate is destroyed on the phone
      When the agency terminates the PIV identity account
      And eighteen hours pass
      Then the key store of the phone holds no key of a revoked certificate

  Rule: Nobody waits

    @DPC-LC-REVTIME-02
    Scenario: A known loss is acted on at once
      When the agency reports the phone as lost
      And eighteen hours pass
      Then the audit record shows that nobody waited with the revocation

  Rule: Recent bindings are looked at

    @DPC-LC-RECENT-01
    Scenario: The card was lost four days after a phone was bound with it
      When four days pass
      And the agency reports the card as lost
      And eighteen hours pass
      And a security officer confirms the recent bindings
      Then the audit record shows that each recent binding was reviewed

    @DPC-LC-RECENT-02
    Scenario: The key of the card may have authorised what nobody wanted
      When the agency reports that the key of the card may have been used by somebody else since yesterday
      And eighteen hours pass
      Then the audit record shows a disposition of each credential that the key authorised since
