@epic:Journey
Feature: What the issuer keeps
  The issuer can show later who got which credential, why, and what it did when the card turned out to be stolen.

  Background:
    Given the cardholder has a derived credential on the phone

  Rule: The record of an issuance is complete

    @DPC-ISS-EVID-01 @DPC-ISS-EVID-02 @DPC-ISS-ACCOUNT-01
    Scenario: The account holds the derived certificate and the card certificate that authorised it
      Then the PIV identity account lists the derived certificate
      And it keeps a copy of the PIV Authentication certificate that was used

    @DPC-ISS-AUTHZ-01 @DPC-ISS-ACCEPT-01 @DPC-ISS-AUDIT-01
    Scenario: The audit record names every decision, its actor and its time
      Then the audit record shows approval by a sponsor, acceptance of the obligations, sign-in, request and issuance

    @DPC-ISS-TIME-01 @DPC-ISS-CLOCK-01
    Scenario: The record is timely
      Then the certificate was issued within 90 days of the identity verification
      And the times of the record agree with the run's clock to three minutes

    @DPC-ISS-KEY-07
    Scenario: The delivery of a key that the issuer made is acknowledged
      Then the phone has acknowledged the receipt of the key-management key

    @DPC-ISS-PUBLISH-01
    Scenario: The derived certificate is not published
      Then the issuer's public repository holds no derived certificate

  Rule: The issuer looks again

    @DPC-ISS-7DAY-01
    Scenario: After seven days the status of the card certificate is checked again
      When eight days pass
      Then the issuer has checked the card certificate again within the eighth day

    @LIFE-10 @DPC-ISS-7DAY-01
    Scenario: A card that was reported stolen in the first week takes its derived credential with it
      Given the card is revoked three days later
      When eight days pass
      Then the derived credential is revoked
