@epic:Lifecycle
Feature: Suspension of a derived credential
  A credential may be put on hold for a limited time. The hold ends by PKI-AUTH with the PIV Card, never with the key
  that is suspended, or it becomes a revocation.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: A hold does not last

    @DPC-LC-SUSP-02
    Scenario: After the longest suspension the certificate is revoked
      Given the derived credential is suspended
      When the longest suspension is over
      Then the suspension has become a revocation

    @DPC-LC-SUSP-02
    Scenario: A hold does not outlive its certificate
      Given the derived credential expires in ten days
      And the derived credential is suspended
      When the certificate has expired
      Then the suspension ended before the certificate did

  Rule: A suspended key does not end its own suspension

    @DPC-LC-SUSP-03
    Scenario: The suspended credential is refused where suspensions end
      Given the derived credential is suspended
      When the phone tries to end the suspension with the suspended credential
      Then the issuer does not end the suspension

    @DPC-LC-SUSP-01 @control
    Scenario: The cardholder ends the suspension with the PIV Card
      Given the derived credential is suspended
      And the next CRL is out
      When the cardholder ends the suspension with the card
      And the next CRL is out
      Then the CRL has shown a hold with its reason and shows nothing any more
      And the suspension has ended
