@epic:Lifecycle
Feature: Revocation on request
  The holder and the security office can end a derived credential; nobody else can.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The holder can ask

    @DPC-LC-REQ-01 @DPC-LC-NOTIFYINV-01
    Scenario: The cardholder reports the phone as lost
      When the cardholder signs in at the kiosk and reports the phone as lost
      Then what is on that phone and nothing else is revoked

  Rule: An officer can decide

    @DPC-LC-FRAUD-01 @control
    Scenario: A security officer ends a credential without asking its holder
      When a security officer asks for the revocation of a certificate
      Then that certificate is revoked

    @DPC-LC-REVREQ-01
    Scenario: The request is on record with requester, certificate and reason
      When a security officer asks for the revocation of a certificate
      Then the audit record shows requester, certificate, issuer and reason

  Rule: Nobody else can

    @negative @DPC-LC-REVREQ-01
    Scenario: A request without authentication is refused
      When somebody who does not authenticate asks for the revocation of a certificate
      Then the issuer refuses because nobody authenticated for the request
      And no certificate is revoked

    @negative @DPC-LC-REVREQ-01
    Scenario Outline: A request that lacks something is refused
      When a security officer asks for a revocation without the <what>
      Then the issuer refuses because the request is incomplete
      And no certificate is revoked

      Examples:
        | what          |
        | serial number |
        | reason        |
