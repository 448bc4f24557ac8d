@epic:Issuance
Feature: Whose cardholders the issuer serves
  Derived credentials come from the home agency, or from whomever it has authorised in writing. A card of any other agency
  may be as valid as it likes: here its holder gets nothing.

  Rule: A valid card alone is not enough

    @DPC-ISS-HOME-01
    Scenario: A valid card of an agency that never enrolled is refused
      Given a valid card of an agency that the issuer does not serve
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because the issuer does not serve that agency
      And nothing was issued

    @DPC-ISS-HOME-01
    Scenario: A valid card whose holder has no account here is refused
      Given a valid card whose holder has no PIV identity account here
      When somebody signs in at the kiosk with that card
      Then the kiosk refuses because no account holds the card
      And nothing was issued

  Rule: Whoever issues for another agency has its authorisation on record

    @DPC-ISS-HOME-01
    Scenario: The issuer states whom it serves, and by what right
      Given the cardholder has a derived credential on the phone
      When the issuer states which agencies it serves
      Then each of them is its own, or has authorised the issuer in writing

    Scenario: A cardholder of an agency that authorised the issuer is signed in
      Given a valid card of an agency that has authorised the issuer
      When somebody signs in at the kiosk with that card
      Then the kiosk has signed that person in
