@epic:Use @use
Feature: The end of signed mail
  What the cardholder signs after the revocation is refused, at the latest when the CRL of before has run out: dirmngr keeps
  it until then. How long each of the two took stands among the evidence, by the run's clock.

  @negative @DPC-LC-RP-01 @DPC-LC-RP-02
  Scenario: A revocation takes effect at correspondents
    Given signed mail is verified with openssl cms and gpgsm
    And the cardholder has used a derived credential on the phone there
    When the issuer revokes the credential
    And the cardholder uses it there at once, and again when the revocation must have reached it
    Then it is refused because it is revoked
