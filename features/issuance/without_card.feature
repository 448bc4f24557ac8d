@epic:Issuance
Feature: Issuance without the PIV Card
  Somebody who cannot have the card at hand may get a derived credential at a supervised desk. An operator decides, everything
  that a card would need is on record, and one decision carries for one visit.

  Background:
    Given the phone is enrolled and waits at "Get QR code"
    And the cardholder has left the card at home

  Rule: Whoever comes to the desk with everything on record gets credentials in one visit

    @DPC-ISS-NOCARD-01 @DPC-ISS-NOCARD-02
    Scenario: An operator issues to the cardholder, on two phones
      When an operator decides to issue to the cardholder, with everything on record
      And both phones of the cardholder get their credentials in that visit
      Then the record shows the operator, the evidence and the credentials of one visit

  Rule: Whatever is open stops it

    @DPC-ISS-NOCARD-01
    Scenario: The help desk issues nothing over the telephone
      When the cardholder asks for a credential by telephone
      Then the issuer refuses because nobody supervised it
      And nothing was issued

    @DPC-ISS-NOCARD-01
    Scenario Outline: Nothing is issued while <open>
      When an operator decides to issue to the cardholder while <open>
      Then the issuer refuses because something has to be on record first
      And nothing was issued

      Examples:
        | open                                 |
        | identity proofing is not completed   |
        | the adjudication is pending          |
        | the adjudication is unfavorable      |
        | the biometrics were not compared     |
        | the biometrics do not match          |

    @DPC-ISS-NOCARD-01
    Scenario: Nothing is issued to somebody without an account
      When an operator decides to issue to somebody without an account
      Then the issuer refuses because there is no such account
      And nothing was issued

  Rule: A decision is not kept for later

    @DPC-ISS-NOCARD-02
    Scenario Outline: A week later <what> is refused
      Given an operator has decided to issue to the cardholder, and a phone has got its credential
      When a week later <what> is asked for
      Then the issuer refuses because that decision was about an earlier visit
      And nothing more was issued

      Examples:
        | what                                              |
        | another code on the strength of the first record  |
        | another decision for the same reason              |
