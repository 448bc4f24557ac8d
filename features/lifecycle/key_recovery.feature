@epic:Lifecycle
Feature: Key management keys in escrow, and their recovery
  What was encrypted for the cardholder has to stay readable on a new phone. The issuer keeps key management keys, and no
  others, in escrow, and hands them back to their subscriber alone.

  Rule: The key history comes to the phone

    Background:
      Given an earlier key of the cardholder is in escrow
      And the cardholder has a derived credential on the phone

    @happy-path @DPC-KM-MATCH-01 @DPC-KM-REC-07 @control
    Scenario: Old mail can be read on the new phone
      When the phone recovers every key that the escrow offers
      And the cardholder opens the mail that was encrypted to each key
      Then each key on the phone belongs to the certificate beside it
      And the current key and the earlier ones are on the phone

    @DPC-KM-REC-04
    Scenario: A key travels in an envelope that only this phone can open
      When the phone asks for the earlier key
      Then the key came in an envelope and in TLS, each as strong as the key

    @DPC-KM-ESCROW-02
    Scenario: A key can be recovered until a year after its certificate expired
      Given a key is in escrow whose certificate expired 364 days ago
      When the phone asks for the expired key
      Then a key was recovered whose certificate expired almost a year ago

  Rule: Only the subscriber recovers a key, and is told

    Background:
      Given an earlier key of the cardholder is in escrow
      And the cardholder has a derived credential on the phone
      And the cardholder has recovered the earlier key with it

    @DPC-KM-REC-02 @negative
    Scenario: The key of a colleague is not handed out
      When the phone asks for the key of a colleague
      Then the recovery is refused because the key is that of another subscriber
      And no key left the escrow

    @DPC-KM-REC-01 @negative
    Scenario: A software credential does not recover a key of a hardware policy
      When the phone asks for a key of the cardholder that was certified for hardware
      Then the recovery is refused because the credential is of lower assurance than the key
      And no key left the escrow

    @DPC-KM-REC-01 @negative
    Scenario: Nobody recovers a key without a certificate
      When the phone asks for the earlier key without a credential
      Then the recovery is refused because there is no certificate
      And no key left the escrow

    @DPC-KM-REC-03 @negative
    Scenario: Without an address no key is recovered
      Given the account has no e-mail address any more
      When the phone asks for the earlier key
      Then the recovery is refused because the account has no address
      And no key left the escrow

    @DPC-KM-REC-03
    Scenario: The subscriber is told of every attempt
      When the phone asks for the key of a colleague
      Then an e-mail told the subscriber of each attempt

  Rule: For anybody else two agents have to agree

    @DPC-KM-REC-05 @negative
    Scenario: One key recovery agent releases nothing
      Given an earlier key of the cardholder is in escrow
      And two key recovery agents have released it once
      When one agent alone approves another release, twice
      Then the recovery is refused because a second agent has to approve
      And no key left the escrow

    @DPC-KM-REC-05 @control
    Scenario: Each release shows the two agents who approved it
      Given an earlier key of the cardholder is in escrow
      When two key recovery agents release it
      Then each release was approved by two agents before

  Rule: Keys that sign are not in escrow

    @DPC-SIG-ESCROW-01 @DPC-ACT-ARCHIVE-01
    Scenario: The escrow knows no authentication or signature key
      Given the cardholder has a derived credential on the phone
      Then the escrow holds no key of an authentication or signature certificate
