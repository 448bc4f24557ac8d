@epic:Lifecycle
Feature: The life of a bound authenticator
  An authenticator is bound, used where the home agency allows it, and removed. Nothing replaces it in place, and the account
  decides each time whether it still counts.

  Rule: It ends by being removed from the account

    @DPC-LC-NONPKI-01
    Scenario: A removed authenticator signs in nobody
      Given the cardholder has bound an authenticator that is unlocked
      And it signs the cardholder in at the identity provider
      When the cardholder removes it at the kiosk and binds another one
      And somebody signs in at the identity provider with the one that was removed
      Then the account has ended the one, and PKI-AUTH has authorised the other

    @DPC-LC-NONPKI-01
    Scenario: An authenticator with the identifier of a bound one does not take its place
      Given the cardholder has bound an authenticator that is unlocked
      When the cardholder binds an authenticator with the identifier of the bound one
      Then the kiosk refuses because that credential is known
      And no authenticator was bound
      And the authenticators in the account are those that were bound

    @DPC-LC-NONPKI-01
    Scenario: The end of the account ends its authenticators
      Given the cardholder has bound an authenticator that is unlocked
      And it signs the cardholder in at the identity provider
      When the agency terminates the PIV identity account
      And eighteen hours pass
      Then the account has ended its authenticators

  Rule: Only authorised verifiers verify it, and they consult the account

    @DPC-LC-NONPKI-02
    Scenario: The relying party of another agency gets no verification
      Given the cardholder has bound an authenticator that is unlocked
      And it signs the cardholder in at the identity provider
      When the relying party of another agency has the authenticator verified
      Then the issuer refuses because the verifier is not authorised
      And nobody was signed in with it

    @DPC-LC-NONPKI-01 @DPC-LC-NONPKI-02
    Scenario: The relying party of another agency binds nothing
      Given the cardholder has bound an authenticator that is unlocked
      And it signs the cardholder in at the identity provider
      When the relying party of another agency reports an authenticator for the account
      Then the issuer refuses because nobody is signed in
      And no authenticator was bound

    @DPC-LC-NONPKI-02
    Scenario: An authenticator of an account that has ended signs in nobody
      Given the cardholder has bound an authenticator that is unlocked
      And it signs the cardholder in at the identity provider
      But the agency no longer holds the cardholder eligible for a PIV credential
      When somebody signs in at the identity provider with the authenticator
      Then the issuer refuses because the account was terminated
      And nobody was signed in with it

  Rule: The password beside it changes with the current one only

    @DPC-LC-NONPKI-03
    Scenario: The cardholder changes the password
      Given the cardholder has bound an authenticator that is touched, with a password
      When the cardholder signs in at the kiosk and changes the password with the current one
      Then the new password counts, and the former one does not

    @DPC-LC-NONPKI-03
    Scenario: Without the current password nothing changes
      Given the cardholder has bound an authenticator that is touched, with a password
      When somebody at the kiosk changes the password with a wrong one
      Then the kiosk refuses because the password is another
      And the password is the one that was

    @DPC-LC-NONPKI-03
    Scenario: Without client authentication nothing changes
      Given the cardholder has bound an authenticator that is touched, with a password
      When somebody changes the password in a session that no client authenticated
      Then the issuer refuses because nobody is signed in
      And the password is the one that was
