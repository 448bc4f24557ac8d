@epic:Use @use
Feature: Assurance levels at a web application
  An application has a part that demands AAL3 and one that AAL2 is enough for. Which of them a credential opens is said by
  its policy alone: .41 is for keys in hardware, .40 for all others, and no other policy is one of derived authentication.

  @DPC-LC-RP-03
  Scenario: What demands the higher level opens to credentials in hardware only
    Given web applications run on Apache httpd for AAL2 and Apache httpd for AAL3
    When a visitor comes with a hardware credential
    And a visitor comes with a good credential
    And a visitor comes with a certificate under another policy
    And a visitor comes with a certificate under the policy of high assurance
    And a visitor comes with a certificate under the policy of content signing
    Then each of them is opened by the policies of its level and by no other
